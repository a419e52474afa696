"""Define the options that several commands share."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crossplan.errors import OfflineError

if TYPE_CHECKING:
    import pandas as pd

table_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How the table is printed.",
)
language = click.option(
    "--lang", default="en", show_default=True, help="Language of verdicts: zh or en."
)
series_option = click.option("--series", help="A shipped series, or the folder of one.")
folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Folder with plan texts of your own, named after their plans: 2021-2025.txt.",
)
home_option = click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="The data folder of fetched and added texts, in place of CROSSPLAN_HOME.",
)
old_option = click.option(
    "--old", help="Id of the older plan to compare; the one before the newer if not given."
)
new_option = click.option("--new", help="Id of the newer plan to compare; the last if not given.")
decisions_option = click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    help="A reviewer's decisions, as CSV or XLSX.",
)

_CONNECTIONS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto"})


def print_table(frame: "pd.DataFrame", form: str) -> None:
    """Print a table as CSV, or as JSON with one object for each row."""
    if form == "csv":
        click.echo(frame.to_csv(index=False), nl=False)
    else:
        click.echo(frame.to_json(orient="records", force_ascii=False, indent=2))


def refuse_connections() -> None:
    """Make every later network connection of this process an error."""

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event in _CONNECTIONS:
            raise OfflineError(event)

    sys.addaudithook(refuse)
