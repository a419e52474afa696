"""Chinese: words, sentences, documents, targets and web pages."""

import tomllib
from functools import cache
from importlib.resources import files

from crossplan.languages.chinese.documents import (
    DOCUMENT,
    ENDS_LINE,
    IN_TITLE,
    PUNCTUATION,
    sentence_spans,
)
from crossplan.languages.chinese.numerals import COUNTING, WIDE_FIGURES, is_number
from crossplan.languages.language import PlanLanguage, StopList, TargetGrammar

_STOP_WORDS = "stopwords.toml"


@cache
def stop_words() -> StopList:
    """Return the stop words of Chinese plans with the reasons for leaving them out."""
    groups = tomllib.loads(text_beside(_STOP_WORDS))["groups"]
    return StopList(
        _STOP_WORDS, {word: group["reason"] for group in groups for word in group["words"]}
    )


def text_beside(name: str) -> str:
    """Return the text of a file of this package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def target_grammar() -> TargetGrammar:
    """Return the grammar of targets."""
    # The patterns take time to compile, and most uses do not read targets.
    from crossplan.languages.chinese import grammar, indicators, outlook

    return TargetGrammar(
        figures_of=grammar.figures_of,
        looks_back=outlook.looks_back,
        lines_ahead=outlook.lines_ahead,
        year_written=outlook.year_written,
        deadline=outlook.deadline,
        base_year=outlook.base_year,
        scope_of=indicators.scope_of,
    )


CHINESE = PlanLanguage(
    code="zh",
    name="Chinese",
    sentence_spans=sentence_spans,
    full_stop="。",
    in_title=IN_TITLE,
    ends_line=ENDS_LINE,
    punctuation=PUNCTUATION,
    numerals=(COUNTING, f"0-9{WIDE_FIGURES}"),
    is_number=is_number,
    blanks_between_words=False,
    width=1,
    cased=False,
    cuts_words=True,
    stop_words=stop_words,
    merged_number="〔数〕",
    merged_place="〔地〕",
    document=DOCUMENT,
    target_grammar=target_grammar,
)
