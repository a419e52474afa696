"""Repeat a run and list the differences, item by item."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, NamedTuple, TypeVar

import msgspec

from crossplan.display import View, number_of, plain_column, quoted_column, records, small_column
from crossplan.errors import MissingRunError, UnreadableTextError
from crossplan.pipeline.crate import crate_json, package_checksum
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.folder import paths_in
from crossplan.pipeline.manifest import (
    CRATE,
    DESCRIPTIONS,
    FILES_SHOWN,
    MANIFEST,
    PACKAGE,
    Input,
    Manifest,
    analysis_name,
    checksum,
)
from crossplan.pipeline.running import AnalysisRun, run_analysis
from crossplan.result import Result, ResultKind
from crossplan.tables import Column, Table, Title

_Item = TypeVar("_Item")

_DIFFERENCES = Table(
    zh="每处差异一行。",
    en="One row for each difference.",
    columns={
        "kind": Column(
            "string",
            "差异的类型。",
            "What kind of thing differs.",
            choices=(
                "input", "parameter", "package", "correction", "left out", "manifest",
                "missing", "extra", "altered", "repeated otherwise",
            ),
            required=True,
        ),
        "name": Column("string", "所涉之物。", "What it is about.", required=True),
        "before": Column("string", "此前之值。", "What it was; empty where there was none."),
        "now": Column("string", "现在之值。", "What it is; empty where there is none."),
        "detail": Column("string", "详情。", "Where in a table the first difference is."),
    },
)  # fmt: skip
_SIMPLE = (
    "name",
    "title",
    "title_en",
    "description",
    "description_en",
    "published",
    "authors",
    "lang",
    "command",
)
_CSV = ".csv"


class Difference(NamedTuple):
    """A difference between two runs.

    Attributes
    ----------
    kind : str
    name : str
        The name of the input, package or file.
    before, now : str
        A checksum, a version or a value; empty if there is none.
    detail : str
        Where in a table the first difference is.
    """

    kind: str
    name: str
    before: str = ""
    now: str = ""
    detail: str = ""

    def __str__(self) -> str:
        change = " → ".join(filter(None, (self.before, self.now)))
        return ": ".join(filter(None, (f"{self.kind} {self.name}", change, self.detail)))


def _differences(
    before: Manifest, kept: Mapping[str, bytes], run: AnalysisRun
) -> Iterator[Difference]:
    """Return the differences, first those of the inputs, then those of the outputs.

    Parameters
    ----------
    before : Manifest
        That of the folder.
    kept : mapping of str to bytes
        The files of the folder.
    run : AnalysisRun
        The same analysis, run again.
    """
    yield from _of_manifests(before, run.manifest)
    yield from _of_files(before, kept, run)
    yield from _of_descriptions(before, kept, run)


def _of_manifests(before: Manifest, now: Manifest) -> Iterator[Difference]:
    """Compare the inputs, and their description in the manifest."""
    yield from _of_inputs(before.inputs, now.inputs)
    yield from _changed(
        "parameter", _flat(before.parameters), _flat(now.parameters), _first, _second
    )
    yield from _changed("package", before.packages.items(), now.packages.items(), _first, _second)
    yield from _changed(
        "correction",
        before.corrections,
        now.corrections,
        lambda note: f"{note.plan} {note.witness}",
        lambda note: f"{note.corrected} ({'applied' if note.applied else 'not applied'})",
    )
    yield from _changed(
        "left out",
        before.left_out,
        now.left_out,
        lambda left: f"{left.step}: {left.reason}",
        lambda _: "left out",
    )
    yield from _changed("manifest", _simple_entries(before), _simple_entries(now), _first, _second)


def _of_inputs(before: Sequence[Input], now: Sequence[Input]) -> Iterator[Difference]:
    """Compare the files that were read by checksum, and the sources of the same files."""
    yield from _changed("input", before, now, _named_input, lambda item: item.sha256)
    read, read_now = ({(_named_input(one), one.sha256) for one in some} for some in (before, now))
    same, same_now = (
        [one for one in some if (_named_input(one), one.sha256) in read & read_now]
        for some in (before, now)
    )
    yield from _changed(
        "input",
        same,
        same_now,
        _named_input,
        lambda item: f"{item.source} {item.address}".strip(),
    )


def _simple_entries(manifest: Manifest) -> list[tuple[str, Any]]:
    """Return the entries of a manifest that have simple values."""
    return [(name, getattr(manifest, name)) for name in _SIMPLE]


def _of_files(
    before: Manifest, kept: Mapping[str, bytes], run: AnalysisRun
) -> Iterator[Difference]:
    """Compare the files of the folder with their checksums and with the new results."""
    recorded = {output.path: output.sha256 for output in before.outputs}
    for path in sorted(recorded | dict.fromkeys(DESCRIPTIONS, "")):
        if path not in kept:
            yield Difference("missing", path, recorded.get(path, ""))
    for path in sorted(kept.keys() - recorded.keys() - set(DESCRIPTIONS)):
        yield Difference("extra", path, "", checksum(kept[path]))
    for path, sha256 in recorded.items():
        yield from _of_file(path, sha256, kept.get(path), run.files.get(path))
    for output in run.manifest.outputs:
        if output.path not in recorded:
            yield Difference("repeated otherwise", output.path, "", output.sha256, "it is new")


def _of_file(
    path: str, sha256: str, here: bytes | None, made: bytes | None
) -> Iterator[Difference]:
    """Compare a file with its checksum and with the new result."""
    as_written = here is not None and checksum(here) == sha256
    if here is not None and not as_written:
        yield Difference("altered", path, sha256, checksum(here), _where(path, here, made))
    if made is None:
        yield Difference("repeated otherwise", path, sha256, "", "it did not come out again")
    elif checksum(made) != sha256:
        detail = _where(path, here, made) if as_written else ""
        yield Difference("repeated otherwise", path, sha256, checksum(made), detail)


def _of_descriptions(
    before: Manifest, kept: Mapping[str, bytes], run: AnalysisRun
) -> Iterator[Difference]:
    """Compare the files that describe the others with what follows from the manifest."""
    crate = crate_json(before, package_checksum(kept.get(CRATE, b"")))
    meant = {MANIFEST: before.to_json(), CRATE: crate}
    # The schemas of tables depend on the tables, which are the new ones.
    tables = {PurePosixPath(one.path).stem for one in before.outputs if one.kind == "table"}
    if tables <= run.tables.keys():
        meant[PACKAGE] = package_json(before, run.tables, run.declared)
    # Another version may describe the same in other words.
    kind = "altered" if before.packages == run.manifest.packages else "repeated otherwise"
    for path, data in meant.items():
        # A file equal to the new one is correct, even if the manifest was edited.
        if path in kept and kept[path] not in {data, run.files[path]}:
            yield Difference(kind, path, checksum(data), checksum(kept[path]))


def _changed(
    kind: str,
    before: Iterable[_Item],
    now: Iterable[_Item],
    name: Callable[[_Item], str],
    value: Callable[[_Item], str],
) -> Iterator[Difference]:
    """Return the items that were added, removed or changed."""
    old, new = ({name(item): value(item) for item in items} for items in (before, now))
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            detail = "" if key in old and key in new else "new" if key in new else "gone"
            yield Difference(kind, key, old.get(key, ""), new.get(key, ""), detail)


def _named_input(item: Input) -> str:
    """Return the name of an input; role and plan distinguish those of one name."""
    return f"{item.role} {item.name}" + (f" ({item.plan})" if item.role == "text" else "")


def _first(pair: tuple[str, Any]) -> str:
    """Return the name of a pair."""
    return pair[0]


def _second(pair: tuple[str, Any]) -> str:
    """Return the value of a pair as words."""
    return str(pair[1])


def _flat(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return each parameter as its key and value, written as in JSON.

    Examples
    --------
    >>> _flat({"words": {"places": "keep"}, "traces": [{"plans": ["2026-2030"]}]})
    [('words.places', '"keep"'), ('traces[0].plans', '["2026-2030"]')]
    """
    pairs: list[tuple[str, str]] = []
    for key, value in parameters.items():
        parts = {}
        if isinstance(value, dict):
            parts = {f"{key}.{name}": part for name, part in value.items()}
        elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
            parts = {f"{key}[{number}]": item for number, item in enumerate(value)}
        written = msgspec.json.encode(value).decode("utf-8")
        pairs += _flat(parts) if parts else [(key, written)]
    return pairs


def _where(path: str, here: bytes | None, made: bytes | None) -> str:
    r"""Return the first difference of two versions of a table; empty for other files.

    Rows are counted as a spreadsheet does, the heads first.

    Examples
    --------
    >>> _where("a.csv", b"term,count\na,1\n", b"term,count\na,2\n")
    "row 2, column count: '1', repeated '2'"
    """
    if here is None or made is None or not path.endswith(_CSV):
        return ""
    try:
        tables = [list(csv.reader(StringIO(data.decode("utf-8")))) for data in (here, made)]
    except (UnicodeDecodeError, csv.Error):
        return ""
    heads = tables[1][0] if tables[1] else []
    for number, (old, new) in enumerate(zip_longest(*tables, fillvalue=())):
        for column, (one, other) in enumerate(zip_longest(old, new)):
            if one != other:
                name = heads[column] if column < len(heads) else f"no. {column + 1}"
                return f"row {number + 1}, column {name}: {_quoted(one)}, repeated {_quoted(other)}"
    return ""


def _quoted(cell: str | None) -> str:
    """Write a cell."""
    return "nothing" if cell is None else repr(cell)


_METHOD = (
    "The analysis was run again; every file of the folder was compared with its checksum in the "
    "manifest and with what came out now."
)


@dataclass(frozen=True, repr=False, eq=False)
class RunCheck(Result):
    """A run that was repeated; made by :func:`check_analysis`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per difference: kind (input, parameter, package, correction, left out,
        manifest, missing, extra, altered, repeated otherwise), name, before, now, detail.
    manifest : Manifest
        Of the earlier run.
    differences : tuple of Difference
        The rows as objects.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="run-check", title=Title("分析的重作", "Analysis repeated"), tables=(_DIFFERENCES,)
    )

    manifest: Manifest
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether there are no differences."""
        return not self.differences

    def _view(self) -> View:
        """Return the view of the differences."""
        count = len(self.frame)
        return View(
            name=type(self).__name__,
            title="Analysis repeated",
            of=analysis_name(self.manifest),
            counts=(number_of(count, "difference") if count else "the same",),
            columns=(
                plain_column("kind", "kind"),
                plain_column("what", "name"),
                small_column("before", "before"),
                small_column("now", "now"),
                quoted_column("detail", "detail"),
            ),
            rows=records(self.frame, FILES_SHOWN),
            total=count,
            ways=(".table", ".same"),
            method=self.method,
        )


def check_analysis(
    path: str | Path,
    folder: str | Path,
    *,
    texts: str | Path | None = None,
    home: str | Path | None = None,
    n_jobs: int | None = None,
) -> RunCheck:
    """Run an analysis again and compare it with an earlier run, file by file.

    Nothing is written.

    Parameters
    ----------
    path : str or Path
        The file of the analysis.
    folder : str or Path
        The folder of the earlier run, with its manifest.json.
    texts : str or Path, optional
        Folder with texts of plans, in place of the one that is declared.
    home : str or Path, optional
        The data folder, in place of ``CROSSPLAN_HOME`` or the system's place.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor.

    Returns
    -------
    RunCheck

    Raises
    ------
    MissingRunError
        If no earlier run is there.
    ManifestError
        If its manifest is broken.
    UnreadableTextError
        If a file of it cannot be opened.
    UnknownAnalysisError, AnalysisError, CrossplanError
        If the analysis cannot be run; see :func:`run_analysis`.

    Examples
    --------
    >>> import crossplan as cp
    >>> check = cp.check_analysis(
    ...     "analyses/five-plans.toml", "results/five-plans"
    ... )  # doctest: +SKIP
    >>> check.same  # doctest: +SKIP
    True
    """
    folder = Path(folder)
    if not (folder / MANIFEST).is_file():
        raise MissingRunError(folder)
    kept = _files_in(folder)
    before = Manifest.from_json(kept[MANIFEST], folder / MANIFEST)
    repeated = run_analysis(path, texts=texts, home=home, n_jobs=n_jobs)
    found = tuple(_differences(before, kept, repeated))
    return RunCheck(
        frame=_DIFFERENCES.frame(one._asdict() for one in found),
        method=_METHOD,
        manifest=before,
        differences=found,
    )


def _files_in(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by their paths in it.

    Raises
    ------
    UnreadableTextError
    """
    kept = {}
    for path in sorted(paths_in(folder)):
        try:
            kept[path] = (folder / path).read_bytes()
        except OSError as error:
            raise UnreadableTextError(
                folder / path, f"the file cannot be opened ({error.strerror})", "Check its rights."
            ) from error
    return kept
