"""Characters that are not seen, that turn what stands around them, or that no file may hold."""

import re

# What XML 1.0 forbids; controls, separators of lines, and characters of private use; those
# of no width; and the marks of direction, which could make a text read as another. The
# joiners U+200C and U+200D are not among them: without them some scripts and signs are
# other ones. Neither is what Unicode has not assigned: that differs between Pythons.
_UNFIT = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_BREAKS = re.compile("[\t\n\r]")
_SQUARE = "□"


def fit(text: str) -> str:
    r"""Show what is not fit for a text by its code, and leave all else as it is.

    Whoever reads it sees that such a character is there, and it can no longer reorder what
    stands around it, wherever the text goes.

    Examples
    --------
    >>> fit("a\x00b\u202ec\n")
    'a\\x00b\\u202ec\n'
    """
    return _UNFIT.sub(lambda found: _as_code(found[0]), text)


def visible(text: str) -> str:
    r"""Show text on one line: unfit characters by their code, breaks and tabs as blanks.

    Examples
    --------
    >>> visible("a\u202eb"), visible("two\nlines")
    ('a\\u202eb', 'two lines')
    """
    return _BREAKS.sub(" ", fit(text))


def drawable(text: str) -> str:
    r"""Put a square for what no font has a shape for, as figures do.

    Examples
    --------
    >>> drawable("a\u202eb\r\nc")
    'a□b□\nc'
    """
    return _UNFIT.sub(_SQUARE, text).replace("\r", _SQUARE)


def _as_code(character: str) -> str:
    """Write a character as Python does in a string."""
    return character.encode("unicode-escape", "surrogatepass").decode("ascii")
