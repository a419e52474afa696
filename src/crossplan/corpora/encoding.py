"""Decoding text files."""

import unicodedata
from pathlib import Path

from crossplan.errors import UnreadableTextError

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Tried in this order: UTF-8 fails on nearly all other bytes, GB18030 on many, UTF-16 on
# almost none.
WITHOUT_MARK = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def read_text(path: Path) -> tuple[bytes, str, str]:
    """Read a text file in UTF-8, UTF-16, UTF-32 or GB18030.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of (bytes, str, str)
        The bytes, the text with single line feeds, and the encoding.

    Raises
    ------
    UnreadableTextError
        If the file cannot be opened, is empty, or is not text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableTextError(
            path, f"the file cannot be opened ({error.strerror})", "Check its name and rights."
        ) from error
    text, encoding = decode(data, path)
    if not text.strip():
        raise UnreadableTextError(path, "the file is empty", "Save the text in it.")
    return data, text, encoding


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Decode bytes by their byte order mark, else by the first encoding that fits."""
    decoded = _attempt(data)
    if decoded is None:
        raise UnreadableTextError(
            path,
            "the bytes are not text in UTF-8, UTF-16 or GB18030",
            "Save it as plain text in UTF-8; crossplan add reads Word, PDF and web pages.",
        )
    return decoded


def decode_or_none(data: bytes) -> str | None:
    """Return bytes as text, or None if they are not text."""
    decoded = _attempt(data)
    return decoded and decoded[0]


def _attempt(data: bytes) -> tuple[str, str] | None:
    """Return the text, with single line feeds, and its encoding; None if no encoding fits."""
    for mark, marked_encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            candidates: tuple[str, ...] = (marked_encoding,)
            break
    else:
        candidates = WITHOUT_MARK
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    return None


def is_text(text: str) -> bool:
    """Return whether a text has no control, private or unassigned characters."""
    return not any(
        unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}
        for character in set(text) - {"\n", "\r", "\t", "\f", "\ufeff"}
    )
