"""Every table that a step of an analysis may write, and a folder of results that has them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from paths import ANALYSES

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.model import Plan
from crossplan.pipeline.crate import crate_json
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.manifest import (
    CRATE,
    MANIFEST,
    PACKAGE,
    Input,
    Kind,
    Manifest,
    Output,
    checksum,
)
from crossplan.pipeline.rendering import TABLE_WRITERS, MadeTable, made_file, tables_of
from crossplan.tables import Title
from crossplan.targets.tables import DISAGREEMENTS

# A quick one.
SHIPPED = ANALYSES / "targets-2009-2030.toml"
GROUPS = {"教育": ["人权教育", "教育*"], "人权": ["人权*"], "无": ["不会有的词"]}
DECLARATION = b"published = 2026-11-27\n"
PLAIN = Manifest(
    name="everything",
    title="一切",
    title_en="Everything",
    description="所有的表。",
    description_en="Every table.",
    published=date(2026, 11, 27),
    authors=("甲", "A. Author"),
    lang="en",
    packages={"python": "3.13.1", "crossplan": "0.1.0", "jieba": "0.42.1"},
    command="crossplan run everything.toml",
)


def every_table(plans: Corpus, old: Plan, new: Plan) -> dict[str, MadeTable]:
    """Return every table, by its name, from real plans and a constructed one."""
    pair = Corpus([old, new])
    earlier = cp.evaluation.construct_predecessor(new, seed=2).plan
    results = {
        "sections": cp.align_sections(old, new),
        "sections-traced": cp.trace_sections(plans),
        "measures": cp.compare_measures(old, new),
        "measures-traced": cp.trace_measures(Corpus([earlier, old, new])),
        "targets": cp.compare_targets(old, new),
        "targets-sampled": cp.compare_targets(plans["2016-2020"], new),
        "targets-traced": cp.trace_targets(plans),
        "frequencies": cp.term_frequencies(pair, by="chapter"),
        "frequencies-of-groups": cp.term_frequencies(new, groups=GROUPS),
        "terms": cp.compare_terms(old, new),
        "terms-recounted": cp.compare_terms(old, new, robustness=True),
        "groups": cp.compare_terms(old, new, groups=GROUPS),
        "terms-traced": cp.trace_terms(plans, ["人权教育", "数字*"]),
    }
    tables = {
        name: table
        for step, result in results.items()
        for name, table in tables_of(step, result).items()
    }
    # No plan with a text has curated rows that it does not show; the table is written all the same.
    disagreements = cp.trace_targets(plans).disagreements
    return tables | {"disagreements": MadeTable(DISAGREEMENTS, disagreements.frame)}


def write_results(
    folder: Path, tables: Mapping[str, MadeTable], manifest: Manifest = PLAIN
) -> Manifest:
    """Write a folder of results with these tables, and give its manifest."""
    title = Title("表", "A table")
    outputs = [
        written(
            folder,
            f"tables/{name}.{form}",
            "table",
            write(table.frame),
            title,
            rows=len(table.frame),
        )
        for name, table in tables.items()
        for form, write in TABLE_WRITERS.items()
    ]
    others: dict[str, tuple[Kind, bytes]] = {
        "figures/figure.svg": ("figure", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "reports/report.html": ("report", b"<!doctype html><title>report</title>"),
        "reports/report.xlsx": ("report", b"PK"),
        "analysis.toml": ("copy", DECLARATION),
        "README.md": ("readme", b"# Everything\n"),
    }
    outputs += [written(folder, path, *other, title) for path, other in others.items()]
    declared = next(output for output in outputs if output.kind == "copy")
    whole = replace(
        manifest,
        outputs=tuple(outputs),
        inputs=(
            Input(role="analysis", name="analysis.toml", sha256=declared.sha256),
            *manifest.inputs,
        ),
    )
    (folder / MANIFEST).write_bytes(whole.to_json())
    package = package_json(
        whole,
        {name: table.frame for name, table in tables.items()},
        {name: table.declared for name, table in tables.items()},
    )
    (folder / CRATE).write_bytes(crate_json(whole, checksum(package)))
    (folder / PACKAGE).write_bytes(package)
    return whole


def written(  # noqa: PLR0913, PLR0917 - what the manifest says of a file
    folder: Path, path: str, kind: Kind, data: bytes, title: Title, rows: int | None = None
) -> Output:
    """Write a file, and give what the manifest says of it."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    return made_file(path, kind, data, title, rows=rows).output
