"""The files that an analysis reads, with their checksums and sources."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from crossplan.corpora.catalog import Series
from crossplan.corpora.store import CORRECTIONS
from crossplan.errors import UnreadableTextError
from crossplan.model import Corpus
from crossplan.pipeline.manifest import Input
from crossplan.pipeline.named_files import named_files
from crossplan.pipeline.places import COPY
from crossplan.pipeline.reading import Declaration
from crossplan.words.groups import FILE as GROUPS

SERIES_FILES = ("series.toml", "indicators.toml", "lexicon.txt", GROUPS)
PLAN_FILES = ("plan.toml", "targets.csv", CORRECTIONS)


def analysis_input(declaration: Declaration) -> Input:
    """Give the declaration itself."""
    return Input(role="analysis", name=COPY, sha256=checksum(declaration.data))


def series_inputs(series: Series, ids: list[str]) -> Iterator[Input]:
    """Give the files that describe a series and its plans."""
    names = [*SERIES_FILES, *(f"{plan_id}/{name}" for plan_id in ids for name in PLAN_FILES)]
    for name in names:
        path = series.folder / name
        if path.is_file():
            plan = name.rpartition("/")[0]
            told = f"{series.record.id}/{name}"
            yield Input(role="series", name=told, sha256=checksum(read_whole(path)), plan=plan)


def text_inputs(corpus: Corpus, series: Series | None, folder: Path | None) -> Iterator[Input]:
    """Give the texts that were read, with their sources."""
    for plan in corpus.full:
        witness = plan.require_reading("text").witness
        name = witness.name
        own = folder is not None and (folder / f"{plan.id}.txt").is_file()
        if series is not None and not own:
            name = f"{series.record.id}/{plan.id}/{name}"
        yield Input(
            role="text",
            name=name,
            sha256=witness.sha256,
            source=witness.source,
            address=witness.address,
            plan=plan.id,
        )


def named_inputs(declaration: Declaration, copies: Mapping[str, bytes]) -> Iterator[Input]:
    """Give the files of decisions and of words."""
    roles = {named.place: named.role for named in named_files(declaration.analysis)}
    for place, data in copies.items():
        yield Input(role=roles[place], name=place, sha256=checksum(data))


def named_copies(declaration: Declaration) -> dict[str, bytes]:
    """Read the files of decisions and of words, by the places where they are kept."""
    return {
        named.place: read_whole(declaration.at(named.path))
        for named in named_files(declaration.analysis)
    }


def read_whole(path: Path) -> bytes:
    """Read a file.

    Raises
    ------
    UnreadableTextError
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableTextError(
            path, f"the file cannot be opened ({error.strerror})", "Check its rights."
        ) from error


def checksum(data: bytes) -> str:
    """Give the checksum of a file."""
    return hashlib.sha256(data).hexdigest()
