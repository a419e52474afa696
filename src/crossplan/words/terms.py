"""How often terms are used, by plan or by chapter."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from crossplan.errors import ChoiceError
from crossplan.frames import typed_frame
from crossplan.model import Corpus, Plan, Section
from crossplan.result import Result
from crossplan.words.segment import JiebaSegmenter, Segmenter

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.labels import Language

By = Literal["plan", "chapter"]

WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
PER = 10_000
COLUMNS = {
    "unit": "string",
    "plan": "string",
    "title": "string",
    "term": "string",
    "count": "int64",
    "rate": "float64",
    "units": "int64",
    "words": "int64",
}


@dataclass(frozen=True, repr=False, eq=False)
class TermFrequencies(Result):
    """How often terms are used; made by :func:`term_frequencies`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per unit and term, the most frequent first in each unit: unit, plan,
        title, term, count, rate (per 10,000 words of the unit), units (in how many
        units the term occurs), words (of the unit, stop words included).
    segmenter : str
        What cut the text into words.
    stop_words : frozenset of str
        Left out of the table, but not out of `words`.
    """

    segmenter: str
    stop_words: frozenset[str]

    def plot(self, ax: "Axes | None" = None, *, top: int = 30, lang: "Language" = "zh") -> "Axes":
        """Draw the `top` most frequent terms of all units together as bars."""
        from crossplan.words.terms_figure import draw_terms

        return draw_terms(self, ax, top=top, lang=lang)


class Unit(NamedTuple):
    """A stretch of text whose words are counted together."""

    id: str
    plan: str
    title: str
    words: list[str]


def term_frequencies(
    source: Plan | Corpus, *, by: By = "plan", segmenter: Segmenter | None = None
) -> TermFrequencies:
    """Count the terms of a plan or of several plans.

    Counted are the words of introduction, chapters and sections; headings, table of
    contents, figures and punctuation are not. A term is a word with a Chinese
    character or a Latin letter that is not a stop word.

    Parameters
    ----------
    source : Plan or Corpus
    by : {"plan", "chapter"}
        What to count separately. The introduction counts as a chapter.
    segmenter : Segmenter, optional
        jieba with its own dictionary when not given.

    Returns
    -------
    TermFrequencies

    Raises
    ------
    MissingTextError
        If the text of a plan is not at hand.
    ChoiceError
        If `by` is something else.

    Examples
    --------
    >>> import crossplan as cp
    >>> terms = cp.term_frequencies(cp.load_plan("2026-2030"), by="chapter").table
    >>> terms.query("unit == '2026-2030/6'").term.iloc[0]
    '人权'
    """
    from sklearn.feature_extraction.text import CountVectorizer

    if by not in get_args(By):
        raise ChoiceError("by", by, get_args(By))
    segmenter = segmenter or JiebaSegmenter()
    plans = [source] if isinstance(source, Plan) else list(source.values())
    units = [unit for plan in plans for unit in units_of(plan, by, segmenter)]
    stop_words = load_stop_words()
    # The words are cut already, so the vectorizer only counts. Its own pattern would
    # silently drop words of one character.
    vectorizer = CountVectorizer(analyzer=list)
    vocabulary_used = any(unit.words for unit in units)
    rows: list[dict[str, Any]] = []
    if vocabulary_used:
        counts = vectorizer.fit_transform([unit.words for unit in units]).tocsr()
        terms = vectorizer.get_feature_names_out()
        spread = (counts > 0).sum(axis=0).A1
        for number, unit in enumerate(units):
            row = counts[number]
            found = [
                (terms[column], int(count), int(spread[column]))
                for column, count in zip(row.indices, row.data, strict=True)
                if terms[column] not in stop_words
            ]
            found.sort(key=lambda item: (-item[1], item[0]))
            rows += [
                {
                    "unit": unit.id,
                    "plan": unit.plan,
                    "title": unit.title,
                    "term": term,
                    "count": count,
                    "rate": PER * count / len(unit.words),
                    "units": in_units,
                    "words": len(unit.words),
                }
                for term, count, in_units in found
            ]
    return TermFrequencies(
        frame=typed_frame(rows, COLUMNS),
        method=f"Words by {segmenter.name}; {len(stop_words)} stop words left out.",
        segmenter=segmenter.name,
        stop_words=stop_words,
    )


def units_of(plan: Plan, by: By, segmenter: Segmenter) -> Iterable[Unit]:
    """Cut a plan into the units whose words are counted together."""
    plan.require_reading("terms")
    parts = (plan.introduction, *plan.chapters)
    if by == "plan":
        yield Unit(plan.id, plan.id, plan.title, words_of(parts, segmenter))
        return
    for part in parts:
        yield Unit(part.id, plan.id, part.title, words_of([part], segmenter))


def words_of(sections: Iterable[Section], segmenter: Segmenter) -> list[str]:
    """Give the words of sections, without figures and punctuation."""
    return [
        word
        for section in sections
        for passage in section.all_passages("terms")
        for word in segmenter.words(passage.text)
        if WORD.search(word)
    ]


@cache
def load_stop_words() -> frozenset[str]:
    """Read the stop words from their file, where each group has its reason."""
    text = files("crossplan.words").joinpath("stopwords.toml").read_text(encoding="utf-8")
    return frozenset(word for group in tomllib.loads(text)["group"] for word in group["words"])
