"""What differs between a folder of results and the same analysis run again, item by item."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar

import msgspec

from crossplan.pipeline.crate import crate_json, package_checksum
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.inputs import checksum
from crossplan.pipeline.manifest import MANIFEST, Input, Manifest
from crossplan.pipeline.places import CRATE, DESCRIPTIONS, PACKAGE
from crossplan.pipeline.run import AnalysisRun

Item = TypeVar("Item")

COLUMNS = dict.fromkeys(("kind", "name", "before", "now", "detail"), "string")
SIMPLE = (
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
CSV = ".csv"


class Difference(NamedTuple):
    """Something that is not as it was.

    Attributes
    ----------
    kind : str
    name : str
        What it is about: an input, a package, a file.
    before, now : str
        A checksum, a version, a value; empty where there was, or is, none.
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


def differences(
    before: Manifest, kept: Mapping[str, bytes], run: AnalysisRun
) -> Iterator[Difference]:
    """Give what differs: first what went in, then what came out.

    Parameters
    ----------
    before : Manifest
        That of the folder.
    kept : mapping of str to bytes
        The files of the folder.
    run : AnalysisRun
        The same analysis, run again.
    """
    yield from of_manifests(before, run.manifest)
    yield from of_files(before, kept, run)
    yield from of_descriptions(before, kept, run)


def of_manifests(before: Manifest, now: Manifest) -> Iterator[Difference]:
    """Compare what went in, and what was said of it."""
    yield from of_inputs(before.inputs, now.inputs)
    yield from changed("parameter", flat(before.parameters), flat(now.parameters), first, second)
    yield from changed("package", before.packages.items(), now.packages.items(), first, second)
    yield from changed(
        "correction",
        before.corrections,
        now.corrections,
        lambda note: f"{note.plan} {note.witness}",
        lambda note: f"{note.corrected} ({'applied' if note.applied else 'not applied'})",
    )
    yield from changed(
        "left out",
        before.left_out,
        now.left_out,
        lambda left: f"{left.step}: {left.reason}",
        lambda _: "left out",
    )
    yield from changed("manifest", said_by(before), said_by(now), first, second)


def of_inputs(before: Sequence[Input], now: Sequence[Input]) -> Iterator[Difference]:
    """Compare what was read: files by their checksums, and of the same files the sources."""
    yield from changed("input", before, now, named_input, lambda given: given.sha256)
    read, read_now = ({(named_input(one), one.sha256) for one in some} for some in (before, now))
    same, same_now = (
        [one for one in some if (named_input(one), one.sha256) in read & read_now]
        for some in (before, now)
    )
    yield from changed(
        "input",
        same,
        same_now,
        named_input,
        lambda given: f"{given.source} {given.address}".strip(),
    )


def said_by(manifest: Manifest) -> list[tuple[str, Any]]:
    """Give what a manifest says of an analysis in a word."""
    return [(name, getattr(manifest, name)) for name in SIMPLE]


def of_files(before: Manifest, kept: Mapping[str, bytes], run: AnalysisRun) -> Iterator[Difference]:
    """Compare the files of the folder with their checksums, and with what came out now."""
    recorded = {output.path: output.sha256 for output in before.outputs}
    for path in sorted(recorded | dict.fromkeys(DESCRIPTIONS, "")):
        if path not in kept:
            yield Difference("missing", path, recorded.get(path, ""))
    for path in sorted(kept.keys() - recorded.keys() - set(DESCRIPTIONS)):
        yield Difference("extra", path, "", checksum(kept[path]))
    for path, sha256 in recorded.items():
        yield from of_file(path, sha256, kept.get(path), run.files.get(path))
    for output in run.manifest.outputs:
        if output.path not in recorded:
            yield Difference("repeated otherwise", output.path, "", output.sha256, "it is new")


def of_file(path: str, sha256: str, here: bytes | None, made: bytes | None) -> Iterator[Difference]:
    """Compare a file with its checksum, and with what came out now."""
    as_written = here is not None and checksum(here) == sha256
    if here is not None and not as_written:
        yield Difference("altered", path, sha256, checksum(here), where(path, here, made))
    if made is None:
        yield Difference("repeated otherwise", path, sha256, "", "it did not come out again")
    elif checksum(made) != sha256:
        detail = where(path, here, made) if as_written else ""
        yield Difference("repeated otherwise", path, sha256, checksum(made), detail)


def of_descriptions(
    before: Manifest, kept: Mapping[str, bytes], run: AnalysisRun
) -> Iterator[Difference]:
    """Compare the files that describe the others with what follows from the manifest."""
    crate = crate_json(before, package_checksum(kept.get(CRATE, b"")))
    meant = {MANIFEST: before.to_json(), CRATE: crate}
    # The schemas of tables follow from the tables themselves, which are those of now.
    tables = {PurePosixPath(one.path).stem for one in before.outputs if one.kind == "table"}
    if tables <= run.tables.keys():
        meant[PACKAGE] = package_json(before, run.tables)
    # Another version may describe the same in other words.
    kind = "altered" if before.packages == run.manifest.packages else "repeated otherwise"
    for path, data in meant.items():
        # What is as it came out now follows from the run, if not from a manifest that was edited.
        if path in kept and kept[path] not in {data, run.files[path]}:
            yield Difference(kind, path, checksum(data), checksum(kept[path]))


def changed(
    kind: str,
    before: Iterable[Item],
    now: Iterable[Item],
    name: Callable[[Item], str],
    value: Callable[[Item], str],
) -> Iterator[Difference]:
    """Give the items that came, went or changed their values."""
    old, new = ({name(item): value(item) for item in items} for items in (before, now))
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            detail = "" if key in old and key in new else "new" if key in new else "gone"
            yield Difference(kind, key, old.get(key, ""), new.get(key, ""), detail)


def named_input(given: Input) -> str:
    """Name an input: its role and its plan tell those of one name apart."""
    return f"{given.role} {given.name}" + (f" ({given.plan})" if given.role == "text" else "")


def first(pair: tuple[str, Any]) -> str:
    """Give the name of a pair."""
    return pair[0]


def second(pair: tuple[str, Any]) -> str:
    """Give the value of a pair as words."""
    return str(pair[1])


def flat(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give each parameter as its key and value, written as in JSON.

    Examples
    --------
    >>> flat({"words": {"places": "keep"}, "traces": [{"plans": ["2026-2030"]}]})
    [('words.places', '"keep"'), ('traces[0].plans', '["2026-2030"]')]
    """
    pairs: list[tuple[str, str]] = []
    for key, value in parameters.items():
        parts = {}
        if isinstance(value, dict):
            parts = {f"{key}.{name}": part for name, part in value.items()}
        elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
            parts = {f"{key}[{number}]": item for number, item in enumerate(value)}
        told = msgspec.json.encode(value).decode("utf-8")
        pairs += flat(parts) if parts else [(key, told)]
    return pairs


def where(path: str, here: bytes | None, made: bytes | None) -> str:
    r"""Say where two versions of a table first differ; nothing of other files.

    Rows are counted as a spreadsheet does, the heads first.

    Examples
    --------
    >>> where("a.csv", b"term,count\na,1\n", b"term,count\na,2\n")
    "row 2, column count: '1', repeated '2'"
    """
    if here is None or made is None or not path.endswith(CSV):
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
                return f"row {number + 1}, column {name}: {told(one)}, repeated {told(other)}"
    return ""


def told(cell: str | None) -> str:
    """Write a cell."""
    return "nothing" if cell is None else repr(cell)
