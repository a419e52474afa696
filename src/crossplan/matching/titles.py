"""Comparing titles by what tells them apart."""

from collections.abc import Sequence


def core(title: str, generic_endings: Sequence[str]) -> str:
    """Take the generic ending off a title, unless nothing would be left.

    Examples
    --------
    >>> core("工作权利", ["权利", "权"]), core("工作权", ["权利", "权"])
    ('工作', '工作')
    """
    fitting = [ending for ending in generic_endings if title.endswith(ending) and title != ending]
    return title.removesuffix(max(fitting, key=len, default=""))
