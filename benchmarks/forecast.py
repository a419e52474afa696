"""What more documents than were measured would cost, worked out from how the cost grew."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.growth import END_TO_END, POWER_OF_ALL, WORK, Run, power, runs
from benchmarks.rows import markdown, mebibytes
from benchmarks.setting import Setting

DOCUMENTS = 10_000
# Of few documents much of the time is spent starting, which would look like less than one.
# Where all are compared with all, fewer texts are looked at for each up to two thousand
# documents; from there on time grows like that of the search.
LEAST_POWER = {"all pairs": POWER_OF_ALL}
MINUTE, HOUR = 60, 3600


def forecast(setting: Setting) -> str:
    """Give a table of what was measured of the largest corpus, and what ten times it costs."""
    found = runs(setting)
    largest = max(found)
    head = (
        "work",
        f"{largest:,} documents, measured",
        "power *p*",
        f"{DOCUMENTS:,} documents, worked out",
    )
    return markdown(head, [*times(found), *memories(found), *disk(found)])


def times(found: Mapping[int, Run]) -> Iterator[tuple[str, ...]]:
    """Give the rows about time."""
    largest = max(found)
    for name, work in WORK.items():
        measured = found[largest].seconds((name,))
        grows = max(power(found, (name,)), LEAST_POWER.get(name, 1.0))
        then = measured * (DOCUMENTS / largest) ** grows
        yield f"{work}: time", duration(measured), f"{grows:.2f}", duration(then)


def memories(found: Mapping[int, Run]) -> list[tuple[str, ...]]:
    """Give the rows about memory, which grows along a line."""
    return [
        along_a_line(f"{what}: most memory", found, [found[n].mebibytes(names) for n in found])
        for what, names in (("reading to neighbours", END_TO_END), ("all pairs", ("all pairs",)))
    ]


def disk(found: Mapping[int, Run]) -> list[tuple[str, ...]]:
    """Give the rows about what lies on disk."""
    return [
        along_a_line("the files", found, [one.texts for one in found.values()]),
        along_a_line("the cache", found, [one.kept for one in found.values()]),
    ]


def along_a_line(what: str, found: Mapping[int, Run], amounts: Sequence[float]) -> tuple[str, ...]:
    """Go on in a line from the last two sizes."""
    (fewer, more), (before, after) = list(found)[-2:], amounts[-2:]
    then = after + (after - before) / (more - fewer) * (DOCUMENTS - more)
    return (what, mebibytes(after).text, "line", mebibytes(then).text)


def duration(seconds: float) -> str:
    """Give a time in the unit that suits it."""
    if seconds < 2 * MINUTE:
        return f"{seconds:,.1f} s"
    if seconds < 2 * HOUR:
        return f"{seconds / MINUTE:,.0f} min"
    return f"{seconds / HOUR:,.1f} h"
