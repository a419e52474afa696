"""Printing tables: for people, or for other programs."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd


def print_table(frame: "pd.DataFrame", form: str) -> None:
    """Print a table as CSV, or as JSON with one object for each row."""
    if form == "csv":
        click.echo(frame.to_csv(index=False), nl=False)
    else:
        click.echo(frame.to_json(orient="records", force_ascii=False, indent=2))
