"""Measures of keyness, association and dispersion.

The measures of keyness take the counts of terms in the old and the new plan and the number of
words of each, and return an array; values are positive where the new plan uses a term more.
Only the log ratio, which replaces a count of zero by 0.5, can have another sign, for a term
that occurs once or twice in the longer of two plans of very different length.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

# The replacement of a count of zero in logarithms (Hardie 2014).
HALF: Threshold[float] = 0.5
# The number of words of the prior, as in the example of Monroe et al. (2008).
PRIOR_WORDS: Threshold[int] = 500

TermChange = Literal["new", "dropped", "rising", "falling", "stable"]

TERM_CHANGE_WORDS: dict[TermChange, dict[str, str]] = {
    "new": {"zh": "新增", "en": "new"},
    "rising": {"zh": "增多", "en": "rising"},
    "stable": {"zh": "平稳", "en": "stable"},
    "falling": {"zh": "减少", "en": "falling"},
    "dropped": {"zh": "不再出现", "en": "dropped"},
}

# The logDice of two words that only occur together (Rychlý 2008).
NEVER_APART: Threshold[int] = 14


def log_likelihood(
    old: "ArrayLike", new: "ArrayLike", old_total: float, new_total: float
) -> "Floats":
    """Return the signed log-likelihood G2.

    Twice the sum of O ln(O / E) over the two plans, where E divides the occurrences in
    proportion to the words of each: the formula of Rayson and Garside (2000), "Comparing
    Corpora using Frequency Profiling", as in the calculator of UCREL, Lancaster.

    Examples
    --------
    >>> round(float(log_likelihood(10000, 12000, 1_000_000, 1_000_000)), 2)
    182.07
    """
    from scipy.special import xlogy

    old, new = np.asarray(old, dtype=float), np.asarray(new, dtype=float)
    share = (old + new) / max(old_total + new_total, 1)
    expected = [share * old_total, share * new_total]
    terms = [
        xlogy(count, np.divide(count, wanted, out=np.ones_like(count), where=wanted > 0))
        for count, wanted in zip((old, new), expected, strict=True)
    ]
    # Rounding can make it slightly negative where nothing differs.
    value = np.maximum(2 * (terms[0] + terms[1]), 0.0)
    return np.asarray(np.where(new >= expected[1], value, -value))


def p_value(g2: "ArrayLike") -> "Floats":
    """Return p: the upper tail of chi-squared with one degree of freedom at G2."""
    # As scipy.stats.chi2.sf, which takes a second to import.
    from scipy.special import chdtrc

    return np.asarray(chdtrc(1, np.abs(g2)))


def adjusted(p: "ArrayLike") -> "Floats":
    """Correct p for multiple tests by the false discovery rate (Benjamini and Hochberg 1995).

    Of n tests sorted by p, the i-th has the minimum of p * n / i over itself and those after
    it.

    Examples
    --------
    >>> adjusted([0.5, 0.25, 0.125, 0.25]).tolist()
    [0.5, 0.3333333333333333, 0.3333333333333333, 0.3333333333333333]
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p)
    scaled = p[order] * (p.size / np.arange(1, p.size + 1))
    least = np.minimum.accumulate(scaled[::-1])[::-1]
    values = np.empty_like(p)
    values[order] = np.clip(least, 0, 1)
    return values


def log_ratio(old: "ArrayLike", new: "ArrayLike", old_total: float, new_total: float) -> "Floats":
    """Return the binary logarithm of new rate over old rate (Hardie 2014).

    A count of zero is replaced by 0.5. NaN if neither plan has the term, or one of them has no
    words.

    Examples
    --------
    >>> log_ratio([5, 0], [10, 4], 1000, 1000).tolist()
    [1.0, 3.0]
    """
    old, new = np.asarray(old, dtype=float), np.asarray(new, dtype=float)
    if not (old_total and new_total):
        return np.full(np.broadcast(old, new).shape, np.nan)
    old_rate = np.where(old > 0, old, HALF) / old_total
    new_rate = np.where(new > 0, new, HALF) / new_total
    return np.where(old + new > 0, np.log2(new_rate / old_rate), np.nan)


def percent_difference(
    old: "ArrayLike", new: "ArrayLike", old_total: float, new_total: float
) -> "Floats":
    """Return %DIFF: the difference of the rates in per cent of the old rate.

    Gabrielatos and Marchi (2011), "Keyness: Matching metrics to definitions". NaN if the old
    plan does not have the term.

    Examples
    --------
    >>> percent_difference([5, 0], [10, 4], 1000, 1000).tolist()
    [100.0, nan]
    """
    old_rate = np.asarray(old, dtype=float) / max(old_total, 1)
    new_rate = np.asarray(new, dtype=float) / max(new_total, 1)
    nothing = np.full(np.broadcast(old_rate, new_rate).shape, np.nan)
    share = np.divide(new_rate - old_rate, old_rate, out=nothing, where=old_rate > 0)
    return np.asarray(100 * share)


def bayes_factor(g2: "ArrayLike", old_total: float, new_total: float) -> "Floats":
    """Return BIC, which approximates twice the logarithm of the Bayes factor.

    The size of G2 less the logarithm of all words: Wilson (2013), "Embracing Bayes
    Factors for Key Item Analysis in Corpus Linguistics". Above 2 is positive evidence of a
    difference, above 6 strong, above 10 very strong; below 0 is evidence of no difference.
    """
    return np.asarray(np.abs(g2) - np.log(max(old_total + new_total, 1)))


def log_odds(old: "ArrayLike", new: "ArrayLike", prior: "ArrayLike") -> tuple["Floats", "Floats"]:
    """Return the difference of log-odds with an informative Dirichlet prior, and its z.

    Monroe, Colaresi and Quinn (2008), "Fightin' Words: Lexical Feature Selection and
    Evaluation for Identifying the Content of Political Conflict", with their
    approximation of the variance.

    Parameters
    ----------
    old, new : array of counts
        The counts of all compared terms; the odds are against the other terms.
    prior : array of float
        The prior count of each term.

    Returns
    -------
    tuple of (array, array)
        The difference in natural logarithms, and the same divided by its standard deviation.
    """
    old, new = np.asarray(old, dtype=float), np.asarray(new, dtype=float)
    prior = np.asarray(prior, dtype=float)
    seen_old, seen_new = old + prior, new + prior
    # A text of one term alone has no odds.
    with np.errstate(divide="ignore", invalid="ignore"):
        odds_old = seen_old / (seen_old.sum() - seen_old)
        odds_new = seen_new / (seen_new.sum() - seen_new)
        difference = np.log(odds_new) - np.log(odds_old)
        return difference, difference / np.sqrt(1 / seen_new + 1 / seen_old)


def pooled_prior(old: "ArrayLike", new: "ArrayLike") -> "Floats":
    """Return the counts of both plans together, scaled to a prior of 500 words."""
    both = np.asarray(old, dtype=float) + np.asarray(new, dtype=float)
    return np.asarray(PRIOR_WORDS * both / max(both.sum(), 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits from which a term is rising or falling.

    Attributes
    ----------
    alpha : float
        The p of its G2 is below this. It is not corrected for the number of terms: the plans
        are complete, not samples, and p only ranks how much a difference stands out.
    minimum_log_ratio : float
        The absolute value of its log ratio is at least this.
    """

    alpha: float
    minimum_log_ratio: float

    def changes(
        self,
        old: "NDArray[np.int64]",
        new: "NDArray[np.int64]",
        ratio: "NDArray[np.float64]",
        p: "NDArray[np.float64]",
    ) -> "NDArray[np.object_]":
        """Return the change of each term, from its counts, its log ratio and its p."""
        moved = (p < self.alpha) & (np.abs(ratio) >= self.minimum_log_ratio)
        return np.select(
            [(old == 0) & (new > 0), (new == 0) & (old > 0), moved & (ratio > 0), moved],
            ["new", "dropped", "rising", "falling"],
            default="stable",
        ).astype(object)


def log_dice(together: "ArrayLike", one: "ArrayLike", other: "ArrayLike") -> "Floats":
    """Return logDice: 14 for words that only occur together, and 1 less for half as often.

    A word that occurs twice beside another can have a little more.

    14 plus the binary logarithm of Dice's coefficient, which is twice `together` divided by the
    sum of both counts: Rychlý (2008), "A Lexicographer-Friendly Association Score". It does not
    depend on the length of the text.

    Examples
    --------
    >>> round(float(log_dice(8, 389, 230)), 6)
    8.726204
    """
    both = np.asarray(one, dtype=float) + np.asarray(other, dtype=float)
    return np.asarray(NEVER_APART + np.log2(2 * np.asarray(together, dtype=float) / both))


def mutual_information(together: "ArrayLike", expected: "ArrayLike") -> "Floats":
    """Return MI: the binary logarithm of the observed over the expected count.

    Church and Hanks (1990), "Word Association Norms, Mutual Information, and Lexicography".

    Examples
    --------
    >>> round(float(mutual_information(20, 42 * 20 / 14_307_668)), 2)
    18.38
    """
    return np.asarray(np.log2(np.asarray(together) / np.asarray(expected, dtype=float)))


def t_score(together: "ArrayLike", expected: "ArrayLike") -> "Floats":
    """Return t: the observed minus the expected count, in standard deviations.

    Church, Gale, Hanks and Hindle (1991), "Using Statistics in Lexical Analysis". The standard
    deviation of a count is estimated by its square root.

    Examples
    --------
    >>> round(float(t_score(8, 15_828 * 4_675 / 14_307_668)), 6)
    0.999932
    """
    together = np.asarray(together, dtype=float)
    return np.asarray((together - np.asarray(expected)) / np.sqrt(together))


def deviation_of_proportions(counts: "csr_array", sizes: "NDArray[np.int64]") -> "Floats":
    """Return DP of each term: 0 if it is spread in proportion to the parts, near 1 if clumped.

    Half the sum over the parts of the absolute difference between the share of the term's
    occurrences in a part and the part's share of all words: Gries (2008), "Dispersions and
    adjusted frequencies in corpora".

    Parameters
    ----------
    counts : csr_array, shape (parts, terms)
    sizes : array, shape (parts,)
        Words of each part.

    Returns
    -------
    array, shape (terms,)
        NaN for a term that does not occur.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> parts = csr_array([[1], [2], [3], [4], [5]])  # the example of Gries (2020)
    >>> deviation_of_proportions(parts, np.array([9, 10, 10, 10, 11])).round(2).tolist()
    [0.18]
    """
    rows, columns, observed = _occurrences(counts)
    expected = sizes / max(sizes.sum(), 1)
    terms = counts.shape[1]
    # Parts without the term add their expected share.
    apart = np.bincount(
        columns, np.abs(observed - expected[rows]) - expected[rows], minlength=terms
    )
    return np.where(_present(counts), (apart + expected.sum()) / 2, np.nan)


def juilland_d(counts: "csr_array", sizes: "NDArray[np.int64]") -> "Floats":
    """Return Juilland's D of each term: 1 if it is spread evenly, 0 if it is in one part.

    1 minus the coefficient of variation of the rates in the parts, divided by the square root
    of their number minus 1, with the population standard deviation. Rates are used because
    parts differ in length, as in Gries (2020), "Analyzing Dispersion".

    Parameters
    ----------
    counts : csr_array, shape (parts, terms)
    sizes : array, shape (parts,)

    Returns
    -------
    array, shape (terms,)
        NaN for a term that does not occur, or with fewer than two parts.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> parts = csr_array([[1], [2], [3], [4], [5]])
    >>> juilland_d(parts, np.array([9, 10, 10, 10, 11])).round(3).tolist()
    [0.785]
    """
    parts, terms = counts.shape
    table = counts.tocoo()
    rates = table.data / np.maximum(sizes, 1)[table.row]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(table.col, rates, minlength=terms) / parts
        square = np.bincount(table.col, rates**2, minlength=terms) / parts
        variation = np.sqrt(np.maximum(square - mean**2, 0)) / mean
        even = 1 - variation / np.sqrt(parts - 1)
    return np.where(_present(counts) & (parts > 1), even, np.nan)


def _occurrences(
    counts: "csr_array",
) -> tuple["NDArray[np.int64]", "NDArray[np.int64]", "Floats"]:
    """Return part, term and share of its occurrences, for each part with the term."""
    table = counts.tocoo()
    return table.row, table.col, table.data / totals_of(counts)[table.col]


def _present(counts: "csr_array") -> "NDArray[np.bool_]":
    """Return which terms occur."""
    return totals_of(counts) > 0


def totals_of(counts: "csr_array") -> "NDArray[np.int64]":
    """Return the number of occurrences of each term in all parts."""
    return np.asarray(counts.sum(axis=0)).ravel()
