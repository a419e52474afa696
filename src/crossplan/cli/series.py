"""The command that starts a series."""

from pathlib import Path

import click

from crossplan.cli.output import table_format


@click.command("new-series")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", help="Name of the series.")
@table_format
def new_series(*, folder: Path, files: tuple[Path, ...], title: str | None, form: str) -> None:
    """Start a series in FOLDER from FILES, one for each plan, and say what was guessed."""
    raise NotImplementedError
