"""Count the terms of units of text in a sparse matrix."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from crossplan.arguments import two_whole_numbers
from crossplan.errors import ChoiceError
from crossplan.thresholds import Threshold
from crossplan.words.groups import TermGroups, compiled, group_counts
from crossplan.words.lookup import Search
from crossplan.words.options import WordReader
from crossplan.words.text_units import Passages, TextUnit

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Ngrams = int | tuple[int, int]
# The count of each term of a unit, and the number of its words.
UnitCounts = tuple[TextUnit, Counter[str], int]

PER: Threshold[int] = 10_000


@dataclass(frozen=True, eq=False)
class Counts:
    """The number of occurrences of each term in each unit.

    Attributes
    ----------
    units : tuple of TextUnit
    terms : numpy.ndarray of str
        Sorted.
    words : numpy.ndarray of int64, shape (units,)
        The number of words of each unit, stop words included: the base of rates.
    bounds, columns, numbers : numpy.ndarray of int64
        The rows of the sparse matrix. Those of unit i are from ``bounds[i]`` to before
        ``bounds[i+1]``: the sorted positions of its terms, and their counts.
    """

    units: tuple[TextUnit, ...]
    terms: "NDArray[np.object_]"
    words: "NDArray[np.int64]"
    bounds: "NDArray[np.int64]"
    columns: "NDArray[np.int64]"
    numbers: "NDArray[np.int64]"

    @cached_property
    def matrix(self) -> "csr_array":
        """The counts as a scipy.sparse.csr_array of int64, shape (units, terms)."""
        return self._with(self.numbers)

    @property
    def rows(self) -> "NDArray[np.int64]":
        """The unit of each stored count."""
        return np.repeat(np.arange(len(self.units)), np.diff(self.bounds))

    @property
    def totals(self) -> "NDArray[np.int64]":
        """The number of occurrences of each term in all units together."""
        totals = np.zeros(len(self.terms), dtype=np.int64)
        np.add.at(totals, self.columns, self.numbers)
        return totals

    @property
    def spread(self) -> "NDArray[np.int64]":
        """The number of units in which each term occurs."""
        return np.bincount(self.columns, minlength=len(self.terms))

    def part(self, start: int, stop: int) -> "Counts":
        """Return the counts of some of the units, with all terms."""
        bounds = self.bounds[start : stop + 1]
        held = slice(bounds[0], bounds[-1])
        return Counts(
            self.units[start:stop],
            self.terms,
            self.words[start:stop],
            bounds - bounds[0],
            self.columns[held],
            self.numbers[held],
        )

    def weights(self) -> "NDArray[np.float64]":
        """Return the tf-idf of each stored count: high for terms of few units.

        The count times ln((1 + units) / (1 + units with the term)) + 1; each unit is then
        divided by its Euclidean length. This is smooth idf with cosine normalization as in
        scikit-learn's user guide ("Tf-idf term weighting") and by default in its
        TfidfTransformer; see Manning, Raghavan and Schütze (2008), "Introduction to Information
        Retrieval", chapter 6. The operations are in the order of scikit-learn, so that the last
        digits agree.
        """
        idf = np.log((len(self.units) + 1) / (self.spread + 1.0)) + 1.0
        weights = self.numbers * idf[self.columns]
        # Unlike sum, bincount adds in order.
        squares = np.bincount(self.rows, weights * weights, minlength=len(self.units))
        return np.asarray(weights / np.sqrt(squares)[self.rows])

    def tf_idf(self) -> "csr_array":
        """Return the weights as a matrix, equal to that of scikit-learn's TfidfTransformer."""
        return self._with(self.weights())

    def _with(self, values: "NDArray[np.generic]") -> "csr_array":
        # Importing scipy.sparse takes longer than counting a plan.
        from scipy.sparse import csr_array

        return csr_array(
            (values, self.columns, self.bounds), shape=(len(self.units), len(self.terms))
        )


@dataclass(frozen=True, slots=True)
class TermCounter:
    """Counter of the terms of units, without stop words.

    Attributes
    ----------
    reader : WordReader
    lengths : range
        The possible numbers of words of a term. The words of an n-gram are consecutive within a
        clause; it does not begin or end with a stop word.
    searches : dict of str to Search, optional
        Searches whose occurrences are counted instead, by name.
    """

    reader: WordReader
    lengths: range
    searches: dict[str, Search] | None = None

    @classmethod
    def of(
        cls, reader: WordReader, ngrams: Ngrams = 1, groups: TermGroups | None = None
    ) -> "TermCounter":
        """Return a counter of terms of some lengths, or of groups of terms.

        Raises
        ------
        ChoiceError
            If `ngrams` is not a length, or two of them in order.
        """
        shortest, longest = two_whole_numbers("ngrams", ngrams, least=1)
        if shortest > longest:
            raise ChoiceError("ngrams", ngrams, ["a length", "two in order, such as (1, 3)"])
        searches = compiled(groups, reader) if groups else None
        return cls(reader, range(shortest, longest + 1), searches)

    def counted(self, units: Iterable[tuple[TextUnit, Passages]]) -> Iterator[UnitCounts]:
        """Count the terms and the words of each unit."""
        for unit, passages in units:
            if self.searches is not None:
                found = group_counts(passages, self.reader, self.searches)
                yield unit, found, _words_of(passages, self.reader)[1]
            else:
                yield unit, *_terms_of(passages, self.reader, self.lengths)


def gathered(counted: Iterable[UnitCounts]) -> Counts:
    """Combine the counts of units into one matrix, one unit at a time to save memory."""
    units: list[TextUnit] = []
    sizes: list[int] = []
    lengths: list[int] = []
    columns, values = array("q"), array("q")
    # Terms are numbered as they occur, and sorted at the end.
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    for unit, counter, size in counted:
        units.append(unit)
        sizes.append(size)
        lengths.append(len(counter))
        columns.extend(map(numbers.__getitem__, counter))
        values.extend(counter.values())
    terms = sorted(numbers)
    place = np.empty(len(terms), dtype=np.int64)
    place[[numbers[term] for term in terms]] = np.arange(len(terms))
    rows = np.repeat(np.arange(len(units)), np.array(lengths, dtype=np.int64))
    places = place[np.array(columns, dtype=np.int64)]
    found = np.array(values, dtype=np.int64)
    order = np.lexsort((places, rows))
    # A group of terms has a count also if it is zero.
    order = order[found[order] != 0]
    return Counts(
        units=tuple(units),
        terms=np.array(terms, dtype=object),
        words=np.array(sizes, dtype=np.int64),
        bounds=np.searchsorted(rows[order], np.arange(len(units) + 1)),
        columns=places[order],
        numbers=found[order],
    )


def _terms_of(passages: Passages, reader: WordReader, lengths: range) -> tuple[Counter[str], int]:
    """Count the terms and the words of passages."""
    if lengths == range(1, 2):
        return _words_of(passages, reader)
    counter: Counter[str] = Counter()
    size = 0
    stop_words = reader.stop_words.words
    separator = reader.separator
    for passage in passages:
        for run in reader.clauses(passage):
            size += len(run)
            for length in lengths:
                if length > len(run):
                    break
                counter.update(
                    separator.join(words)
                    for words in _windows(run, length)
                    if words[0] not in stop_words and words[-1] not in stop_words
                )
    return counter, size


def _windows(words: Sequence[str], length: int) -> Iterator[Sequence[str]]:
    """Return all sequences of a number of consecutive words."""
    return (words[start : start + length] for start in range(len(words) - length + 1))


def _words_of(passages: Passages, reader: WordReader) -> tuple[Counter[str], int]:
    """Count single words; each distinct word is checked only once."""
    found = Counter(chain.from_iterable(map(reader.words, passages)))
    for word, name in reader.counted_otherwise(found).items():
        number = found.pop(word)
        if name is not None:
            found[name] += number
    size = found.total()
    for word in found.keys() & reader.stop_words.words:
        del found[word]
    return found, size


def rates(numbers: "NDArray[np.int64]", sizes: "NDArray[np.int64]") -> "NDArray[np.float64]":
    """Return rates per 10,000 words; zero for a text without words."""
    import numpy as np

    return PER * numbers / np.maximum(sizes, 1)
