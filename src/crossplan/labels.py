"""The two languages of figures and reports."""

from typing import Literal, get_args

from crossplan.errors import ChoiceError

Language = Literal["zh", "en"]


def as_language(lang: str) -> Language:
    """Return a language, or refuse one there are no labels for.

    Raises
    ------
    ChoiceError
    """
    for language in get_args(Language):
        if lang == language:
            return language  # type: ignore[no-any-return]
    raise ChoiceError("lang", lang, get_args(Language))


def in_language(lang: Language, zh: str, en: str) -> str:
    """Choose between the Chinese and the English form of a label."""
    return zh if as_language(lang) == "zh" else en


def shortened(name: str, length: int) -> str:
    """Cut a name to fit; a Chinese character takes the room of two others.

    Examples
    --------
    >>> shortened("孕产妇死亡率", 8), shortened("Maternal mortality", 18)
    ('孕产妇…', 'Maternal mortality')
    """
    widths = [1 if character.isascii() else 2 for character in name]
    if sum(widths) <= length:
        return name
    room, kept = length - 2, 0
    for width in widths:
        room -= width
        if room < 0:
            break
        kept += 1
    return f"{name[:kept]}…"
