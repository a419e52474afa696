"""Run the command ``crossplan``. Subcommands load when they run, so that help is fast."""

import gc
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

import click

from crossplan._version import __version__
from crossplan.cli.comparisons import measures, sections, targets, terms
from crossplan.cli.options import refuse_connections as refuse_connections
from crossplan.cli.reports import cache, notebook, report, run
from crossplan.cli.texts import add, collate, fetch, new_series, use, verify
from crossplan.errors import CrossplanError

# The number of new objects before the next garbage collection.
_SELDOM = 50_000


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def _cli() -> None:
    """Compare successive editions of a plan."""


for command in (
    report,
    run,
    sections,
    measures,
    targets,
    terms,
    fetch,
    add,
    use,
    verify,
    collate,
    new_series,
    notebook,
    cache,
):
    _cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; an error prints one line and exits with code 2."""
    _write_utf8()
    try:
        with _ending_tidily(), _collecting_seldom():
            code = _cli.main(arguments, prog_name="crossplan", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _fail(error.format_message())
    except CrossplanError as error:
        _fail(str(error))
    except click.Abort:
        sys.exit(130)
    except OSError as error:
        _drop_output()
        _fail(f"the output cannot be written ({error.strerror})")
    sys.exit(code or 0)


def _write_utf8() -> None:
    """Write UTF-8 to files and pipes, because many code pages of Windows have no Chinese."""
    if "PYTHONIOENCODING" in os.environ:
        return
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Run cleanup code when the process is asked to end, as after an interruption."""

    def end(number: int, _: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # Only the main thread can set handlers.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Collect garbage less often, because a command makes many objects and keeps most of them."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _drop_output() -> None:
    """Discard the remaining output when it cannot be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str) -> NoReturn:
    """Print an error as one line and end with exit code 2."""
    click.echo(f"crossplan: {' '.join(message.split())}", err=True)
    sys.exit(2)
