"""The command ``crossplan``. Commands load when they run, so that help is quick."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from crossplan._version import __version__
from crossplan.errors import CrossplanError, OfflineError

CONNECTIONS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto"})


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Compare successive editions of a plan."""


@cli.command()
@click.option(
    "--output",
    "-o",
    default="report.html",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to write the report.",
)
@click.option("--lang", default="zh", show_default=True, help="Language: zh or en.")
@click.option("--old", help="Id of the older plan to compare; the last but one if not given.")
@click.option("--new", help="Id of the newer plan to compare; the last if not given.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Folder with plan texts of your own, named after their plans: 2021-2025.txt.",
)
@click.option("--series", help="A shipped series, or the folder of one.")
@click.option("--no-corrections", is_flag=True, help="Read the published texts uncorrected.")
@click.option("--offline", is_flag=True, help="Refuse every network connection.")
def report(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    output: Path,
    lang: str,
    old: str | None,
    new: str | None,
    folder: Path | None,
    series: str | None,
    no_corrections: bool,
    offline: bool,
) -> None:
    """Write the comparison report: one HTML file that needs nothing else.

    The plans come with the library; nothing is fetched.
    """
    if offline:
        refuse_connections()
    from crossplan.corpora.load import DEFAULT_SERIES, load_plans
    from crossplan.labels import as_language
    from crossplan.reporting.report import report as make_report

    language = as_language(lang)
    plans = load_plans(series or DEFAULT_SERIES, folder=folder, corrections=not no_corrections)
    made = make_report(
        plans,
        old=plans[old] if old else None,
        new=plans[new] if new else None,
        lang=language,
    )
    click.echo(made.save(output))


def refuse_connections() -> None:
    """Make every later network connection of this process an error."""

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event in CONNECTIONS:
            raise OfflineError(event)

    sys.addaudithook(refuse)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; an error is one line and exit code 2."""
    try:
        code = cli.main(arguments, prog_name="crossplan", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        fail(error.format_message())
    except CrossplanError as error:
        fail(str(error))
    except click.Abort:
        sys.exit(130)
    sys.exit(code or 0)


def fail(message: str) -> NoReturn:
    """Print an error as one line and end with exit code 2."""
    click.echo(f"crossplan: {' '.join(message.split())}", err=True)
    sys.exit(2)
