"""Characters that a file cannot hold, or that reorder what stands around them."""

import re

from crossplan.display.cells import as_code

# What XML 1.0 forbids; and the marks of direction, which could make a text read as
# another, or turn the rest of a line around.
UNFIT = re.compile(
    r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    r"|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)


def fit(text: str) -> str:
    r"""Show what is not fit for a file by its code, and leave all else as it is.

    Examples
    --------
    >>> fit("a\x00b\u202ec\n")
    'a\\x00b\\u202ec\n'
    """
    return UNFIT.sub(lambda found: as_code(found[0]), text)
