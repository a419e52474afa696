"""Groups of terms that represent one concept each."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from crossplan.arguments import several
from crossplan.corpora.encoding import read_text
from crossplan.corpora.load import DEFAULT_SERIES
from crossplan.corpora.store import find_series, shipped_series
from crossplan.corpora.wordlists import WORKBOOKS, table_rows, toml_record
from crossplan.display import Cell, View, as_html, number_of, quoted_column, visible
from crossplan.errors import ChoiceError, CrossplanError, UnreadableTextError, WordListError
from crossplan.words.concordance import LONGEST_CONTEXT
from crossplan.words.lookup import Search
from crossplan.words.options import WordReader
from crossplan.words.tables import OVERLAPS
from crossplan.words.text_units import passages_of

if TYPE_CHECKING:
    import pandas as pd

    from crossplan.model import Passage, Plan

FILE = "term-groups.toml"
_SHEETS = {".csv", ".tsv"} | WORKBOOKS
_REMEDY = (
    'Write [[groups]] with name = "..." and terms = ["...", "..."], or, in a spreadsheet, '
    "the columns group and term."
)


class TermGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Terms that represent one concept.

    Attributes
    ----------
    name, name_en : str
    terms : tuple of str
        Words, or several words separated by blanks; ``*`` matches any characters of a word.
    note : str
        The reason for the choice.
    """

    name: str
    terms: tuple[str, ...]
    name_en: str = ""
    note: str = ""


class _GroupsRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A file of term groups."""

    groups: tuple[TermGroup, ...]


@dataclass(frozen=True, slots=True, repr=False)
class TermGroups:
    """Groups of terms; read by :func:`load_term_groups`.

    Attributes
    ----------
    name : str
        Name of their file.
    groups : tuple of TermGroup
    """

    name: str
    groups: tuple[TermGroup, ...]

    @property
    def description(self) -> str:
        """Name and number of groups, for results."""
        terms = sum(len(group.terms) for group in self.groups)
        return f"{len(self.groups)} groups of {terms} terms ({self.name})."

    @property
    def shared_terms(self) -> dict[str, tuple[str, ...]]:
        """Terms that are in several groups, with the names of the groups."""
        owners: dict[str, list[str]] = {}
        for group in self.groups:
            for term in dict.fromkeys(group.terms):
                owners.setdefault(term, []).append(group.name)
        return {term: tuple(names) for term, names in owners.items() if len(names) > 1}

    def __repr__(self) -> str:
        return f"<TermGroups {visible(self.description)}>"

    def _view(self) -> View:
        """Return the view of groups with their terms."""
        rows = [
            {"name": g.name, "name_en": g.name_en, "terms": "、".join(g.terms), "note": g.note}
            for g in self.groups
        ]
        return View(
            name=type(self).__name__,
            title="Groups of terms",
            of=(Cell(self.name, "quoted"),) if self.name else (),
            counts=(
                number_of(len(rows), "group"),
                number_of(sum(len(group.terms) for group in self.groups), "term"),
                *((f"{len(self.shared_terms)} in more than one",) if self.shared_terms else ()),
            ),
            columns=(
                quoted_column("group", "name"),
                quoted_column("in English", "name_en"),
                quoted_column("terms", "terms", 2 * LONGEST_CONTEXT),
                quoted_column("note", "note"),
            ),
            rows=tuple(rows),
            total=len(rows),
            ways=(".groups", ".shared_terms"),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


Groups = TermGroups | Mapping[str, Collection[str]] | str | Path


def load_term_groups(source: str | Path = DEFAULT_SERIES) -> TermGroups:
    """Load the term groups of a series or of a file.

    Parameters
    ----------
    source : str or Path
        Name of a shipped series, or the folder of one; or a file: TOML, or a
        spreadsheet (CSV or XLSX) with the columns group and term.

    Returns
    -------
    TermGroups

    Raises
    ------
    ChoiceError
        If `source` is not a name or path.
    UnreadableTextError, WordListError
        If there is no such file, or it cannot be read or is malformed.

    Examples
    --------
    >>> import crossplan as cp
    >>> groups = cp.load_term_groups()
    >>> [group.name for group in groups.groups]
    ['以人为主体', '法治', '数字', '绿色', '安全']
    """
    if not isinstance(source, str | Path):
        raise ChoiceError("source", source, [*shipped_series(), "the path of a file"])
    known = source in shipped_series() or Path(source).is_dir()
    path = find_series(source) / FILE if known else Path(source)
    if not path.is_file():
        series = ", ".join(shipped_series())
        raise UnreadableTextError(
            path, "there is no such file", f"Shipped series with term groups: {series}. {_REMEDY}"
        )
    return _read_sheet(path) if path.suffix.lower() in _SHEETS else _read_groups(path)


def _read_groups(path: Path) -> TermGroups:
    """Read a TOML file of groups."""
    _, text, _ = read_text(path)
    return _checked(path, toml_record(text, _GroupsRecord, path, _REMEDY).groups)


def _read_sheet(path: Path) -> TermGroups:
    """Read a spreadsheet of groups."""
    rows = table_rows(path)
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not {"group", "term"} <= set(header):
        raise WordListError(path, [(1, "there are no columns group and term")], _REMEDY)
    group, term = header.index("group"), header.index("term")
    terms: dict[str, list[str]] = {}
    faults: list[tuple[int | None, str]] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = [*(cell.strip() for cell in row), *[""] * len(header)]
        if not cells[group] or not cells[term]:
            faults.append((number, "group or term is empty"))
            continue
        terms.setdefault(cells[group], []).append(cells[term])
    if faults:
        raise WordListError(path, faults, _REMEDY)
    return _checked(path, tuple(TermGroup(name, tuple(own)) for name, own in terms.items()))


def _checked(source: Path | str, groups: tuple[TermGroup, ...]) -> TermGroups:
    """Raise an error for groups without name or terms, or with the same name."""
    names = Counter(group.name for group in groups)
    faults: list[tuple[int | None, str]] = [] if groups else [(None, "there is no group in it")]
    faults += [(None, f"two groups have the name {n}") for n, times in names.items() if times > 1]
    for group in groups:
        if not group.name.strip():
            faults.append((None, "a group has no name"))
        if not group.terms or not all(term.strip() for term in group.terms):
            faults.append((None, f"{group.name}: a term is missing"))
    if faults:
        raise WordListError(source, faults, _REMEDY)
    return TermGroups(source.name if isinstance(source, Path) else source, groups)


def as_term_groups(given: Groups) -> TermGroups:
    """Read term groups from the argument of a user.

    Raises
    ------
    ChoiceError
        If the argument is not groups, a mapping or a path.
    UnreadableTextError, WordListError
        If a file cannot be read, or groups are malformed.
    """
    if isinstance(given, TermGroups):
        return given
    if not isinstance(given, Mapping):
        if not isinstance(given, str | Path):
            raise ChoiceError("groups", given, [{"name": ["term", "term"]}, "a path", "TermGroups"])
        return load_term_groups(given)
    groups = {name: several(terms) for name, terms in given.items()}
    wrong = [
        value
        for name, terms in groups.items()
        for value in (name, *terms)
        if not isinstance(value, str)
    ]
    if wrong:
        raise WordListError(
            "the groups that were given", [(None, f"{wrong[0]!r} is no word")], _REMEDY
        )
    return _checked("given", tuple(TermGroup(name, tuple(own)) for name, own in groups.items()))


def groups_alone(groups: Groups | None, ngrams: object) -> TermGroups | None:
    """Return groups, or None; raise an error if `ngrams` is set for groups.

    Raises
    ------
    CrossplanError
        If a length of n-grams is also set, because groups define their own terms.
    """
    if groups is None:
        return None
    if ngrams != 1:
        raise CrossplanError(
            "groups know how long their terms are. Leave ngrams out, or leave groups out."
        )
    return as_term_groups(groups)


def group_counts(
    passages: Iterable["Passage"], reader: WordReader, searches: Mapping[str, Search]
) -> Counter[str]:
    """Count the occurrences of each group; a place with two terms of a group counts once."""
    counter: Counter[str] = Counter(dict.fromkeys(searches, 0))
    for passage in passages:
        words = reader.words(passage)
        present = set(words)
        for name, search in searches.items():
            if search.may_occur(present):
                counter[name] += len(search.spans(words))
    return counter


def compiled(groups: TermGroups, reader: WordReader) -> dict[str, Search]:
    """Return a search for the terms of each group."""
    return {group.name: Search.of(dict.fromkeys(group.terms), reader) for group in groups.groups}


def overlaps_of(
    plans: Iterable["Plan"], reader: WordReader, groups: TermGroups | None
) -> "pd.DataFrame":
    """Return the occurrences that count for two groups.

    Returns
    -------
    pandas.DataFrame
        group, other_group, count (occurrences with a word of both), terms (the matched texts,
        the most frequent first).

    Raises
    ------
    CrossplanError
        If single terms were counted.
    """
    if groups is None:
        raise CrossplanError("single terms do not overlap. Give groups of terms to have overlaps.")
    searches = compiled(groups, reader)
    shared: dict[tuple[str, str], Counter[str]] = {
        pair: Counter() for pair in combinations(searches, 2)
    }
    for passage in passages_of(plans):
        words = reader.words(passage)
        claimed = {name: search.spans(words) for name, search in searches.items()}
        for (one, other), places in shared.items():
            for span in claimed[one]:
                for rival in claimed[other]:
                    if span.start < rival.end and rival.start < span.end:
                        both = words[min(span.start, rival.start) : max(span.end, rival.end)]
                        places["".join(both)] += 1
    return OVERLAPS.frame(
        _overlap_row(one, other, places) for (one, other), places in shared.items() if places
    )


def _overlap_row(one: str, other: str, places: Counter[str]) -> dict[str, Any]:
    """Return the overlap of two groups as a row."""
    ranked = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    return {
        "group": one,
        "other_group": other,
        "count": places.total(),
        "terms": "、".join(f"{text} {number}" for text, number in ranked),
    }
