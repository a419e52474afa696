"""The options that several commands have, said once."""

from pathlib import Path

import click

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
old_option = click.option(
    "--old", help="Id of the older plan to compare; the one before the newer if not given."
)
new_option = click.option("--new", help="Id of the newer plan to compare; the last if not given.")
decisions_option = click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    help="A reviewer's decisions, as CSV or XLSX.",
)
