"""Characters that are invisible, reorder the text around them, or are invalid in files."""

import re

# Characters that XML 1.0 forbids, control characters, line separators, characters of private
# use or without width, and direction marks, which can change the visible order of a text. The
# joiners U+200C and U+200D are kept: some scripts and signs need them. Unassigned characters
# are kept, because they differ between versions of Python.
_UNFIT = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_BREAKS = re.compile("[\t\n\r]")
_SQUARE = "□"


def fit(text: str) -> str:
    r"""Replace unfit characters of a text by their codes.

    The codes show that there are such characters, and cannot reorder the text around them.

    Examples
    --------
    >>> fit("a\x00b\u202ec\n")
    'a\\x00b\\u202ec\n'
    """
    return _UNFIT.sub(lambda found: _as_code(found[0]), text)


def visible(text: str) -> str:
    r"""Return text on one line, with codes for unfit characters and blanks for breaks and tabs.

    Examples
    --------
    >>> visible("a\u202eb"), visible("two\nlines")
    ('a\\u202eb', 'two lines')
    """
    return _BREAKS.sub(" ", fit(text))


def drawable(text: str) -> str:
    r"""Replace characters that no font can draw by a square, for figures.

    Examples
    --------
    >>> drawable("a\u202eb\r\nc")
    'a□b□\nc'
    """
    return _UNFIT.sub(_SQUARE, text).replace("\r", _SQUARE)


def _as_code(character: str) -> str:
    """Return the Python escape sequence of a character."""
    return character.encode("unicode-escape", "surrogatepass").decode("ascii")
