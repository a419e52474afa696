"""The files of a step: its tables, figures and reports, as its result declares them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, get_args

from crossplan.figures.saving import figure_bytes
from crossplan.figures.style import figure_of
from crossplan.labels import Language, in_language
from crossplan.pipeline.declaration import AnyStep, Outputs, ReportStep
from crossplan.pipeline.manifest import FIGURES, REPORTS, TABLES, Kind, Left, Output, checksum
from crossplan.pipeline.steps import OfTwoPlans
from crossplan.reporting.report import WRITERS, Report
from crossplan.result import FigureKind, Result
from crossplan.tables import Table, Title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MEDIA_TYPES = {
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
_UNKNOWN = "application/octet-stream"

# A page holds some hundred; a figure of more is for a screen, and no screen holds these.
MOST_ROWS = 5000
# Of more plans, the first and the last are named.
_PLANS_NAMED = 8
_REPORT = Title("比较报告", "Comparison report")


class MadeTable(NamedTuple):
    """A table of a result, with its declaration.

    Attributes
    ----------
    declared : Table
    frame : pandas.DataFrame
    """

    declared: Table
    frame: "pd.DataFrame"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of the folder of results, before it is written.

    Attributes
    ----------
    output : Output
        Its entry in the manifest.
    data : bytes
    """

    output: Output
    data: bytes


def made_file(  # noqa: PLR0913 - the entries of the manifest
    path: str, kind: Kind, data: bytes, title: Title, *, step: str = "", rows: int | None = None
) -> MadeFile:
    """Return a file with its entry in the manifest."""
    output = Output(
        path=path,
        kind=kind,
        media_type=_MEDIA_TYPES.get(path.rpartition(".")[2].lower(), _UNKNOWN),
        sha256=checksum(data),
        size=len(data),
        title=title.zh,
        title_en=title.en,
        step=step,
        rows=rows,
    )
    return MadeFile(output, data)


@dataclass(frozen=True, slots=True)
class FinishedStep:
    """A step that was run, and its files in the folder of results.

    Attributes
    ----------
    name : str
    title : Title
    result : Result or Report
    files : tuple of MadeFile
    left_out : tuple of Left
        Figures that cannot be drawn.
    tables : mapping of str to MadeTable
        By the names of their files, without ending.
    """

    name: str
    title: Title
    result: Result | Report
    files: tuple[MadeFile, ...]
    left_out: tuple[Left, ...]
    tables: Mapping[str, MadeTable]

    @property
    def method(self) -> str:
        """How the result was made; empty if it does not state it."""
        return self.result.method if isinstance(self.result, Result) else ""


def render(
    step: AnyStep, result: Result | Report, ids: Sequence[str], outputs: Outputs, lang: Language
) -> FinishedStep:
    """Make the files of a step.

    Parameters
    ----------
    step : Step
    result : Result or Report
    ids : sequence of str
        Of the plans of the analysis.
    outputs : Outputs
        The forms that are wanted.
    lang : {"zh", "en"}
        Of figures.
    """
    title = _title_of_step(step, result, ids)
    if isinstance(result, Report):
        forms = step.forms if isinstance(step, ReportStep) else ()
        written = tuple(_report_files(step, result, title, forms))
        return FinishedStep(step.name, title, result, written, (), {})
    tables = tables_of(step.name, result)
    drawings = list(_drawings_of(step, result)) if outputs.figures else []
    files = [
        *_table_files(step, tables, title, outputs),
        *(file for one in drawings if one.fits for file in _figure_files(step, one, outputs, lang)),
    ]
    left = [Left(step=step.name, reason=_why_not(one, lang)) for one in drawings if not one.fits]
    return FinishedStep(step.name, title, result, tuple(files), tuple(left), tables)


def _title_of_step(step: AnyStep, result: Result | Report, ids: Sequence[str]) -> Title:
    """Return the subject and the plans of the result of a step.

    Parameters
    ----------
    step : Step
    result : Result or Report
    ids : sequence of str
        Of the plans of the analysis.
    """
    zh, en = result.subject if isinstance(result, Result) else _REPORT
    plans = step.plans_among(ids)
    if isinstance(step, OfTwoPlans):
        return Title(f"{zh}：{' → '.join(plans)}", f"{en}: {' → '.join(plans)}")
    if len(plans) > _PLANS_NAMED:
        span = f"{plans[0]} – {plans[-1]}"
        return Title(f"{zh}：{span}（{len(plans)} 期）", f"{en}: {span} ({len(plans):,} plans)")
    return Title(f"{zh}：{'、'.join(plans)}", f"{en}: {', '.join(plans)}")


def _title_of_table(step: Title, table: Table) -> Title:
    """Return the title of a table of a step, the main one or an additional one.

    Examples
    --------
    >>> beside = Table(zh="", en="", columns={}, title=Title("每期一列", "a column for each plan"))
    >>> _title_of_table(Title("用词沿革：甲、乙", "Terms traced: a, b"), beside).en
    'Terms traced: a, b (a column for each plan)'
    """
    zh, en = table.title
    return Title(f"{step.zh}（{zh}）", f"{step.en} ({en})") if en else step


def tables_of(step: str, result: Result) -> dict[str, MadeTable]:
    """Return the tables of a result by the names of their files, without ending.

    Parameters
    ----------
    step : str
        The name of the step, and of the first table.
    result : Result
    """
    frames = result.to_frames()
    return {
        _file_name(step, table.name): MadeTable(table, frames[table.name])
        for table in result.declared_tables
        if table.written
    }


def _file_name(step: str, part: str) -> str:
    """Return the name of a file of a step, with a suffix for additional parts."""
    return f"{step}-{part}" if part else step


def file_names(step: str) -> Iterator[str]:
    """Return the names, without endings, that the files of a step may have, whatever it makes.

    Examples
    --------
    >>> list(file_names("terms"))[:2]
    ['terms', 'terms-heatmap']
    """
    kinds = [made.kind for made in get_args(AnyStep) if made.kind is not None]
    tables = (table.name for kind in kinds for table in kind.tables if table.written)
    figures = (figure.name for kind in kinds for figure in kind.figures)
    yield from dict.fromkeys(_file_name(step, part) for part in ("", *figures, *tables))


def _report_files(
    step: AnyStep, result: Report, title: Title, forms: tuple[str, ...]
) -> Iterator[MadeFile]:
    for form in forms:
        with _untouched_drawing():
            data = WRITERS[f".{form}"](result)
        yield made_file(f"{REPORTS}/{step.name}.{form}", "report", data, title, step=step.name)


def _table_files(
    step: AnyStep, tables: Mapping[str, MadeTable], title: Title, outputs: Outputs
) -> Iterator[MadeFile]:
    for name, (declared, frame) in tables.items():
        for form in outputs.tables:
            yield made_file(
                f"{TABLES}/{name}.{form}",
                "table",
                TABLE_WRITERS[form](frame),
                _title_of_table(title, declared),
                step=step.name,
                rows=len(frame),
            )


class _Drawing(NamedTuple):
    """A figure of a result: the name of its file, what draws it, and how much it shows."""

    name: str
    declared: FigureKind
    plot: "Callable[..., Axes]"
    caption: Callable[..., str]
    rows: int

    @property
    def fits(self) -> bool:
        """Whether there is something to see, and not too much."""
        return self.declared.least <= self.rows and (
            self.declared.selects or self.rows <= MOST_ROWS
        )

    def bytes_in(self, form: str, lang: Language) -> bytes:
        """Draw it, and return it in a form, with its caption as the description."""
        import matplotlib.pyplot as plt

        with _untouched_drawing():
            figure = figure_of(self.plot(lang=lang))
            try:
                return figure_bytes(figure, f".{form}", self.caption(lang=lang))
            finally:
                plt.close(figure)


def _drawings_of(step: AnyStep, result: Result) -> Iterator[_Drawing]:
    for figure in result.declared_figures:
        options = {name: getattr(step, name) for name in figure.options if hasattr(step, name)}
        plot = partial(getattr(result, figure.plot), **options)
        caption = result.caption_of(figure)
        yield _Drawing(
            _file_name(step.name, figure.name), figure, plot, caption, figure.rows(result)
        )


def _figure_files(
    step: AnyStep, drawing: _Drawing, outputs: Outputs, lang: Language
) -> Iterator[MadeFile]:
    caption = Title(drawing.caption(lang="zh"), drawing.caption(lang="en"))
    for form in outputs.figures:
        data = drawing.bytes_in(form, lang)
        yield made_file(f"{FIGURES}/{drawing.name}.{form}", "figure", data, caption, step=step.name)


def _why_not(drawing: _Drawing, lang: Language) -> str:
    """Return why a figure is left out."""
    zh, en = ("过多", "many") if drawing.rows >= drawing.declared.least else ("不足", "few")
    return in_language(
        lang,
        f"图 {drawing.name} 可绘之行{zh}",
        f"there are too {en} rows to draw the figure {drawing.name} from",
    )


@contextmanager
def _untouched_drawing() -> Iterator[None]:
    """Draw with the default settings of matplotlib in the block, and show no window."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    with plt.ioff(), mpl.rc_context():
        mpl.rcdefaults()
        yield


def csv_bytes(table: "pd.DataFrame") -> bytes:
    r"""Return a table as CSV: UTF-8, numbers with all digits, missing values as empty cells.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_bytes(pd.DataFrame({"moved": [True, None], "score": [0.1, 1 / 3]}))
    b'moved,score\ntrue,0.1\n,0.3333333333333333\n'
    """
    from pandas.api.types import infer_dtype

    written = table.copy()
    for name, column in table.items():
        if infer_dtype(column, skipna=True) == "boolean":
            written[name] = column.map({True: "true", False: "false"}, na_action="ignore")
    return written.to_csv(index=False, lineterminator="\n").encode("utf-8")


def parquet_bytes(table: "pd.DataFrame") -> bytes:
    """Return a table as Parquet, without its index but with the metadata of pandas."""
    import pyarrow as pa
    from pyarrow import parquet

    made = pa.Table.from_pandas(table, preserve_index=False)
    # Which of its types for texts pandas prefers depends on its version.
    plain = [
        field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
        for field in made.schema
    ]
    buffer = BytesIO()
    parquet.write_table(made.cast(pa.schema(plain, made.schema.metadata)), buffer)
    return buffer.getvalue()


TABLE_WRITERS = {"csv": csv_bytes, "parquet": parquet_bytes}
# Of the forms that need an extra of the same name: the package that writes them.
TABLE_PACKAGES = {"parquet": "pyarrow"}
