"""Captions: what is drawn, of which plans, how it was made, what is unknown, and the sources."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from crossplan.errors import ChoiceError
from crossplan.figures.layout import wrapped
from crossplan.figures.style import TITLE_SIZE
from crossplan.labels import Language, as_language, in_language
from crossplan.model import Plan
from crossplan.model.plan import title_of

Writer = TypeVar("Writer")

# Of a title, in inches; less where names at the left take more.
_TITLE_ROOM = 6.2


def writer_of(figure: str, writers: Mapping[str, Writer]) -> Writer:
    """Choose what writes the caption of a figure of a result that has several.

    Raises
    ------
    ChoiceError
        If the result has no such figure.
    """
    if figure not in writers:
        raise ChoiceError("figure", figure, writers)
    return writers[figure]


def caption(
    lang: Language, said: Iterable[str], plans: Sequence[Plan], *, outlines: bool = False
) -> str:
    """Put a caption together: what is `said`, what is unknown, and the sources.

    Parameters
    ----------
    lang : {"zh", "en"}
    said : iterable of str
        Sentences in that language, without full stops; empty ones are left out.
    plans : sequence of Plan
        The plans that the figure is about.
    outlines : bool
        Whether the figure is about outlines, which are whole also where no text is at hand.
    """
    stop, space = ("。", "") if as_language(lang) == "zh" else (".", " ")
    sentences = [*said, _unknown(plans, lang, outlines=outlines), sources(plans, lang)]
    return space.join(f"{sentence}{stop}" for sentence in sentences if sentence)


def named(plans: Iterable[Plan], lang: Language) -> str:
    """Name plans by their titles; that of a constructed one says what it is."""
    titles = [title_of(plan, lang) for plan in plans]
    if lang == "en":
        return " and ".join(filter(None, [", ".join(titles[:-1]), *titles[-1:]]))
    return "、".join(titles)


def plans_title(plans: Sequence[Plan], lang: Language, room: float = _TITLE_ROOM) -> str:
    """Name the plans of a figure in its title: the first, the last, and constructed ones.

    The lines are no wider than a number of inches.
    """
    last = len(plans) - 1
    told = [plan for at, plan in enumerate(plans) if at in {0, last} or plan.constructed]
    arrow = " →\n" if len(told) == len(plans) else " –\n"
    return arrow.join(wrapped(title_of(plan, lang), room, TITLE_SIZE) for plan in told)


def compared(old: Plan, new: Plan, lang: Language) -> str:
    """Name two plans that are compared, the older one first."""
    return f"{title_of(old, lang)} → {title_of(new, lang)}"


def _unknown(plans: Iterable[Plan], lang: Language, *, outlines: bool) -> str:
    """Say of which plans no text is at hand, and what follows from it."""
    without = [plan.id for plan in plans if plan.coverage != "full"]
    if not without:
        return ""
    if outlines:
        follows = "只据纲目比较", "their outlines alone were compared"
    else:
        follows = "其中未见者为未知，而非没有", "what is not seen there is unknown, not absent"
    return in_language(
        lang,
        f"{'、'.join(without)} 的正文未收录，{follows[0]}",
        f"No text of {', '.join(without)} is at hand: {follows[1]}",
    )


def sources(plans: Iterable[Plan], lang: Language) -> str:
    """Say where the texts come from, or what stands in for them."""
    plans = tuple(plans)
    colon, between = in_language(lang, "：", ": "), in_language(lang, "；", "; ")
    known = [f"{plan.id}{colon}{_source(plan, lang)}" for plan in plans if plan.coverage == "full"]
    if outlines := [plan.id for plan in plans if plan.coverage != "full"]:
        listed = in_language(lang, "、", ", ").join(outlines)
        said = in_language(
            lang,
            "本系列的纲目与抽样目标值，出处逐条载于其 plan.toml 与 targets.csv",
            "outlines and a sample of targets of the series, each with its source in plan.toml "
            "and targets.csv",
        )
        known.append(f"{listed}{colon}{said}")
    return f"{in_language(lang, '来源', 'Sources')}{colon}{between.join(known)}"


def _source(plan: Plan, lang: Language) -> str:
    """Return the source of a text and its address, or the name of its file."""
    if plan.constructed:
        return in_language(
            lang, "由程序按已知改动构造，从未发布", "made by known edits, never published"
        )
    witness = plan.require_reading("text").witness
    told = in_language(lang, "，", ", ").join(filter(None, [witness.source, witness.address]))
    return told or in_language(lang, f"文件 {witness.name}", f"file {witness.name}")
