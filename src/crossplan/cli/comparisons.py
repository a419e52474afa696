"""Define the commands that print single comparisons of two plans."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crossplan.cli.options import (
    decisions_option,
    folder_option,
    home_option,
    new_option,
    old_option,
    print_table,
    series_option,
    table_format,
)

if TYPE_CHECKING:
    from crossplan.model import Plan
    from crossplan.result import Result

# Width of a column in characters; the other formats have the whole text.
_WIDTH = 32

_Command = Callable[..., None]


def _of_two_plans(command: _Command) -> _Command:
    """Add the options for two plans and for the format of the table to a command."""
    options = (
        old_option,
        new_option,
        folder_option,
        home_option,
        series_option,
        table_format,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@_of_two_plans
def sections(*, form: str, **named: Any) -> None:
    """Compare the chapters and sections of two plans."""
    from crossplan.matching.sections import align_sections

    _show(align_sections(*_pair(**named)), form)


@click.command()
@_of_two_plans
@decisions_option
def measures(*, form: str, decisions: Path | None, **named: Any) -> None:
    """Compare the measures of two plans. Both texts are needed."""
    from crossplan.matching.measures import compare_measures

    _show(compare_measures(*_pair(**named), decisions=decisions), form)


@click.command()
@_of_two_plans
@decisions_option
def targets(*, form: str, decisions: Path | None, **named: Any) -> None:
    """Compare the targets of two plans."""
    from crossplan.targets.comparison import compare_targets

    _show(compare_targets(*_pair(**named), decisions=decisions), form)


@click.command()
@_of_two_plans
def terms(*, form: str, **named: Any) -> None:
    """Print new, dropped, rising and falling terms. Both texts are needed."""
    from crossplan.words.comparison import compare_terms

    _show(compare_terms(*_pair(**named)), form)


def _pair(
    *,
    old: str | None,
    new: str | None,
    folder: Path | None,
    home: Path | None,
    series: str | None,
) -> "tuple[Plan, Plan]":
    """Load the two plans named by the options."""
    from crossplan.corpora.corpus import load_plans
    from crossplan.corpora.load import DEFAULT_SERIES

    return load_plans(series or DEFAULT_SERIES, folder=folder, home=home).pair(old, new)


def _show(result: "Result", form: str) -> None:
    """Print a result and its table, or only the table in a format for other programs."""
    if form == "text":
        table = result.frame.map(_visible_value).to_string(index=False, max_colwidth=_WIDTH)
        click.echo(f"{result!r}\n\n{table}")
    else:
        print_table(result.frame, form)


def _visible_value(value: object) -> object:
    """Return a value of a table, with control characters of a text replaced by their codes."""
    from crossplan.display import visible

    return visible(value) if isinstance(value, str) else value
