"""Every table that a step of an analysis may write, and a folder of results that has them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
from msgspec.structs import replace
from paths import ANALYSES

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.model import Plan
from crossplan.pipeline.crate import crate_json
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.inputs import checksum
from crossplan.pipeline.manifest import MANIFEST, Input, Kind, Manifest, Output
from crossplan.pipeline.places import CRATE, PACKAGE
from crossplan.pipeline.rendering import made_file
from crossplan.pipeline.tables import TABLE_WRITERS, tables_of
from crossplan.pipeline.titles import Title

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


def every_table(plans: Corpus, old: Plan, new: Plan) -> dict[str, dict[str, pd.DataFrame]]:
    """Give the tables of every kind, by their names, from real plans and a constructed one."""
    pair = Corpus([old, new])
    earlier = cp.evaluation.construct_predecessor(new, seed=2).plan
    sections = tables_of("sections", cp.align_sections(old, new))
    sections |= tables_of("sections-traced", cp.trace_sections(plans))
    measures = tables_of("measures", cp.compare_measures(old, new))
    steps = tables_of("measures-traced", cp.trace_measures(Corpus([earlier, old, new])))
    targets = tables_of("targets", cp.compare_targets(old, new))
    targets |= tables_of("targets-sampled", cp.compare_targets(plans["2016-2020"], new))
    traced = tables_of("targets-traced", cp.trace_targets(plans))
    frequencies = tables_of("frequencies", cp.term_frequencies(pair, by="chapter"))
    grouped = tables_of("frequencies-of-groups", cp.term_frequencies(new, groups=GROUPS))
    terms = tables_of("terms", cp.compare_terms(old, new))
    terms |= tables_of("terms-recounted", cp.compare_terms(old, new, robustness=True))
    compared = tables_of("groups", cp.compare_terms(old, new, groups=GROUPS))
    followed = tables_of("terms-traced", cp.trace_terms(plans, ["人权教育", "数字*"]))
    return {
        "sections": sections,
        "measures": measures,
        "measure-steps": only(steps, "measures-traced"),
        "lineages": only(steps, "measures-traced-lineages"),
        "targets": targets,
        "target-trace": only(traced, "targets-traced", "targets-traced-shared"),
        "target-grid": only(traced, "targets-traced-grid"),
        "disagreements": {"disagreements": cp.trace_targets(plans).disagreements.frame},
        "frequencies": frequencies | only(grouped, "frequencies-of-groups"),
        "terms": terms | only(compared, "groups"),
        "term-trace": only(followed, "terms-traced"),
        "term-grid": only(followed, "terms-traced-grid"),
        "appearances": only(followed, "terms-traced-appearances"),
        "overlaps": only(compared, "groups-overlaps"),
    }


def only(tables: Mapping[str, pd.DataFrame], *names: str) -> dict[str, pd.DataFrame]:
    """Give some of the tables."""
    return {name: tables[name] for name in names}


def write_results(
    folder: Path, tables: Mapping[str, pd.DataFrame], manifest: Manifest = PLAIN
) -> Manifest:
    """Write a folder of results with these tables, and give its manifest."""
    title = Title("表", "A table")
    outputs = [
        written(folder, f"tables/{name}.{form}", "table", write(table), title, rows=len(table))
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
    package = package_json(whole, tables)
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
