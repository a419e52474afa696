"""Languages of the labels in figures and reports."""

from typing import Literal, get_args

from crossplan.errors import ChoiceError

Language = Literal["zh", "en"]


def as_language(lang: str) -> Language:
    """Return a language; raise an error if it has no labels.

    Raises
    ------
    ChoiceError
    """
    for language in get_args(Language):
        if lang == language:
            return language  # type: ignore[no-any-return]
    raise ChoiceError("lang", lang, get_args(Language))


def in_language(lang: Language, zh: str, en: str) -> str:
    """Return the Chinese or the English form of a label."""
    return zh if as_language(lang) == "zh" else en


def shorten_label(name: str, length: int) -> str:
    """Shorten a name to a width; a Chinese character is as wide as two others.

    Examples
    --------
    >>> shorten_label("孕产妇死亡率", 8), shorten_label("Maternal mortality", 18)
    ('孕产妇…', 'Maternal mortality')
    """
    widths = [1 if character.isascii() else 2 for character in name]
    if sum(widths) <= length:
        return name
    left, kept = length - 2, 0
    for width in widths:
        left -= width
        if left < 0:
            break
        kept += 1
    return f"{name[:kept]}…"
