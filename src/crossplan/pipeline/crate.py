"""The folder of results as an RO-Crate: ``ro-crate-metadata.json``.

It conforms to RO-Crate 1.1 and to the Process Run Crate profile, which tells of a run what it
used, what did it, and what came of it. Nothing stands here that the manifest does not know: no
time of the run, as no clock is read, and no licence, as nobody gave one.
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

Entity = dict[str, Any]

RO_CRATE = "https://w3id.org/ro/crate/1.1"
PROCESS_RUN = "https://w3id.org/ro/wfrun/process/0.5"
# RO-Crate 1.1 has no term for checksums; the versions after it have this one.
CONTEXT = (f"{RO_CRATE}/context", {"sha256": "http://schema.org/sha256"})
ROOT, RUN, TERMS = "./", "#run", "#terms"
# The software itself, and what it runs on; neither is known by an address of PyPI.
SOFTWARE, PYTHON = "crossplan", "python"
TERMS_ZH = (
    "本分析未声明许可。所引正文是其发布者的文件，能否及如何再利用，由读者依所适用的法律判断；"
    "其余内容请询问本分析的作者。"
)
TERMS_EN = (
    "The analysis declares no licence. The texts that are quoted are documents of those who "
    "published them; whether and how they may be used again is for the reader to judge, by the "
    "law that applies. For everything else, ask the authors of the analysis."
)
KEPT = frozenset({"analysis", "decisions", "words"})
KINDS: dict[Kind, tuple[str, str]] = {
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
        JSON-LD, flat and compact. The same manifest gives the same bytes.
    """
    return as_json({"@context": CONTEXT, "@graph": list(graph(manifest, package))})


def package_checksum(crate: bytes) -> str:
    """Give the checksum of the data package that a crate states; empty if it states none."""
    try:
        entities = json.loads(crate)["@graph"]
        return next(str(entity["sha256"]) for entity in entities if entity["@id"] == PACKAGE)
    except (ValueError, LookupError, TypeError, StopIteration):
        return ""


def graph(manifest: Manifest, package: str) -> Iterator[Entity]:
    """Give everything that is described: first the crate itself, then what it refers to."""
    lang = manifest.lang
    authors = [
        {"@id": f"#author-{number}", "@type": "Person", "name": name}
        for number, name in enumerate(manifest.authors, start=1)
    ]
    files = [*(file(output, lang) for output in manifest.outputs), *descriptions(manifest, package)]
    kept, described = inputs(manifest)
    made = [output_id(output) for output in manifest.outputs if output.kind != "copy"]
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": ROOT},
        "conformsTo": {"@id": RO_CRATE},
    }
    yield {
        "@id": ROOT,
        "@type": "Dataset",
        **named(lang, manifest.title, manifest.title_en),
        "description": both(lang, manifest.description, manifest.description_en),
        "datePublished": manifest.published.isoformat(),
        "conformsTo": {"@id": PROCESS_RUN},
        "license": {"@id": TERMS},
        **refer("author", ids(authors)),
        **refer("hasPart", ids(files)),
        "mentions": {"@id": RUN},
    }
    yield {
        "@id": RUN,
        "@type": "CreateAction",
        **named(lang, "本分析的运行", "The run of the analysis"),
        "description": manifest.command,
        "instrument": {"@id": software_id(SOFTWARE, manifest.packages)},
        **refer("object", [*kept, *ids(described)]),
        **refer("result", made),
    }
    yield from files
    yield from described
    yield from authors
    yield from software(manifest)
    yield {
        "@id": TERMS,
        "@type": "CreativeWork",
        **named(lang, "使用条件", "Terms of use"),
        "description": both(lang, TERMS_ZH, TERMS_EN),
    }
    yield {
        "@id": PROCESS_RUN,
        "@type": "CreativeWork",
        "name": "Process Run Crate",
        "version": PROCESS_RUN.rpartition("/")[2],
    }


def ids(entities: Sequence[Entity]) -> list[str]:
    """Give the ids of entities."""
    return [entity["@id"] for entity in entities]


def refer(name: str, targets: Sequence[str]) -> Entity:
    """Refer to entities: to a single one without a list, and to none not at all."""
    references = [{"@id": target} for target in targets]
    if not references:
        return {}
    return {name: references[0] if len(references) == 1 else references}


def named(lang: Language, zh: str, en: str) -> Entity:
    """Name an entity in one language, and beside it in the other."""
    name, other = in_language(lang, zh, en), in_language(lang, en, zh)
    return {"name": name} | ({"alternateName": other} if other != name else {})


def both(lang: Language, zh: str, en: str) -> str:
    """Say something in one language, and then in the other."""
    said = in_language(lang, zh, en), in_language(lang, en, zh)
    return "\n\n".join(dict.fromkeys(filter(None, said)))


def output_id(output: Output) -> str:
    """Give the id of a file, which is its path as an address has it."""
    return quote(output.path)


def file(output: Output, lang: Language) -> Entity:
    """Describe a file of the folder."""
    zh, en = KINDS[output.kind]
    if output.rows is not None:
        zh, en = f"{zh}，{output.rows} 行", f"{en}, {output.rows} rows"
    return {
        "@id": output_id(output),
        "@type": "File",
        **named(lang, output.title, output.title_en),
        "description": both(lang, zh, en),
        "encodingFormat": output.media_type,
        "contentSize": str(output.size),
        "sha256": output.sha256,
    }


def descriptions(manifest: Manifest, package: str) -> Iterator[Entity]:
    """Describe the files that describe the others."""
    data = manifest.to_json()
    yield {
        "@id": MANIFEST,
        "@type": "File",
        **named(manifest.lang, "本分析的清单", "Manifest of the analysis"),
        "description": both(
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
        **named(manifest.lang, "表格的数据包说明", "The tables as a data package"),
        "description": both(
            manifest.lang,
            "各表各列的含义、类型与取值。",
            "What every column of every table means, its type, and what may stand in it.",
        ),
        "encodingFormat": "application/json",
        "sha256": package,
    }


def inputs(manifest: Manifest) -> tuple[list[str], list[Entity]]:
    """Give the ids of inputs that are kept in the folder, and describe the others."""
    copies = {output.path: output for output in manifest.outputs if output.kind == "copy"}
    kept, described = [], []
    for number, given in enumerate(manifest.inputs, start=1):
        copy = copies.get(given.name)
        # A text may be named like a list of words; texts are not kept.
        if copy is not None and given.role in KEPT:
            kept.append(output_id(copy))
        else:
            described.append(described_input(f"#input-{number}", given))
    return kept, described


def described_input(entity_id: str, given: Input) -> Entity:
    """Describe an input of which the folder has no copy."""
    return {
        "@id": entity_id,
        "@type": "CreativeWork",
        "name": given.name,
        **({"description": given.source} if given.source else {}),
        # What stands at the address is not the file itself: a text is cut out of a page.
        **({"isBasedOn": given.address} if given.address else {}),
        "sha256": given.sha256,
    }


def software(manifest: Manifest) -> Iterator[Entity]:
    """Describe the software, and that it needs all the others."""
    packages = manifest.packages
    for name, version in sorted(packages.items()):
        entity_id = software_id(name, packages)
        yield {
            "@id": entity_id,
            "@type": "SoftwareApplication",
            "name": name,
            "version": version,
            **({"url": entity_id} if entity_id.startswith("https://") else {}),
            **(
                refer(
                    "softwareRequirements",
                    [software_id(other, packages) for other in sorted(packages) if other != name],
                )
                if name == SOFTWARE
                else {}
            ),
        }


def software_id(name: str, packages: dict[str, str]) -> str:
    """Give the id of a package: where this version of it is published, if that is known."""
    if name == SOFTWARE:
        return f"#{name}"
    if name == PYTHON:
        return "https://www.python.org/"
    return f"https://pypi.org/project/{quote(name)}/{quote(packages[name])}/"
