"""The files of a step: its tables, figures and reports, with their captions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossplan.labels import Language, in_language
from crossplan.pipeline.declaration import AnyStep, Frequencies, Outputs, ReportStep
from crossplan.pipeline.figures import Drawing, drawings_of, untouched_drawing
from crossplan.pipeline.inputs import checksum
from crossplan.pipeline.manifest import Kind, Left, Output
from crossplan.pipeline.places import FIGURES, REPORTS, TABLES
from crossplan.pipeline.tables import TABLE_WRITERS, tables_of
from crossplan.pipeline.titles import Title, title_of_table
from crossplan.reporting.report import WRITERS, Report
from crossplan.result import Result

if TYPE_CHECKING:
    import pandas as pd

MEDIA_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "toml": "application/toml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of the folder of results, before it is written.

    Attributes
    ----------
    output : Output
        What the manifest says of it.
    data : bytes
    """

    output: Output
    data: bytes


def made_file(  # noqa: PLR0913 - what the manifest says of a file
    path: str, kind: Kind, data: bytes, title: Title, *, step: str = "", rows: int | None = None
) -> MadeFile:
    """Put together a file and what the manifest says of it."""
    output = Output(
        path=path,
        kind=kind,
        media_type=MEDIA_TYPES.get(path.rpartition(".")[2].lower(), UNKNOWN),
        sha256=checksum(data),
        size=len(data),
        title=title.zh,
        title_en=title.en,
        step=step,
        rows=rows,
    )
    return MadeFile(output, data)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that was taken, and what becomes of it in the folder of results.

    Attributes
    ----------
    name : str
    title : Title
    result : Result or Report
    files : tuple of MadeFile
    left_out : tuple of Left
        Figures that cannot be drawn.
    tables : mapping of str to pandas.DataFrame
        By the names of their files, without ending.
    """

    name: str
    title: Title
    result: Result | Report
    files: tuple[MadeFile, ...]
    left_out: tuple[Left, ...]
    tables: "Mapping[str, pd.DataFrame]"

    @property
    def method(self) -> str:
        """How the result was made, where it says so itself."""
        return self.result.method if isinstance(self.result, Result) else ""


def render(
    step: AnyStep, result: Result | Report, title: Title, outputs: Outputs, lang: Language
) -> StepTaken:
    """Make the files of a step.

    Parameters
    ----------
    step : Step
    result : Result or Report
    title : Title
        Of the step.
    outputs : Outputs
        The forms that are wanted.
    lang : {"zh", "en"}
        Of figures.
    """
    if isinstance(result, Report):
        forms = step.forms if isinstance(step, ReportStep) else ()
        written = tuple(report_files(step, result, title, forms))
        return StepTaken(step.name, title, result, written, (), {})
    tables = tables_of(step.name, result)
    top = step.top if isinstance(step, Frequencies) else 0
    drawings = list(drawings_of(step.name, result, top)) if outputs.figures else []
    files = [
        *table_files(step, tables, title, outputs),
        *(file for one in drawings if one.fits for file in figure_files(step, one, outputs, lang)),
    ]
    left = [Left(step=step.name, reason=why_not(one, lang)) for one in drawings if not one.fits]
    return StepTaken(step.name, title, result, tuple(files), tuple(left), tables)


def report_files(
    step: AnyStep, result: Report, title: Title, forms: tuple[str, ...]
) -> Iterator[MadeFile]:
    """Write a report in its forms."""
    for form in forms:
        with untouched_drawing():
            data = WRITERS[f".{form}"](result)
        yield made_file(f"{REPORTS}/{step.name}.{form}", "report", data, title, step=step.name)


def table_files(
    step: AnyStep, tables: "Mapping[str, pd.DataFrame]", title: Title, outputs: Outputs
) -> Iterator[MadeFile]:
    """Write the tables of a step in the forms that are wanted."""
    for name, table in tables.items():
        told = title_of_table(title, name.removeprefix(step.name).removeprefix("-"))
        for form in outputs.tables:
            yield made_file(
                f"{TABLES}/{name}.{form}",
                "table",
                TABLE_WRITERS[form](table),
                told,
                step=step.name,
                rows=len(table),
            )


def figure_files(
    step: AnyStep, drawing: Drawing, outputs: Outputs, lang: Language
) -> Iterator[MadeFile]:
    """Draw a figure in the forms that are wanted."""
    caption = Title(drawing.caption(lang="zh"), drawing.caption(lang="en"))
    for form in outputs.figures:
        data = drawing.bytes_in(form, lang)
        yield made_file(f"{FIGURES}/{drawing.name}.{form}", "figure", data, caption, step=step.name)


def why_not(drawing: Drawing, lang: Language) -> str:
    """Say why a figure is left out."""
    zh, en = ("过多", "many") if drawing.marks else ("不足", "few")
    return in_language(
        lang,
        f"图 {drawing.name} 可绘之行{zh}",
        f"there are too {en} rows to draw the figure {drawing.name} from",
    )
