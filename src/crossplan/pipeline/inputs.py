"""The files that an analysis reads, with their checksums and sources."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from crossplan.corpora.catalog import Series
from crossplan.corpora.corpus import Corpus
from crossplan.corpora.store import CORRECTIONS, witness_in_use
from crossplan.errors import UnreadableTextError
from crossplan.pipeline.declaration import Analysis
from crossplan.pipeline.manifest import COPY, Input, Role, checksum
from crossplan.pipeline.reading import Declaration
from crossplan.pipeline.steps import DEFAULT, OF_SERIES, Key, Words
from crossplan.words.groups import FILE as GROUPS

_SERIES_FILES = ("series.toml", "indicators.toml", "lexicon.txt", GROUPS)
_PLAN_FILES = ("plan.toml", "targets.csv")


def analysis_input(declaration: Declaration) -> Input:
    """Return the declaration itself."""
    return Input(role="analysis", name=COPY, sha256=checksum(declaration.data))


def series_inputs(series: Series, ids: list[str]) -> Iterator[Input]:
    """Return the files that describe a series and its plans, except its texts."""
    names = [*_SERIES_FILES, *(f"{plan_id}/{name}" for plan_id in ids for name in _PLAN_FILES)]
    for name in names:
        path = series.folder / name
        if path.is_file():
            plan = name.rpartition("/")[0]
            listed = f"{series.record.id}/{name}"
            yield Input(role="series", name=listed, sha256=checksum(read_whole(path)), plan=plan)


def text_inputs(
    corpus: Corpus, series: Series | None, folder: Path | None, home: str | Path | None
) -> Iterator[Input]:
    """Return the texts that were read, with their sources, and the critical apparatus of each."""
    for plan in corpus.full:
        witness = plan.require_reading("text").witness
        own = folder is not None and (folder / f"{plan.id}.txt").is_file()
        stored = None if series is None or own else _stored_witness(series, plan.id, home)
        place = "" if series is None else f"{series.record.id}/{plan.id}/"
        if stored is not None:
            place += f"{stored.name}/"
        yield Input(
            role="text",
            name=witness.name if own else place + witness.name,
            sha256=witness.sha256,
            source=witness.source,
            address=witness.address,
            plan=plan.id,
        )
        if series is None:
            continue
        apparatus = (stored or series.folder / plan.id) / CORRECTIONS
        if apparatus.is_file():
            sha256 = checksum(read_whole(apparatus))
            yield Input(role="series", name=place + CORRECTIONS, sha256=sha256, plan=plan.id)


def _stored_witness(series: Series, plan_id: str, home: str | Path | None) -> Path | None:
    """Return the folder of the text that is read from the data folder; None for a shipped one."""
    shipped = series.plans[plan_id].witness is not None
    return witness_in_use(series.record.id, plan_id, home, shipped=shipped)


def named_inputs(declaration: Declaration, copies: Mapping[str, bytes]) -> Iterator[Input]:
    """Return the files of decisions and of words."""
    roles = {named.place: named.role for named in named_files(declaration.analysis)}
    for place, data in copies.items():
        yield Input(role=roles[place], name=place, sha256=checksum(data))


def named_copies(declaration: Declaration) -> dict[str, bytes]:
    """Read the files of decisions and of words, by their paths in the folder."""
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


class NamedFile(NamedTuple):
    """A file that a declaration names.

    Attributes
    ----------
    key : tuple of str and int
        Where it is named.
    path : str
        As seen from the declaration.
    role : {"decisions", "words"}
    """

    key: Key
    path: str
    role: Role

    @property
    def place(self) -> str:
        """The path of its copy in the folder of results."""
        return str(PurePosixPath(self.path))


def named_files(analysis: Analysis) -> Iterator[NamedFile]:
    """Return each file that is named, wherever it is."""
    words = analysis.words
    yield from _word_files(("words", "lexicon"), words.lexicon, OF_SERIES)
    yield from _word_files(("words", "stop_words"), words.stop_words, DEFAULT)
    for key, step in analysis.steps():
        for named in step.decisions_named(key):
            yield NamedFile(named.key, named.path, "decisions")
        if step.groups_named:
            yield from _word_files((*key, "groups"), step.groups_named, OF_SERIES)


def _word_files(key: Key, named: Words, known: str) -> Iterator[NamedFile]:
    """Return a file of words, if it is a path and not a list or one of `known`."""
    if isinstance(named, str) and named != known:
        yield NamedFile(key, named, "words")
