"""English: sentences, words separated by blanks, dates and headings."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version

from crossplan.languages.language import (
    DocumentForm,
    NumberedMarks,
    PlanLanguage,
    PrintedDate,
    StopList,
)

# After these a full stop does not end a sentence, unless a paragraph ends there.
_ABBREVIATIONS = {
    *("approx", "apr", "art", "arts", "aug", "cf", "ch", "chap", "dec", "dept", "dr", "ed"),
    *("eds", "eg", "eq", "est", "feb", "fig", "figs", "gen", "gov", "hon", "ie", "jan", "jr"),
    *("jul", "jun", "lt", "mar", "messrs", "mr", "mrs", "ms", "mt", "nov", "oct", "op", "para"),
    *("paras", "pp", "prof", "pt", "reg", "rev", "sec", "sect", "sen", "sep", "sept", "sr", "st"),
    *("ste", "tel", "univ", "viz", "vol", "vols", "vs"),
}
_OPENING = "\"'“‘(["
_CLOSING = "\"'”’)\\]"
# A mark that may end a sentence, with closing marks after it, before a blank.
_END = re.compile(f"[.!?…]+[{_CLOSING}]*(?=\\s|$)")
_NEXT = re.compile(f"\\s+[{re.escape(_OPENING)}]*(\\w)")
_WORD_BEFORE = re.compile(r"[\w.]*\w$")
# U.S., i.e., and the initials of a name.
_INITIALS = re.compile(r"(?:^|.*\.)\w$")

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH = f"({'|'.join(_MONTHS)})"
_YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
_YEARS = re.compile(rf"{_YEAR}\s{{0,2}}(?:[-—–－―─~/]|to|and|through)\s{{0,2}}{_YEAR}")
_DAY_FIRST = re.compile(rf"\b([0-3]?[0-9])(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+([0-3]?[0-9])(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE)
_IN_FIGURES = re.compile(rf"{_YEAR}-([01][0-9])-([0-3][0-9])(?![0-9])")
_FIGURES = "[0-9]{1,3}"
_ROMAN = "[IVXLC]{1,7}"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of a text, which together cover the whole text.

    A full stop ends a sentence where a blank follows, and then no small letter, unless the
    word before is an abbreviation or an initial. The blanks belong to the sentence before.

    Examples
    --------
    >>> text = "Dr. Lee leads it. By 2030, i.e. in time, losses fall to 3.5 per cent! So it is."
    >>> [text[start:end] for start, end in _sentence_spans(text)]
    ['Dr. Lee leads it. ', 'By 2030, i.e. in time, losses fall to 3.5 per cent! ', 'So it is.']
    """
    start = 0
    for found in _END.finditer(text):
        following = _NEXT.match(text, found.end())
        if following is None or following[1].islower():
            continue
        if (
            found[0].startswith(".")
            and not found[0].startswith("..")
            and _abbreviated(text[start : found.start()], following[1])
        ):
            continue
        yield start, following.start(1) - _opened(following[0])
        start = following.start(1) - _opened(following[0])
    if start < len(text):
        yield start, len(text)


def _opened(between: str) -> int:
    """Count the marks that open the next sentence, before its first letter."""
    return len(between[:-1].lstrip())


def _abbreviated(before: str, following: str) -> bool:
    """Return whether the full stop after some words marks an abbreviation."""
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    if _INITIALS.match(word[0]) and not word[0].isdecimal():
        # The U.S. It …: only the next word could decide, and names follow more often.
        return True
    plain = word[0].replace(".", "").lower()
    if plain in {"no", "nos"}:
        return following.isdecimal()
    return plain in _ABBREVIATIONS


@cache
def _stop_words() -> StopList:
    """Return the stop words of English.

    They are function words only. Longer lists include subjects of plans: the one of
    scikit-learn has *system*, and the lists of ISO codes *state*, *work* and *research*.
    """
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return StopList(f"bm25s {version('bm25s')}", dict.fromkeys(STOPWORDS_EN_PLUS, ""))


def _is_number(word: str) -> bool:
    """Return whether a word is a number in figures.

    Examples
    --------
    >>> [word for word in ["2030", "8.5%", "1,200", "PM2.5", "5G"] if _is_number(word)]
    ['2030', '8.5%', '1,200']
    """
    return any(map(str.isdecimal, word)) and all(
        character.isdecimal() or character in ".,-%‰" for character in word
    )


def read_numeral(printed: str) -> int:
    """Return the value of the numeral of a heading, in Arabic or Roman numerals.

    Examples
    --------
    >>> [read_numeral(printed) for printed in ("12", "IV", "XIX")]
    [12, 4, 19]
    """
    if printed.isdecimal():
        return int(printed)
    values = [_ROMAN_VALUES[character] for character in printed]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value
        for place, value in enumerate(values)
    )


def _period_of(words: str) -> tuple[int, int] | None:
    """Return the first and last year of a period named in words, or None.

    Examples
    --------
    >>> _period_of("Water Plan 2026-2030"), _period_of("from 2021 to 2025"), _period_of("2026")
    ((2026, 2030), (2021, 2025), None)
    """
    years = _YEARS.search(words)
    if years is None or int(years[1]) > int(years[2]):
        return None
    return int(years[1]), int(years[2])


def _days(line: str) -> Iterator[PrintedDate]:
    """Yield the days that a line names in full.

    Examples
    --------
    >>> [day.printed for day in _days("Adopted on 5 March 2018, amended June 1, 2019")]
    ['5 March 2018', 'June 1, 2019']
    """
    for found in _DAY_FIRST.finditer(line):
        yield PrintedDate(int(found[3]), _month(found[2]), int(found[1]), found[0])
    for found in _MONTH_FIRST.finditer(line):
        yield PrintedDate(int(found[3]), _month(found[1]), int(found[2]), found[0])
    for found in _IN_FIGURES.finditer(line):
        yield PrintedDate(int(found[1]), int(found[2]), int(found[3]), found[0])


def _month(name: str) -> int:
    """Return the number of a month."""
    return _MONTHS.index(name.lower()) + 1


_DOCUMENT = DocumentForm(
    contents=("Contents", "CONTENTS", "Table of contents", "Table of Contents"),
    introductions=tuple(
        written
        for name in ("Introduction", "Foreword", "Preface", "Preamble", "Executive summary")
        for written in (name, name.title(), name.upper())
    ),
    neutral_introduction="Introduction",
    title=re.compile(
        r"(?=.*\b(?:plan|strategy|report|programme|program|framework|agenda|roadmap|policy|"
        r"white paper|charter)\b)[^.;!?:>|]{1,150}",
        re.IGNORECASE,
    ),
    after_the_end=re.compile(
        r"(?:annex(?:es)?|appendix|appendices|glossary|references|bibliography|endnotes|notes)"
        r"(?:\s+[0-9A-Z]{1,3})?(?:[:.\s—–-].{0,80})?",
        re.IGNORECASE,
    ),
    no_title=re.compile(r"[;!?]|\.(?:\s|$)|:$"),
    families=(
        NumberedMarks(
            ("Part {n}:", "PART {n}:", "Part {n}.", "PART {n}.", "Part {n}", "PART {n}"),
            f"(?:{_FIGURES}|{_ROMAN})",
            strict=True,
        ),
        NumberedMarks(
            ("Chapter {n}:", "CHAPTER {n}:", "Chapter {n}.", "Chapter {n}", "CHAPTER {n}"),
            f"(?:{_FIGURES}|{_ROMAN})",
            strict=True,
        ),
        NumberedMarks(("Section {n}:", "Section {n}.", "Section {n}"), _FIGURES, strict=True),
        NumberedMarks(("{n}.",), _ROMAN, strict=True),
        NumberedMarks(("{n}.",), _FIGURES, strict=True),
        NumberedMarks(("{n}.{n}.", "{n}.{n}"), _FIGURES, strict=True),
        NumberedMarks(("({n})", "{n})"), f"(?:{_FIGURES}|{_ROMAN})", strict=True),
    ),
    sure_openings=("Part", "PART", "Chapter", "CHAPTER", "Section"),
    numeral=f"(?:{_FIGURES}|{_ROMAN})",
    read_numeral=read_numeral,
    numbered_measure=re.compile(
        r"([0-9]{1,3})\.(?![0-9])|\(([0-9]{1,3})\)|([0-9]{1,3})\)|\(([a-z])\)|([a-z])\)"
    ),
    heading_continues=re.compile(r"[,(“—]$|\b(?:and|or|of|the|for|in|to|with|on|by|a|an)$"),
    pairs=(("“", "”"), ("(", ")")),
    period_of=_period_of,
    named_year=re.compile(rf"^[^.;!?]{{0,60}}{_YEAR}\W{{0,3}}$"),
    days=_days,
)

ENGLISH = PlanLanguage(
    code="en",
    name="English",
    sentence_spans=_sentence_spans,
    full_stop=".",
    in_title=re.compile(r"[;!?]|\.\s"),
    ends_line=re.compile(r"[.;:!?…”’\")]$"),
    punctuation=re.compile(r"[.,;:!?]"),
    numerals=("0-9", "IVXLC"),
    is_number=_is_number,
    cuts_words=True,
    stop_words=_stop_words,
    document=_DOCUMENT,
)
