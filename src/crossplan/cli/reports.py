"""Define the commands that write reports, runs of analyses and notebooks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crossplan.cli.options import (
    decisions_option,
    folder_option,
    home_option,
    new_option,
    old_option,
    refuse_connections,
    series_option,
)

if TYPE_CHECKING:
    from crossplan.corpora.corpus import Corpus


@click.command()
@click.argument("name", required=False)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Give a parameter of the notebook another value; may be given several times.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="Where to write the page; NAME.html if not given.",
)
@click.option("--list", "listed", is_flag=True, help="List the notebooks and their parameters.")
def notebook(
    *, name: str | None, settings: tuple[str, ...], output: Path | None, listed: bool
) -> None:
    """Run the notebook NAME and write it as one self-contained HTML page.

    NAME is that of a shipped notebook, such as targets-over-seventeen-years, its number, or
    the path of a notebook of your own. Its parameters are in the cell with the tag
    `parameters`.
    """
    from crossplan.errors import OutputError
    from crossplan.files import write_result
    from crossplan.narration.parameters import find_notebook
    from crossplan.narration.run import run_notebook

    if listed:
        _list_notebooks(name)
        return
    if name is None:
        raise click.UsageError("name a notebook; crossplan notebook --list tells which there are")
    chosen = dict(_split_setting(setting) for setting in settings)
    path = output or Path(f"{find_notebook(name).stem}.html")
    if path.suffix.lower() not in {".html", ".htm"}:
        raise OutputError(path, "a notebook is written as .html")
    if not path.resolve().parent.is_dir():
        raise OutputError(path, "there is no such folder")
    page = run_notebook(name, chosen)
    click.echo(write_result(path, page.encode("utf-8"), "the page"))


def _split_setting(setting: str) -> tuple[str, str]:
    """Split a setting into name and value."""
    key, mark, value = setting.partition("=")
    if not mark:
        raise click.BadParameter(f"{setting!r} is not KEY=VALUE", param_hint="--set")
    return key.strip(), value


def _list_notebooks(name: str | None) -> None:
    """Print notebooks with their titles and parameters."""
    from crossplan.narration.parameters import find_notebook, parameters_of, shipped_notebooks
    from crossplan.narration.run import notebook_title, read_notebook, require_packages

    require_packages()
    for path in [find_notebook(name)] if name else shipped_notebooks():
        read = read_notebook(path)
        parameters = ", ".join(f"{key}={value}" for key, value in parameters_of(read).items())
        click.echo(
            f"{path.stem}  {notebook_title(read)}" + (f"\n    {parameters}" if parameters else "")
        )


@click.command()
@click.option("--clear", is_flag=True, help="Delete what is kept; it is worked out again.")
def cache(*, clear: bool) -> None:
    """Show the cache of parsed plans and words, or clear it.

    CROSSPLAN_CACHE in the environment names another folder, or is "off".
    """
    from crossplan import cache_files

    if clear:
        click.echo(f"cleared {cache_files.clear()!r}")
    else:
        click.echo(repr(cache_files.state()))


@click.command()
@click.option(
    "--output",
    "-o",
    default="report.html",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to write the report; the ending tells the form: .html, .docx, .xlsx or .md.",
)
@click.option("--lang", default="zh", show_default=True, help="Language: zh or en.")
@old_option
@new_option
@folder_option
@home_option
@series_option
@decisions_option
@click.option(
    "--target-decisions",
    type=click.Path(path_type=Path),
    help="A reviewer's decisions on targets; --decisions are those on measures.",
)
@click.option("--no-corrections", is_flag=True, help="Read the published texts uncorrected.")
@click.option("--offline", is_flag=True, help="Fetch nothing; refuse every network connection.")
def report(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    output: Path,
    lang: str,
    old: str | None,
    new: str | None,
    folder: Path | None,
    home: Path | None,
    series: str | None,
    decisions: Path | None,
    target_decisions: Path | None,
    no_corrections: bool,
    offline: bool,
) -> None:
    """Write the comparison report, as one page, a Word document, a workbook or Markdown.

    Missing texts are fetched, as by `crossplan fetch`, unless --offline is given. Texts that
    cannot be fetched are listed in one line, and the report is made without them.
    """
    if offline:
        refuse_connections()
    from crossplan.corpora.corpus import load_plans
    from crossplan.corpora.load import DEFAULT_SERIES
    from crossplan.files import require_place
    from crossplan.labels import as_language
    from crossplan.reporting.report import report as make_report
    from crossplan.reporting.report import writer_for

    writer_for(output)
    require_place(output)
    language = as_language(lang)
    named = series or DEFAULT_SERIES

    def load() -> "Corpus":
        return load_plans(named, folder=folder, home=home, corrections=not no_corrections)

    plans = load()
    plans.pair(old, new)  # Nothing is fetched if the plans do not exist.
    why = "--offline"
    if plans.outline_only and not offline:
        why = _fetch_missing([plan.id for plan in plans.outline_only], named, home)
        plans = load()
    made = make_report(
        plans,
        old=old,
        new=new,
        decisions=decisions,
        target_decisions=target_decisions,
        lang=language,
    )
    click.echo(made.save(output))
    _print_missing(plans, why)


def _fetch_missing(missing: list[str], series: str, home: Path | None) -> str:
    """Fetch texts for a report with short timeouts; return why some may be missing."""
    from crossplan.acquisition.download import FetchOptions
    from crossplan.acquisition.fetch import fetch_plans
    from crossplan.errors import CrossplanError

    hasty = FetchOptions(attempts=1, connect_seconds=5, read_seconds=10, page_seconds=30)
    try:
        result = fetch_plans(missing, series=series, home=home, options=hasty)
    except CrossplanError as error:
        return str(error)
    if result.no_network:
        return "no host could be reached"
    return "no address has it; crossplan fetch tells more"


def _print_missing(plans: "Corpus", why: str) -> None:
    """Print a line on which texts are missing, and why."""
    missing = ", ".join(plan.id for plan in plans.outline_only)
    if missing:
        click.echo(
            f"crossplan: without the text of {missing} ({why}): the report has their outlines "
            "and curated targets only",
            err=True,
        )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    default="results",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder that holds the folder of results, which is named after the analysis.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    help="Folder with texts of plans, in place of the one that the analysis declares.",
)
@home_option
@click.option("--jobs", type=int, help="The number of processes; -1 for one on each processor.")
@click.option("--check", is_flag=True, help="Write nothing; say what differs from the results.")
@click.option("--offline", is_flag=True, help="Refuse every network connection.")
def run(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    file: Path,
    output: Path,
    texts: Path | None,
    home: Path | None,
    jobs: int | None,
    check: bool,
    offline: bool,
) -> None:
    """Run the analysis that FILE declares, into a folder that documents its origin.

    With --check, the analysis is run again and compared with the folder; the exit code is
    1 when something differs. FILE may be the analysis.toml of that folder.
    """
    if offline:
        refuse_connections()
    _draw_without_windows()
    if check:
        _report_check(file, output, texts, home, jobs)
    else:
        _write_run(file, output, texts, home, jobs)


def _draw_without_windows() -> None:
    """Make matplotlib draw without a screen, regardless of the user's settings."""
    import matplotlib as mpl

    mpl.use("agg")


def _write_run(
    file: Path, output: Path, texts: Path | None, home: Path | None, jobs: int | None
) -> None:
    """Run an analysis and write the results, after a check that they can be written."""
    from crossplan.pipeline.folder import require_replaceable
    from crossplan.pipeline.reading import read_declaration
    from crossplan.pipeline.running import run_analysis

    name = read_declaration(file).name
    require_replaceable(output / name, name)
    made = run_analysis(file, texts=texts, home=home, n_jobs=jobs)
    click.echo(made.save(output / name))
    for left in made.left_out:
        click.echo(f"crossplan: left out in {left.step}: {left.reason}", err=True)


def _report_check(
    file: Path, output: Path, texts: Path | None, home: Path | None, jobs: int | None
) -> None:
    """Repeat an analysis and print a line for each difference."""
    from crossplan.display import visible
    from crossplan.pipeline.checking import check_analysis
    from crossplan.pipeline.reading import read_declaration

    declaration = read_declaration(file)
    folder = declaration.results or output / declaration.name
    checked = check_analysis(file, folder, texts=texts, home=home, n_jobs=jobs)
    if checked.same:
        click.echo(f"{folder}: the same, {len(checked.manifest.outputs)} files")
        return
    for difference in checked.differences:
        click.echo(visible(" ".join(str(difference).split())))
    click.get_current_context().exit(1)
