"""Write captions of figures: content, plans, method, unknowns and sources."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from crossplan.errors import ChoiceError
from crossplan.figures.layout import wrapped
from crossplan.figures.style import TITLE_SIZE
from crossplan.labels import Language, as_language, in_language
from crossplan.model import Plan
from crossplan.model.plan import title_of

Writer = TypeVar("Writer")

# The width of a title in inches; less if the names at the left are wide.
_TITLE_WIDTH = 6.2


def writer_of(figure: str, writers: Mapping[str, Writer]) -> Writer:
    """Return the function that writes the caption of one of several figures of a result.

    Raises
    ------
    ChoiceError
        If the result has no such figure.
    """
    if figure not in writers:
        raise ChoiceError("figure", figure, writers)
    return writers[figure]


def caption(
    lang: Language, sentences: Iterable[str], plans: Sequence[Plan], *, outlines: bool = False
) -> str:
    """Join a caption from sentences, a note on unknowns, and the sources.

    Parameters
    ----------
    lang : {"zh", "en"}
    sentences : iterable of str
        Sentences in that language, without full stops; empty ones are left out.
    plans : sequence of Plan
        The plans that the figure is about.
    outlines : bool
        Whether the figure shows outlines, which are complete even without a text at hand.
    """
    stop, space = ("。", "") if as_language(lang) == "zh" else (".", " ")
    parts = [*sentences, _unknown(plans, lang, outlines=outlines), sources(plans, lang)]
    return space.join(f"{sentence}{stop}" for sentence in parts if sentence)


def named(plans: Iterable[Plan], lang: Language) -> str:
    """Return the titles of plans, with a note on constructed ones."""
    titles = [title_of(plan, lang) for plan in plans]
    if lang == "en":
        return " and ".join(filter(None, [", ".join(titles[:-1]), *titles[-1:]]))
    return "、".join(titles)


def plans_title(plans: Sequence[Plan], lang: Language, width: float = _TITLE_WIDTH) -> str:
    """Return the plans of a figure for its title: the first, the last, and constructed ones.

    Lines are at most `width` inches wide.
    """
    last = len(plans) - 1
    shown = [plan for at, plan in enumerate(plans) if at in {0, last} or plan.constructed]
    arrow = " →\n" if len(shown) == len(plans) else " –\n"
    return arrow.join(wrapped(title_of(plan, lang), width, TITLE_SIZE) for plan in shown)


def compared(old: Plan, new: Plan, lang: Language) -> str:
    """Return the titles of two compared plans, the older one first."""
    return f"{title_of(old, lang)} → {title_of(new, lang)}"


def _unknown(plans: Iterable[Plan], lang: Language, *, outlines: bool) -> str:
    """Return a sentence on the plans without a text at hand, and the consequence."""
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
    """Return the sources of the texts, or of the outlines used instead."""
    plans = tuple(plans)
    colon, between = in_language(lang, "：", ": "), in_language(lang, "；", "; ")
    known = [f"{plan.id}{colon}{_source(plan, lang)}" for plan in plans if plan.coverage == "full"]
    if outlines := [plan.id for plan in plans if plan.coverage != "full"]:
        listed = in_language(lang, "、", ", ").join(outlines)
        stated = in_language(
            lang,
            "本系列的纲目与抽样目标值，出处逐条载于其 plan.toml 与 targets.csv",
            "outlines and a sample of targets of the series, each with its source in plan.toml "
            "and targets.csv",
        )
        known.append(f"{listed}{colon}{stated}")
    return f"{in_language(lang, '来源', 'Sources')}{colon}{between.join(known)}"


def _source(plan: Plan, lang: Language) -> str:
    """Return the source of a text and its address, or the name of its file."""
    if plan.constructed:
        return in_language(
            lang, "由程序按已知改动构造，从未发布", "made by known edits, never published"
        )
    witness = plan.require_reading("text").witness
    source = in_language(lang, "，", ", ").join(filter(None, [witness.source, witness.address]))
    return source or in_language(lang, f"文件 {witness.name}", f"file {witness.name}")
