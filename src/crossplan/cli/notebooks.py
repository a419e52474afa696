"""Define the command that runs a notebook."""

from pathlib import Path

import click


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
    """Run the notebook NAME and write it as one HTML page that needs nothing else.

    NAME is that of a shipped notebook, such as targets-over-seventeen-years, its number, or
    the path of a notebook of your own. Parameters stand in its cell with the tag
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
    from crossplan.narration.page import notebook_title
    from crossplan.narration.parameters import find_notebook, parameters_of, shipped_notebooks
    from crossplan.narration.run import read_notebook, require_packages

    require_packages()
    for path in [find_notebook(name)] if name else shipped_notebooks():
        read = read_notebook(path)
        told = ", ".join(f"{key}={value}" for key, value in parameters_of(read).items())
        click.echo(f"{path.stem}  {notebook_title(read)}" + (f"\n    {told}" if told else ""))


@click.command()
@click.option("--clear", is_flag=True, help="Delete what is kept; it is worked out again.")
def cache(*, clear: bool) -> None:
    """Show where parsed plans and words are kept between runs, or clear it.

    CROSSPLAN_CACHE in the environment names another folder, or is "off".
    """
    from crossplan import cache_files

    if clear:
        click.echo(f"cleared {cache_files.clear()!r}")
    else:
        click.echo(repr(cache_files.state()))
