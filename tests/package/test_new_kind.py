"""A new kind of result is declared in its class; nothing else has to know it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pandas as pd
import pytest
from msgspec.structs import replace
from results_folder import PLAIN

from crossplan.corpora.corpus import Corpus
from crossplan.model import Plan
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.declaration import Outputs
from crossplan.pipeline.rendering import FinishedStep, render
from crossplan.pipeline.steps import OfPlans, StepContext, WordChoices
from crossplan.result import FigureKind, Result, ResultKind
from crossplan.tables import PLANS, Column, Table, Title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LENGTHS = Table(
    zh="每期计划一行。",
    en="One row for each plan.",
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        "measures": Column("Int64", "举措数。", "How many measures it has.", least=0.0),
        "size": Column("string", "篇幅。", "Whether it is long.", choices=("long", "short")),
    },
    key=("plan",),
)
GRID = Table(
    zh="每项一行。",
    en="One row for each thing that was counted.",
    columns={
        "counted": Column("string", "所数之物。", "What was counted.", required=True),
        PLANS: Column("Int64", "列名所指计划之数。", "How many the plan has.", least=0.0),
    },
    name="grid",
    title=Title("每期计划一列", "a column for each plan"),
)
LONG = 100


@dataclass(frozen=True, repr=False, eq=False)
class Lengths(Result):
    """How long plans are."""

    kind: ClassVar[ResultKind] = ResultKind(
        name="lengths",
        title=Title("篇幅", "Lengths"),
        tables=(LENGTHS, GRID),
        figures=(FigureKind(), FigureKind(name="many", least=1000)),
    )

    @property
    def grid(self) -> pd.DataFrame:
        """A column for each plan."""
        counted = dict(zip(self.frame["plan"], self.frame["measures"], strict=True))
        return GRID.frame([{"counted": "measures"} | counted], counted)

    def plot(self, ax: "Axes | None" = None, *, lang: str = "zh") -> "Axes":
        """Draw a bar for each plan."""
        import matplotlib.pyplot as plt

        axes = plt.subplots()[1] if ax is None else ax
        axes.bar(range(len(self.frame)), self.frame["measures"].astype(int))
        axes.set_title(lang)
        return axes

    def caption(self, *, lang: str = "zh") -> str:
        """Write the caption."""
        return "各期计划的举措数。" if lang == "zh" else "Measures of each plan."


def lengths(plans: Corpus) -> Lengths:
    """Count the measures of plans."""
    rows = (
        {
            "plan": plan.id,
            "measures": len(plan.measures),
            "size": "long" if len(plan.measures) > LONG else "short",
        }
        for plan in plans.values()
    )
    return Lengths(frame=LENGTHS.frame(rows), method="Measures were counted.")


class LengthStep(OfPlans, frozen=True, kw_only=True):
    """A step of this kind, which calls the function."""

    kind: ClassVar[ResultKind] = Lengths.kind
    reads_texts: ClassVar[bool] = True

    def run(self, context: StepContext) -> Result:
        """Count the measures."""
        return lengths(context.corpus_of(self))


@pytest.fixture(scope="module")
def result(fifth: Plan) -> Lengths:
    return lengths(Corpus([fifth]))


@pytest.fixture(scope="module")
def taken(result: Lengths) -> FinishedStep:
    outputs = Outputs(tables=("csv", "parquet"), figures=("svg",))
    # Of the steps that a file may declare, this is none.
    return render(LengthStep(name="how-long"), result, ["2026-2030"], outputs, "en")  # type: ignore[arg-type]


def test_the_pipeline_writes_it(taken: FinishedStep) -> None:
    files = {made.output.path: made for made in taken.files}
    assert set(files) == {
        "tables/how-long.csv",
        "tables/how-long.parquet",
        "tables/how-long-grid.csv",
        "tables/how-long-grid.parquet",
        "figures/how-long.svg",
    }
    assert files["tables/how-long.csv"].data == b"plan,measures,size\n2026-2030,203,long\n"
    assert files["tables/how-long-grid.csv"].data == b"counted,2026-2030\nmeasures,203\n"
    grid = files["tables/how-long-grid.csv"].output
    assert (grid.title, grid.title_en) == (
        "篇幅：2026-2030（每期计划一列）",
        "Lengths: 2026-2030 (a column for each plan)",
    )
    figure = files["figures/how-long.svg"]
    assert b"<svg" in figure.data
    assert figure.output.title_en == "Measures of each plan."
    assert [left.reason for left in taken.left_out] == [
        "there are too few rows to draw the figure how-long-many from"
    ]


def test_the_data_package_describes_it(taken: FinishedStep) -> None:
    outputs = tuple(made.output for made in taken.files)
    frames = {name: one.frame for name, one in taken.tables.items()}
    declared = {name: one.declared for name, one in taken.tables.items()}
    package = json.loads(package_json(replace(PLAIN, outputs=outputs), frames, declared))
    first, grid, _ = package["resources"]
    assert first["description"] == "每期计划一行。\n\nOne row for each plan."
    assert first["schema"]["primaryKey"] == ["plan"]
    assert first["schema"]["fields"][1:] == [
        {
            "name": "measures",
            "type": "integer",
            "description": "举措数。\n\nHow many measures it has.",
            "constraints": {"minimum": 0},
        },
        {
            "name": "size",
            "type": "string",
            "description": "篇幅。\n\nWhether it is long.",
            "constraints": {"enum": ["long", "short"]},
        },
    ]
    assert [field["name"] for field in grid["schema"]["fields"]] == ["counted", "2026-2030"]


def test_it_shows_and_explains_itself(result: Lengths) -> None:
    html = result._repr_html_()
    assert "Lengths" in html
    assert "203" in html
    assert repr(result) == "<Lengths: 1 row>"
    glossary = result.columns_explained
    assert glossary.iloc[2].to_list() == [
        "", "size", "string", "Whether it is long.", "篇幅。", "long, short",
    ]  # fmt: skip
    assert glossary["table"].to_list() == ["", "", "", "grid", "grid"]
    assert list(result.to_frames()) == ["", "grid"]


def test_a_workbook_holds_its_tables(result: Lengths, tmp_path: Path) -> None:
    path = tmp_path / "lengths.xlsx"
    with pd.ExcelWriter(path) as book:
        for name, frame in result.to_frames().items():
            frame.to_excel(book, sheet_name=name or result.kind.name, index=False)
        result.columns_explained.to_excel(book, sheet_name="columns", index=False)
    assert list(pd.read_excel(path, sheet_name=None)) == ["lengths", "grid", "columns"]


def test_a_step_takes_it(fifth: Plan, tmp_path: Path) -> None:
    context = StepContext(
        corpus=Corpus([fifth]),
        ids=[fifth.id],
        series=None,
        choices=WordChoices(),
        lang="en",
        at=tmp_path.joinpath,
        n_jobs=None,
    )
    assert isinstance(context.run(LengthStep(name="how-long")), Lengths)
    assert LengthStep(name="a").texts_lacking(["2026-2030"], frozenset(), frozenset()) == [
        "2026-2030"
    ]
