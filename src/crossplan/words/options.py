"""What counts as a word, said once for a whole study."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path
from typing import Literal, get_args

from crossplan.corpora.lexicon import read_lexicon
from crossplan.errors import ChoiceError
from crossplan.model import Lexicon, LexiconEntry, Passage, Plan
from crossplan.words.dictionary import place_names
from crossplan.words.segment import Segmenter, SegmenterName, segmenter
from crossplan.words.stopwords import StopWords, as_stop_words

Handling = Literal["leave out", "keep", "merge"]

NUMBER_MARKS = frozenset(".-%")
# What stands for all numbers, or all places, where they are merged.
MERGED_NUMBER = "〔数〕"
MERGED_PLACE = "〔地〕"
# So many passages stay cut; a plan has some 240.
REMEMBERED = 16_384


@dataclass(frozen=True, slots=True)
class WordOptions:
    """What counts as a word, for every function that counts or finds words.

    Attributes
    ----------
    segmenter : {"auto", "jieba", "rjieba", "characters"} or Segmenter
        What cuts the texts. ``auto`` is rjieba where it is installed, else jieba; both
        give the same words. With ``characters``, n-grams are n-grams of characters.
    lexicon : {"series"}, path, Lexicon, collection of str, or None
        Words to be kept whole: those that the series lists, those of a file (one a
        line), or none. A segmenter of your own is not told.
    stop_words : {"default"}, path, collection of str, or None
        Words that are left out of tables. They count towards the totals of which
        rates are shares.
    numbers : {"leave out", "keep", "merge"}
        Words that are numbers (2030, 8.5%, 三百). Left out, they do not count towards
        totals; merged, each is 〔数〕.
    places : {"keep", "leave out", "merge"}
        Words that the dictionary or the lexicon has for places; merged, each is 〔地〕.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> options = cp.WordOptions(segmenter="characters", stop_words=None)
    >>> cp.term_frequencies(plan, words=options).table.term.head(3).to_list()
    ['人', '和', '权']
    """

    segmenter: SegmenterName | Segmenter = "auto"
    lexicon: str | Path | Lexicon | Collection[str] | None = "series"
    stop_words: str | Path | Collection[str] | None = "default"
    numbers: Handling = "leave out"
    places: Handling = "keep"

    def for_plans(self, plans: Sequence[Plan]) -> "WordReader":
        """Read the files that are named, and make ready to read the words of plans.

        Raises
        ------
        ChoiceError
            If an option is not among its choices.
        UnreadableTextError, WordListError
            If a file of words cannot be read or has malformed lines.
        MissingExtraError
            If rjieba is asked for and not installed.
        """
        for name, value in (("numbers", self.numbers), ("places", self.places)):
            if value not in get_args(Handling):
                raise ChoiceError(name, value, get_args(Handling))
        lexicon = self.lexicon_for(plans)
        cutter = self.segmenter
        return WordReader(
            segmenter=segmenter(cutter, lexicon=lexicon) if isinstance(cutter, str) else cutter,
            lexicon=lexicon,
            stop_words=as_stop_words(self.stop_words),
            numbers=self.numbers,
            places=self.places,
        )

    def lexicon_for(self, plans: Sequence[Plan]) -> Lexicon:
        """Give the lexicon; that of the series, or of all series together."""
        given = self.lexicon
        if given is None:
            return Lexicon()
        if isinstance(given, Lexicon):
            return given
        if given == "series":
            return reduce(Lexicon.merged, (plan.lexicon for plan in plans), Lexicon())
        if isinstance(given, str | Path):
            return read_lexicon(Path(given))
        return Lexicon("given", tuple(LexiconEntry(word) for word in dict.fromkeys(given)))


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads the words of passages as options say.

    Attributes
    ----------
    segmenter : Segmenter
    lexicon : Lexicon
    stop_words : StopWords
    numbers, places : {"leave out", "keep", "merge"}
    """

    segmenter: Segmenter
    lexicon: Lexicon
    stop_words: StopWords
    numbers: Handling
    places: Handling

    @property
    def description(self) -> str:
        """What made the words, in one sentence."""
        handled = [
            f"{name} {said}"
            for name, handling in (("numbers", self.numbers), ("places", self.places))
            if (said := {"leave out": "left out", "keep": "", "merge": "merged"}[handling])
        ]
        return (
            "; ".join([f"Words by {self.segmenter.name}", self.stop_words.description, *handled])
            + "."
        )

    def words(self, passage: Passage) -> tuple[str, ...]:
        """Give all that the segmenter makes of a passage; joined, it is the text again."""
        return cut(self.segmenter, passage.text)

    def counted(self, word: str) -> str | None:
        """Tell as what a word counts: as itself, merged, or not at all."""
        first = word[0]
        if not first.isalnum():
            return None
        if self.numbers != "keep" and first.isnumeric() and self.is_number(word):
            return MERGED_NUMBER if self.numbers == "merge" else None
        if self.places != "keep" and (word in place_names() or word in self.lexicon.places):
            return MERGED_PLACE if self.places == "merge" else None
        return word

    def counted_otherwise(self, words: Iterable[str]) -> dict[str, str | None]:
        """Give the words that do not count as themselves, with what they count as."""
        names = {word: self.counted(word) for word in words if self.may_differ(word)}
        return {word: name for word, name in names.items() if name != word}

    def may_differ(self, word: str) -> bool:
        """Tell quickly of most words that they count as themselves."""
        first = word[0]
        return self.places != "keep" or first.isnumeric() or not first.isalnum()

    def is_number(self, word: str) -> bool:
        """Tell whether a word is a number; what the lexicon has, such as 十五五, is none."""
        return is_number(word) and word not in self.lexicon.words

    def clauses(self, passage: Passage) -> list[list[str]]:
        """Give the words that count, in runs that no mark and no left out word parts."""
        runs: list[list[str]] = [[]]
        for word in self.words(passage):
            counted = self.counted(word)
            if counted is None:
                runs.append([])
            else:
                runs[-1].append(counted)
        return [run for run in runs if run]


@lru_cache(maxsize=REMEMBERED)
def cut(cutter: Segmenter, text: str) -> tuple[str, ...]:
    """Cut a text, or remember how it was cut."""
    return tuple(cutter.words(text))


def is_number(word: str) -> bool:
    """Tell whether a word is a number, in figures or in Chinese.

    Examples
    --------
    >>> [word for word in ["2030", "8.5%", "三百", "第三", "PM2.5"] if is_number(word)]
    ['2030', '8.5%', '三百']
    """
    return word[0].isnumeric() and all(c.isnumeric() or c in NUMBER_MARKS for c in word)
