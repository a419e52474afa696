"""The two languages of figures and reports."""

from typing import Literal, get_args

from crossplan.errors import ChoiceError
from crossplan.model import Heading, Plan

Language = Literal["zh", "en"]


def as_language(lang: str) -> Language:
    """Give a language, or refuse one there are no labels for.

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


def title_of(item: Plan | Heading, lang: Language) -> str:
    """Give a title in a language; the Chinese one where no English edition was seen."""
    return item.title_en if lang == "en" and item.title_en else item.title


def published(plan: Plan, lang: Language) -> str:
    """Give the day on which a plan was published; a constructed one never was."""
    if plan.constructed:
        return in_language(lang, "未曾发布", "never published")
    unknown = in_language(lang, "日期不详", "date not known")
    return plan.published.isoformat() if plan.published else unknown


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
