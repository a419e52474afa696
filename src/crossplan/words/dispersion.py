"""How evenly a term is spread over the parts of a text."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]


def deviation_of_proportions(counts: "csr_array", sizes: "NDArray[np.int64]") -> "Floats":
    """Return DP of each term: 0 for as even as the parts are long, towards 1 for clumped.

    Half the sum, over the parts, of how far the share of the term's occurrences in a
    part is from the part's share of all words: Gries (2008), "Dispersions and adjusted
    frequencies in corpora".

    Parameters
    ----------
    counts : csr_array, shape (parts, terms)
    sizes : array, shape (parts,)
        Words of each part.

    Returns
    -------
    array, shape (terms,)
        Not a number for a term that does not occur.

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
    # Parts without the term add all of what is expected of them.
    apart = np.bincount(
        columns, np.abs(observed - expected[rows]) - expected[rows], minlength=terms
    )
    return np.where(_present(counts), (apart + expected.sum()) / 2, np.nan)


def juilland_d(counts: "csr_array", sizes: "NDArray[np.int64]") -> "Floats":
    """Return Juilland's D of each term: 1 for even, 0 for all in one part.

    One less the coefficient of variation of the rates in the parts, over the square
    root of their number less one; the deviation is that of a population. Parts are of
    different length, so that rates are taken, as in Gries (2020), "Analyzing Dispersion".

    Parameters
    ----------
    counts : csr_array, shape (parts, terms)
    sizes : array, shape (parts,)

    Returns
    -------
    array, shape (terms,)
        Not a number for a term that does not occur, or with fewer than two parts.

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
    """Return part, term, and share of the term's occurrences, wherever it occurs."""
    table = counts.tocoo()
    return table.row, table.col, table.data / totals_of(counts)[table.col]


def _present(counts: "csr_array") -> "NDArray[np.bool_]":
    """Return which terms occur."""
    return totals_of(counts) > 0


def totals_of(counts: "csr_array") -> "NDArray[np.int64]":
    """Return how often each term occurs in all parts."""
    return np.asarray(counts.sum(axis=0)).ravel()
