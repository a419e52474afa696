"""The folder of results as an RO-Crate: ``ro-crate-metadata.json``.

It conforms to RO-Crate 1.1 and to the Process Run Crate profile, which describes what a
run used, what did it, and its results. It contains only what is in the manifest: no time of the
run, as no clock is read, and no licence, as none is declared.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from crossplan.labels import Language, in_language
from crossplan.pipeline.manifest import (
    CRATE,
    MANIFEST,
    PACKAGE,
    Input,
    Kind,
    Manifest,
    Output,
    as_json,
    checksum,
)

_Entity = dict[str, Any]

_RO_CRATE = "https://w3id.org/ro/crate/1.1"
_PROCESS_RUN = "https://w3id.org/ro/wfrun/process/0.5"
# RO-Crate 1.1 has no term for checksums; the versions after it have this one.
_CONTEXT = (f"{_RO_CRATE}/context", {"sha256": "http://schema.org/sha256"})
_ROOT, _RUN, _TERMS = "./", "#run", "#terms"
# The software itself, and what it runs on; neither is known by an address of PyPI.
_SOFTWARE, _PYTHON = "crossplan", "python"
_TERMS_ZH = (
    "本分析未声明许可。所引正文是其发布者的文件，能否及如何再利用，由读者依所适用的法律判断；"
    "其余内容请询问本分析的作者。"
)
_TERMS_EN = (
    "The analysis declares no licence. The texts that are quoted are documents of those who "
    "published them; whether and how they may be used again is for the reader to judge, by the "
    "law that applies. For everything else, ask the authors of the analysis."
)
_KEPT = frozenset({"analysis", "decisions", "words"})
_KINDS: dict[Kind, tuple[str, str]] = {
    "table": ("表格", "Table"),
    "figure": ("图", "Figure"),
    "report": ("报告", "Report"),
    "copy": ("分析所读文件的副本", "Copy of a file that the analysis read"),
    "readme": ("说明", "What is in the folder"),
}


def crate_json(manifest: Manifest, package: str) -> bytes:
    """Describe a folder of results as an RO-Crate.

    Parameters
    ----------
    manifest : Manifest
    package : str
        Checksum of the data package, which the manifest does not have.

    Returns
    -------
    bytes
        JSON-LD, flat and compact, the same bytes for the same manifest.
    """
    return as_json({"@context": _CONTEXT, "@graph": list(_graph(manifest, package))})


def package_checksum(crate: bytes) -> str:
    """Return the checksum of the data package that a crate states; empty if it states none."""
    try:
        entities = json.loads(crate)["@graph"]
        return next(str(entity["sha256"]) for entity in entities if entity["@id"] == PACKAGE)
    except (ValueError, LookupError, TypeError, StopIteration):
        return ""


def _graph(manifest: Manifest, package: str) -> Iterator[_Entity]:
    """Return everything that is described: first the crate itself, then what it refers to."""
    lang = manifest.lang
    authors = [
        {"@id": f"#author-{number}", "@type": "Person", "name": name}
        for number, name in enumerate(manifest.authors, start=1)
    ]
    files = [
        *(_file(output, lang) for output in manifest.outputs),
        *_descriptions(manifest, package),
    ]
    kept, described = _inputs(manifest)
    made = [_output_id(output) for output in manifest.outputs if output.kind != "copy"]
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": _ROOT},
        "conformsTo": {"@id": _RO_CRATE},
    }
    yield {
        "@id": _ROOT,
        "@type": "Dataset",
        **_named(lang, manifest.title, manifest.title_en),
        "description": _both(lang, manifest.description, manifest.description_en),
        "datePublished": manifest.published.isoformat(),
        "conformsTo": {"@id": _PROCESS_RUN},
        "license": {"@id": _TERMS},
        **_refer("author", _ids(authors)),
        **_refer("hasPart", _ids(files)),
        "mentions": {"@id": _RUN},
    }
    yield {
        "@id": _RUN,
        "@type": "CreateAction",
        **_named(lang, "本分析的运行", "The run of the analysis"),
        "description": manifest.command,
        "instrument": {"@id": _software_id(_SOFTWARE, manifest.packages)},
        **_refer("object", [*kept, *_ids(described)]),
        **_refer("result", made),
    }
    yield from files
    yield from described
    yield from authors
    yield from _software(manifest)
    yield {
        "@id": _TERMS,
        "@type": "CreativeWork",
        **_named(lang, "使用条件", "Terms of use"),
        "description": _both(lang, _TERMS_ZH, _TERMS_EN),
    }
    yield {
        "@id": _PROCESS_RUN,
        "@type": "CreativeWork",
        "name": "Process Run Crate",
        "version": _PROCESS_RUN.rpartition("/")[2],
    }


def _ids(entities: Sequence[_Entity]) -> list[str]:
    """Return the ids of entities."""
    return [entity["@id"] for entity in entities]


def _refer(name: str, targets: Sequence[str]) -> _Entity:
    """Return references to entities; a single one is not in a list."""
    references = [{"@id": target} for target in targets]
    if not references:
        return {}
    return {name: references[0] if len(references) == 1 else references}


def _named(lang: Language, zh: str, en: str) -> _Entity:
    """Return the names of an entity in one language and in the other."""
    name, other = in_language(lang, zh, en), in_language(lang, en, zh)
    return {"name": name} | ({"alternateName": other} if other != name else {})


def _both(lang: Language, zh: str, en: str) -> str:
    """Return a text in one language, and then in the other."""
    both = in_language(lang, zh, en), in_language(lang, en, zh)
    return "\n\n".join(dict.fromkeys(filter(None, both)))


def _output_id(output: Output) -> str:
    """Return the id of a file, which is its path as an address has it."""
    return quote(output.path)


def _file(output: Output, lang: Language) -> _Entity:
    """Describe a file of the folder."""
    zh, en = _KINDS[output.kind]
    if output.rows is not None:
        zh, en = f"{zh}，{output.rows} 行", f"{en}, {output.rows} rows"
    return {
        "@id": _output_id(output),
        "@type": "File",
        **_named(lang, output.title, output.title_en),
        "description": _both(lang, zh, en),
        "encodingFormat": output.media_type,
        "contentSize": str(output.size),
        "sha256": output.sha256,
    }


def _descriptions(manifest: Manifest, package: str) -> Iterator[_Entity]:
    """Describe the files that describe the others."""
    data = manifest.to_json()
    yield {
        "@id": MANIFEST,
        "@type": "File",
        **_named(manifest.lang, "本分析的清单", "Manifest of the analysis"),
        "description": _both(
            manifest.lang,
            "输入、校改、参数、软件版本与输出，附校验值。",
            "Inputs, corrections, parameters, versions and outputs, with checksums.",
        ),
        "encodingFormat": "application/json",
        "contentSize": str(len(data)),
        "sha256": checksum(data),
    }
    yield {
        "@id": PACKAGE,
        "@type": "File",
        **_named(manifest.lang, "表格的数据包说明", "The tables as a data package"),
        "description": _both(
            manifest.lang,
            "各表各列的含义、类型与取值。",
            "What every column of every table means, its type, and what may stand in it.",
        ),
        "encodingFormat": "application/json",
        "sha256": package,
    }


def _inputs(manifest: Manifest) -> tuple[list[str], list[_Entity]]:
    """Return the ids of inputs that are kept in the folder, and describe the others."""
    copies = {output.path: output for output in manifest.outputs if output.kind == "copy"}
    kept, described = [], []
    for number, item in enumerate(manifest.inputs, start=1):
        copy = copies.get(item.name)
        # A text may be named like a list of words; texts are not kept.
        if copy is not None and item.role in _KEPT:
            kept.append(_output_id(copy))
        else:
            described.append(_described_input(f"#input-{number}", item))
    return kept, described


def _described_input(entity_id: str, item: Input) -> _Entity:
    """Describe an input of which the folder has no copy."""
    return {
        "@id": entity_id,
        "@type": "CreativeWork",
        "name": item.name,
        **({"description": item.source} if item.source else {}),
        # The address does not have the file itself: a text is extracted from a page.
        **({"isBasedOn": item.address} if item.address else {}),
        "sha256": item.sha256,
    }


def _software(manifest: Manifest) -> Iterator[_Entity]:
    """Describe the software, and that it needs all the others."""
    packages = manifest.packages
    for name, version in sorted(packages.items()):
        entity_id = _software_id(name, packages)
        yield {
            "@id": entity_id,
            "@type": "SoftwareApplication",
            "name": name,
            "version": version,
            **({"url": entity_id} if entity_id.startswith("https://") else {}),
            **(
                _refer(
                    "softwareRequirements",
                    [_software_id(other, packages) for other in sorted(packages) if other != name],
                )
                if name == _SOFTWARE
                else {}
            ),
        }


def _software_id(name: str, packages: dict[str, str]) -> str:
    """Return the id of a package: where this version of it is published, if that is known."""
    if name == _SOFTWARE:
        return f"#{name}"
    if name == _PYTHON:
        return "https://www.python.org/"
    return f"https://pypi.org/project/{quote(name)}/{quote(packages[name])}/"
