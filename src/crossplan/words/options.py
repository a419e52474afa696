"""The options that determine what counts as a word."""

import hashlib
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from crossplan.corpora.encoding import read_text
from crossplan.corpora.wordlists import as_lexicon, named_file, toml_record, words_of_lines
from crossplan.errors import ChoiceError, LanguageError, WordListError
from crossplan.labels import Language, in_language
from crossplan.languages.chinese import CHINESE
from crossplan.languages.language import PlanLanguage
from crossplan.languages.registry import KNOWN, describe, known_names, language_of
from crossplan.model import Entry, Lexicon, Passage, Plan, entries_of
from crossplan.words.engines import place_names
from crossplan.words.segment import (
    CharacterSegmenter,
    Segmenter,
    SegmenterName,
    look_up,
    segment,
    segmenter,
)
from crossplan.words.text_units import all_passages

_Handling = Literal["leave out", "keep", "merge"]

_REMEDY = (
    "Write one word a line, # before remarks; or, as .toml, groups of the form "
    '[[groups]] with reason = "..." and words = ["...", "..."].'
)


@dataclass(frozen=True, slots=True)
class WordOptions:
    """Options that determine what counts as a word, in all functions that count or find words.

    Attributes
    ----------
    segmenter : {"auto", "jieba", "rjieba", "characters", "blanks"} or Segmenter
        The segmenter of the texts. ``auto`` depends on the language of the plans: for Chinese,
        rjieba if it is installed, else jieba, with the same words; for English, ``blanks``,
        with words counted in lower case. With ``characters``, n-grams are n-grams of
        characters; there is no lexicon, there are no default stop words, and only digits are
        numbers. A segmenter of your own has a `name` and a method ``words(text)``, whose words,
        joined, are the text.
    lexicon : {"series"}, path, Lexicon, collection of str, or None
        Words to keep whole: those of the series, those of a file (one per line), or none. A
        segmenter of your own does not receive them.
    stop_words : {"default"}, path, collection of str, or None
        Words that are left out of tables. They count towards the totals that rates are based
        on.
    numbers : {"leave out", "keep", "merge"}
        Words that are numbers (2030, 8.5%, 三百). If left out, they do not count towards totals;
        if merged, each counts as 〔数〕, or [number] in English.
    places : {"keep", "leave out", "merge"}
        Words that name places according to the dictionary or the lexicon; if merged, each
        counts as 〔地〕. A word of the lexicon is a place only if it is marked ``ns`` there.

    Raises
    ------
    ChoiceError
        If an option is not among its choices.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> options = cp.WordOptions(segmenter="characters")
    >>> cp.term_frequencies(plan, words=options).table.term.head(3).to_list()
    ['人', '和', '权']
    """

    segmenter: SegmenterName | Segmenter = "auto"
    lexicon: str | Path | Lexicon | Collection[str] | None = "series"
    stop_words: str | Path | Collection[str] | None = "default"
    numbers: _Handling = "leave out"
    places: _Handling = "keep"

    def for_plans(self, plans: Sequence[Plan]) -> "WordReader":
        """Read the files of the options, and return a reader of the words of plans.

        Raises
        ------
        ChoiceError
            If the lexicon is neither words nor a file of words.
        LanguageError
            If the plans are in two languages, or an option does not apply to their language.
        UnreadableTextError, WordListError
            If a file of words cannot be read or has malformed lines.
        MissingExtraError
            If rjieba is chosen and not installed.
        """
        language = language_of(entries_of(plans), "terms")
        self.require_fit(language, entries_of(plans))
        unparted = self.by_character or language.blanks_between_words
        lexicon = Lexicon() if unparted else self.lexicon_for(plans)
        # A character that is a stop word may be part of other words: 中 of 中国.
        own = self.by_character and self.stop_words == "default"
        return WordReader(
            segmenter=_segmenter_for(self.segmenter, lexicon, language)
            if isinstance(self.segmenter, str)
            else self.segmenter,
            lexicon=lexicon,
            stop_words=StopWords() if own else _as_stop_words(self.stop_words, language),
            language=language,
            numbers=self.numbers,
            places=self.places,
        )

    def require_fit(self, language: PlanLanguage, plans: Sequence[Entry]) -> None:
        """Raise an error if an option is not supported for a language.

        Raises
        ------
        LanguageError
        """
        place = f"plan {plans[0].id} is written in {describe(plans[0].language)}" if plans else ""
        ours = isinstance(self.segmenter, str)
        by_blanks = self.segmenter == "blanks"
        if ours and not language.cuts_words and not by_blanks:
            raise LanguageError(
                f"{place}, and texts are cut into words in {known_names(KNOWN.values())} only",
                "Where blanks part the words, WordOptions(segmenter='blanks', "
                "stop_words=[...]) counts them; else give a segmenter of your own.",
            )
        if ours and self.segmenter != "auto" and by_blanks != language.blanks_between_words:
            raise LanguageError(
                f"{place}, whose words segmenter={self.segmenter!r} cannot find",
                "Leave segmenter out, or name one for it: "
                f"{'blanks' if language.blanks_between_words else 'jieba'}.",
            )
        if self.stop_words == "default" and language.stop_words is None:
            raise LanguageError(
                f"{place}, and no stop words of it are known",
                "Give some, WordOptions(stop_words=[...]), or none, stop_words=None.",
            )
        if language == CHINESE:
            return
        if self.places != "keep":
            raise LanguageError(
                f"{place}, and places are known in Chinese only", "Leave places out."
            )
        if self.lexicon is not None and self.lexicon != "series":
            raise LanguageError(
                f"{place}, and a lexicon is for languages without blanks between words",
                "Leave lexicon out, and give several words as a group: load_term_groups.",
            )

    @property
    def by_character(self) -> bool:
        """Whether texts are split into characters, not words."""
        return self.segmenter == "characters" or isinstance(self.segmenter, CharacterSegmenter)

    def __post_init__(self) -> None:
        for name, value in (("numbers", self.numbers), ("places", self.places)):
            if value not in get_args(_Handling):
                raise ChoiceError(name, value, get_args(_Handling))
        given: Any = self.segmenter
        ours = isinstance(given, str) and given in get_args(SegmenterName)
        if not (
            ours or (isinstance(getattr(given, "name", None), str) and hasattr(given, "words"))
        ):
            own = "an object with a name and a method words(text)"
            raise ChoiceError("segmenter", given, [*get_args(SegmenterName), own])
        if not isinstance(given, Hashable):
            raise ChoiceError(
                "segmenter", given, ["an object that can be hashed: what it made is kept"]
            )

    def lexicon_for(self, plans: Sequence[Plan]) -> Lexicon:
        """Return the lexicon of the options, or of the series of the plans."""
        if isinstance(self.lexicon, str) and self.lexicon == "series":
            lexicons = (entry.lexicon for entry in entries_of(plans))
            return reduce(Lexicon.merged, lexicons, Lexicon())
        return as_lexicon(self.lexicon)


def reader_for(words: WordOptions | None, plans: Sequence[Plan]) -> "WordReader":
    """Return a reader of the words of plans, with the given or the default options.

    Raises
    ------
    ChoiceError
        If `words` is not a WordOptions.
    """
    if words is not None and not isinstance(words, WordOptions):
        raise ChoiceError("words", words, ["WordOptions(...)", None])
    return (words or WordOptions()).for_plans(plans)


@dataclass(frozen=True)
class StopWords:
    """Words that are left out of tables.

    Attributes
    ----------
    name : str
        Name of their file.
    reasons : dict of str to str
        Why each is left out; empty if no reason is stated.
    """

    name: str = ""
    reasons: dict[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words without the reasons."""
        return frozenset(self.reasons)

    def folded(self, language: PlanLanguage) -> "StopWords":
        """Return the words in the form in which a language counts them."""
        return replace(
            self, reasons={language.fold(word): why for word, why in self.reasons.items()}
        )

    @property
    def description(self) -> str:
        """A sentence with name, number and checksum, for results."""
        if not self.words:
            return "no stop words"
        checksum = hashlib.sha256("\n".join(sorted(self.words)).encode("utf-8")).hexdigest()
        return f"{len(self.words)} stop words left out ({self.name}, sha256 {checksum[:8]})"


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reader of the words of passages, according to options.

    Attributes
    ----------
    segmenter : Segmenter
    lexicon : Lexicon
    stop_words : StopWords
    numbers, places : {"leave out", "keep", "merge"}
    language : PlanLanguage
    """

    segmenter: Segmenter
    lexicon: Lexicon
    stop_words: StopWords
    numbers: _Handling
    places: _Handling
    language: PlanLanguage = CHINESE

    @property
    def description(self) -> str:
        """The segmenter, stop words and handling of numbers and places, in one sentence."""
        handled = [
            f"{name} {handled_as}"
            for name, handling in (("numbers", self.numbers), ("places", self.places))
            if (handled_as := {"leave out": "left out", "keep": "", "merge": "merged"}[handling])
        ]
        return (
            "; ".join([f"Words by {self.segmenter.name}", self.stop_words.description, *handled])
            + "."
        )

    @property
    def separator(self) -> str:
        """The separator of the words of an n-gram: a blank, or nothing between characters."""
        return "" if self.by_character else " "

    @property
    def joint(self) -> str:
        """The text between two consecutive words: a blank, or nothing in Chinese."""
        return " " if self.language.blanks_between_words else ""

    @property
    def by_character(self) -> bool:
        """Whether texts are split into characters, not words."""
        return isinstance(self.segmenter, CharacterSegmenter)

    def look_up(self, plan: Plan) -> None:
        """Have the words of a plan ready, if they were cut and kept by an earlier run.

        Nothing depends on it but the time that it takes.
        """
        look_up(self.segmenter, [passage.text for passage in all_passages(plan)])

    def words(self, passage: Passage) -> tuple[str, ...]:
        """Return all words of a passage; joined, they are its text."""
        return segment(self.segmenter, passage.text)

    def counted(self, word: str) -> str | None:
        """Return the form in which a word is counted: itself, merged, or None if not at all."""
        first = word[0]
        if not first.isalnum():
            return None
        if self.numbers != "keep" and self.is_number(word):
            return self.language.merged_number if self.numbers == "merge" else None
        if self.places != "keep" and self.is_place(word):
            return self.language.merged_place if self.places == "merge" else None
        return self.language.fold(word)

    def counted_otherwise(self, words: Iterable[str]) -> dict[str, str | None]:
        """Return the words that are counted in another form or not at all, with that form."""
        names = {word: self.counted(word) for word in words if self.may_differ(word)}
        return {word: name for word, name in names.items() if name != word}

    def may_differ(self, word: str) -> bool:
        """Return False, quickly, for most words that are counted as themselves."""
        first = word[0]
        return (
            self.places != "keep"
            or not first.isalpha()
            or self.language.is_number(first)
            or self.language.fold(word) != word
        )

    def is_number(self, word: str) -> bool:
        """Return whether a word is a number; what the lexicon has, such as 十五五, is none.

        Of characters, only figures are: 一 may be the half of 统一.
        """
        if self.by_character:
            return word[0].isdecimal() and self.language.is_number(word)
        return self.language.is_number(word) and word not in self.lexicon.words

    def is_place(self, word: str) -> bool:
        """Return whether a word names a place; the lexicon takes precedence."""
        return word in self.lexicon.places or (
            word in place_names() and word not in self.lexicon.words
        )

    def clauses(self, passage: Passage) -> list[list[str]]:
        """Return the counted words, in runs that punctuation and omitted words separate."""
        runs: list[list[str]] = [[]]
        for word in self.words(passage):
            counted = self.counted(word)
            if counted is None:
                if not word.isspace():
                    runs.append([])
            else:
                runs[-1].append(counted)
        return [run for run in runs if run]


def is_merged(term: str) -> bool:
    """Return whether a term contains merged words, such as 〔数〕."""
    return any(
        merged in term
        for language in KNOWN.values()
        for merged in (language.merged_number, language.merged_place)
    )


def _segmenter_for(name: SegmenterName, lexicon: Lexicon, language: PlanLanguage) -> Segmenter:
    """Return the named segmenter for a language."""
    if name == "auto" and language.blanks_between_words:
        name = "blanks"
    return segmenter(name, lexicon=lexicon)


def words_by(reader: WordReader, lang: Language) -> str:
    """Describe the segmenter and the number of stop words, for captions."""
    engine, left_out = reader.segmenter.name, len(reader.stop_words.words)
    return in_language(
        lang,
        f"分词：{engine}；不列停用词 {left_out} 个",
        f"Words by {engine}, without {left_out} stop words",
    )


class _StopGroup(msgspec.Struct, forbid_unknown_fields=True):
    """Stop words that are left out for one reason."""

    reason: str
    words: tuple[str, ...]


class _StopWordsRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A file of stop words."""

    groups: tuple[_StopGroup, ...]


def default_stop_words(language: PlanLanguage = CHINESE) -> StopWords:
    """Return the default stop words of a language."""
    return StopWords(*language.stop_words()) if language.stop_words else StopWords()


def _as_stop_words(
    given: str | Path | Collection[str] | None, language: PlanLanguage = CHINESE
) -> StopWords:
    """Read stop words from the argument of a user.

    Parameters
    ----------
    given : {"default"}, path, collection of str, or None
        ``default`` means those of the library, None means no stop words.

    Raises
    ------
    UnreadableTextError, WordListError
        If a file cannot be read or is not a list of stop words.

    Examples
    --------
    >>> _as_stop_words(["的", "和"]).description
    '2 stop words left out (given, sha256 34339d95)'
    """
    if given is None:
        return StopWords()
    if isinstance(given, str) and given == "default":
        return default_stop_words(language)
    if isinstance(given, str | Path):
        return _read_stop_words(named_file(given)).folded(language)
    if wrong := [word for word in given if not isinstance(word, str)]:
        raise WordListError(
            "the stop words that were given", [(None, f"{wrong[0]!r} is no word")], _REMEDY
        )
    return StopWords("given", dict.fromkeys(given, "")).folded(language)


def _read_stop_words(path: Path) -> StopWords:
    """Read a file of stop words: one per line, or TOML with a reason for each group."""
    _, text, _ = read_text(path)
    if path.suffix.lower() == ".toml":
        return _grouped(text, path)
    words = dict(words_of_lines(text))
    if faults := [(line, f"{word!r} holds a blank") for line, word in words.items() if " " in word]:
        raise WordListError(path, faults, _REMEDY)
    return StopWords(path.name, dict.fromkeys(words.values(), ""))


def _grouped(text: str, path: Path) -> StopWords:
    """Read groups of stop words, each with its reason."""
    groups = toml_record(text, _StopWordsRecord, path, _REMEDY).groups
    return StopWords(path.name, {word: group.reason for group in groups for word in group.words})
