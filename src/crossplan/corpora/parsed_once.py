"""Parsing a text once, and keeping the plan between runs."""

from collections.abc import Callable
from dataclasses import replace

from crossplan.cache import cache_folder, keep, kept, key_of
from crossplan.model import Lexicon, Plan
from crossplan.model.packed import packed, unpacked

KIND = "plans"


def parsed_once(sha256: str, parts: tuple[bytes | str, ...], parse: Callable[[], Plan]) -> Plan:
    """Give the plan that was parsed from a text before, or parse and keep it.

    Parameters
    ----------
    sha256 : str
        Checksum of the file that the text is read from.
    parts : tuple of bytes or str
        Everything else that the plan depends on.
    parse : callable
        Gives the plan.
    """
    key = key_of(sha256, *parts)
    data = kept(KIND, key)
    plan = unpacked(data) if data is not None else None
    if plan is None:
        plan = parse()
        # The file may have been changed after its checksum was made.
        same = plan.reading is not None and plan.reading.witness.sha256 == sha256
        if same and cache_folder() is not None:
            keep(KIND, key, packed(plan))
    return plan


def parsed_into(
    plan: Plan, sha256: str, parts: tuple[bytes | str, ...], parse: Callable[[], Plan]
) -> Plan:
    """Fill the outline of a plan from a text, as :func:`parsed_once` does.

    What all plans of a series share is not kept with each of them.
    """
    import msgspec

    alone = replace(plan, lexicon=Lexicon(), indicators=())
    found = parsed_once(
        sha256,
        (msgspec.json.encode(alone), *parts),
        lambda: replace(parse(), lexicon=Lexicon(), indicators=()),
    )
    return replace(found, lexicon=plan.lexicon, indicators=plan.indicators)
