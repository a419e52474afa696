"""Link the headings of two plans, by titles, texts, votes and place."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossplan.matching.features import Weighted, character_runs
from crossplan.matching.links import Link, Links, Relation, link_items
from crossplan.matching.titles import coverage, lookup, title_likeness
from crossplan.model import Heading, Plan, Section
from crossplan.pairing.assignment import Candidates, Pair, assign
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

SectionLink = Link[Heading, Relation]
SectionLinks = Links[Heading, Relation]

# The minimum score, of 100, of two headings that are linked.
MINIMUM_SCORE: Threshold[float] = 60.0
# Votes and place depend on the pairs found before; this number of rounds makes them stable.
ROUNDS: Threshold[int] = 4
# The share of the doubt that each kind of evidence removes at its maximum; docs/matching.md
# describes how they were chosen and the accuracy they achieve.
WEIGHTS: Threshold[dict[str, float]] = {
    "title": 0.98,
    "contained": 0.7,
    "text": 0.8,
    "votes": 0.8,
    "place": 0.5,
}
# Two chapters that fill the same gap between matched ones are closer than two sections
# that are merely in the same chapter.
SAME_CHAPTER: Threshold[float] = 0.8
# A section becomes a chapter, or a chapter a section, only under much the same title.
ACROSS_LEVELS: Threshold[float] = 0.75


def _joined(parts: "Mapping[str, Scores]") -> "Scores":
    """Combine evidence into a score; each kind removes a share of the remaining doubt.

    This is the noisy-or of independent causes (Pearl 1988, Probabilistic Reasoning in
    Intelligent Systems, section 4.3.2).
    """
    doubt: Scores | float = 1.0
    for name, part in parts.items():
        doubt = doubt * (1 - WEIGHTS[name] * part)
    return 100 * (1 - doubt)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The evidence for all pairs of headings before any is paired.

    Attributes
    ----------
    old, new : tuple of Section
        Chapters and sections in the order of their numbers.
    title : array of shape (old, new)
        Similarity of the titles, 0 to 1.
    contained, containing : array of shape (old, new)
        The share of the old title that the new one contains, and the reverse.
    text : array of shape (old, new)
        How often the text below one heading mentions the topics of the other's title; if both
        plans have text, the similarity of the texts.
    measures : array of shape (old, new)
        Share of the measures that are linked; zeros unless both plans have text.
    """

    old: tuple[Section, ...]
    new: tuple[Section, ...]
    title: "Scores"
    contained: "Scores"
    containing: "Scores"
    text: "Scores"
    measures: "Scores"

    @classmethod
    def gather(cls, old: Plan, new: Plan, votes: Iterable[tuple[str, str]]) -> "_Evidence":
        """Compare all headings of two plans."""
        import numpy as np

        olds, news = _in_order(old), _in_order(new)
        titles = [h.title for h in olds], [h.title for h in news]
        endings = tuple(dict.fromkeys(old.generic_endings + new.generic_endings))
        texts = [_text_below(h) for h in olds], [_text_below(h) for h in news]
        measures = ([[m.id for m in h.own_measures] for h in own] for own in (olds, news))
        text = (
            Weighted(*texts, character_runs).cosines
            if old.coverage == new.coverage == "full"
            else np.maximum(lookup(titles[0], texts[1]), lookup(titles[1], texts[0]).T)
        )
        return cls(
            old=olds,
            new=news,
            title=title_likeness(*titles, endings),
            contained=coverage(*titles, endings),
            containing=coverage(titles[1], titles[0], endings).T,
            text=text,
            measures=_share_paired(votes, *measures),
        )

    def parts(self, pairs: Sequence[Pair]) -> "dict[str, Scores]":
        """Return the evidence for one-to-one pairs, given the pairs found so far."""
        import numpy as np

        levels = np.equal.outer(_are_chapters(self.old), _are_chapters(self.new))
        return {
            "title": self.title * (levels | (self.title >= ACROSS_LEVELS)),
            "text": self.text * levels,
            "votes": np.maximum(self.measures, self.chapter_votes(pairs)) * levels,
            "place": self.place(pairs) * levels,
        }

    def leftover_parts(self, pairs: Sequence[Pair], *, old: bool) -> "dict[str, Scores]":
        """Return the evidence for merges and splits."""
        return {
            "contained": self.contained if old else self.containing,
            "text": self.text,
            "votes": self.measures,
            "place": self.place(pairs),
        }

    def chapter_votes(self, pairs: Sequence[Pair]) -> "Scores":
        """Return the share of the sections of two chapters that are paired with each other."""
        old, new = ([[s.id for s in h.sections] for h in own] for own in (self.old, self.new))
        return _share_paired([(self.old[p.old].id, self.new[p.new].id) for p in pairs], old, new)

    def place(self, pairs: Sequence[Pair]) -> "Scores":
        """Score the headings in chapters that are the same, or in the same gap."""
        import numpy as np

        chapters = {
            (self.old[p.old].chapter, self.new[p.new].chapter)
            for p in pairs
            if self.old[p.old].level == self.new[p.new].level == "chapter"
        }
        gaps = _chapter_gaps(self.old, self.new, chapters)
        place: Scores = np.where(
            np.logical_and.outer(_are_chapters(self.old), _are_chapters(self.new)),
            _in_chapters(gaps, self.old, self.new),
            SAME_CHAPTER * _in_chapters(chapters, self.old, self.new),
        )
        for pair in _last_of_chapters(self.old, self.new, pairs, chapters):
            place[pair] = 1.0
        return place


def link_sections(old: Plan, new: Plan, votes: Iterable[tuple[str, str]] = ()) -> SectionLinks:
    """Link the headings of two plans.

    Parameters
    ----------
    old, new : Plan
    votes : iterable of (str, str)
        Ids of measures that are the same; each is a vote for the headings above it.

    Returns
    -------
    SectionLinks
    """
    evidence = _Evidence.gather(old, new, votes)
    one_to_one = _paired(evidence)
    pairs, candidates = _with_leftovers(evidence, one_to_one)
    chapters = _chapters_matched(one_to_one, evidence.old, evidence.new)
    return link_items(
        [heading.heading for heading in evidence.old],
        [heading.heading for heading in evidence.new],
        pairs,
        candidates,
        MINIMUM_SCORE,
        relation=_describe(evidence, pairs, {pair[:2] for pair in one_to_one}),
        moved=lambda pair: _has_moved(evidence.old[pair.old], evidence.new[pair.new], chapters),
    )


def _paired(evidence: _Evidence) -> list[Pair]:
    """Pair headings one to one, repeatedly, until the pairs and their evidence are stable."""
    pairs: list[Pair] = []
    for _ in range(ROUNDS):
        parts = evidence.parts(pairs)
        found = assign(Candidates.dense(_joined(parts), parts), MINIMUM_SCORE)
        settled = [pair[:2] for pair in found] == [pair[:2] for pair in pairs]
        pairs = found
        if settled:
            break
    return pairs


def _with_leftovers(
    evidence: _Evidence, one_to_one: Sequence[Pair]
) -> tuple[list[Pair], Candidates]:
    """Join headings without a pair to those that they were merged into or split from.

    Returns
    -------
    tuple of (list of Pair, Candidates)
        All pairs, and every pair of headings with its score.
    """
    import numpy as np

    parts = evidence.parts(one_to_one)
    scores = _joined(parts)
    parts["contained"] = np.zeros_like(scores)
    pairs = {pair[:2]: pair for pair in one_to_one}
    merging = evidence.leftover_parts(one_to_one, old=True)
    splitting = evidence.leftover_parts(one_to_one, old=False)
    merged, split = _joined(merging), _joined(splitting)
    left_old = sorted(set(range(len(evidence.old))) - {pair.old for pair in one_to_one})
    left_new = sorted(set(range(len(evidence.new))) - {pair.new for pair in one_to_one})
    found = [(a, int(merged[a].argmax()), merged, merging) for a in left_old if evidence.new]
    found += [(int(split[:, b].argmax()), b, split, splitting) for b in left_new if evidence.old]
    for a, b, score, own in found:
        # Two headings without a pair may have chosen each other.
        if score[a, b] < MINIMUM_SCORE or (a, b) in pairs:
            continue
        pairs[a, b] = Pair(a, b, float(score[a, b]))
        scores[a, b] = score[a, b]
        for name, values in parts.items():
            values[a, b] = own[name][a, b] if name in own else 0.0
    return list(pairs.values()), Candidates.dense(scores, parts)


def _describe(
    evidence: _Evidence, pairs: Sequence[Pair], one_to_one: AbstractSet[tuple[int, int]]
) -> Callable[[Pair], Relation]:
    """Return a function that names the relation of a pair.

    A chapter that absorbs its own sections keeps its relation.
    """

    def relation(pair: Pair) -> Relation:
        alone = pair[:2] in one_to_one
        old, new = evidence.old[pair.old], evidence.new[pair.new]
        olds = [evidence.old[p.old] for p in pairs if p.new == pair.new]
        news = [evidence.new[p.new] for p in pairs if p.old == pair.old]
        if len([h for h in olds if not alone or h.level == old.level]) > 1:
            return "merged"
        if len([h for h in news if not alone or h.level == new.level]) > 1:
            return "split"
        return "kept" if old.title == new.title else "renamed"

    return relation


def _chapters_matched(
    pairs: Iterable[Pair], old: Sequence[Section], new: Sequence[Section]
) -> dict[int, int]:
    """Return the new chapter of each old one, by its pair or those of its sections."""
    own: dict[int, int] = {}
    went_to: dict[int, Counter[int]] = {}
    for pair in pairs:
        before, after = old[pair.old], new[pair.new]
        if before.level == after.level == "chapter":
            own[before.chapter] = after.chapter
        elif before.level == after.level == "section":
            went_to.setdefault(before.chapter, Counter())[after.chapter] += 1
    by_sections = {
        chapter: min(counts, key=lambda number: (-counts[number], number))
        for chapter, counts in went_to.items()
    }
    return by_sections | own


def _has_moved(old: Section, new: Section, chapters: dict[int, int]) -> bool:
    """Return whether a heading changed its level or its chapter."""
    if old.level != new.level:
        return True
    return old.level == "section" and chapters.get(old.chapter) != new.chapter


def _in_order(plan: Plan) -> tuple[Section, ...]:
    """Return chapters and sections sorted by their numbers."""
    return tuple(sorted(plan.headings, key=lambda h: (h.chapter, h.number or 0)))


def _text_below(heading: Section) -> str:
    """Return the text below a heading: the titles of its sections, and its passages."""
    lines = [child.title for child in heading.sections]
    return "\n".join([*lines, *(passage.text for passage in heading.passages or ())])


def _are_chapters(headings: Sequence[Section]) -> "NDArray[np.bool_]":
    """Return which headings are chapters."""
    import numpy as np

    return np.array([h.level == "chapter" for h in headings], dtype=bool)


def _in_chapters(
    chapters: Iterable[tuple[int, int]], old: Sequence[Section], new: Sequence[Section]
) -> "Scores":
    """Return 1 for headings in a pair of chapters, 0 for others."""
    import numpy as np

    olds, news = (np.array([h.chapter for h in own]) for own in (old, new))
    found = np.zeros((len(old), len(new)))
    for a, b in chapters:
        found[np.ix_(olds == a, news == b)] = 1.0
    return found


def _share_paired(
    pairs: Iterable[tuple[str, str]], old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]
) -> "Scores":
    """Return the share of the items below two headings that are paired.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Ids of paired items; other ids are ignored.
    old, new : sequence of sequence of str
        Ids of the items below each heading.

    Returns
    -------
    array of shape (len(old), len(new))
    """
    import numpy as np

    homes = [{one: place for place, own in enumerate(ids) for one in own} for ids in (old, new)]
    votes = np.zeros((len(old), len(new)))
    for a, b in pairs:
        if a in homes[0] and b in homes[1]:
            votes[homes[0][a], homes[1][b]] += 1
    sizes = np.add.outer([*map(len, old)], [*map(len, new)])
    return 2 * votes / np.maximum(sizes, 1)


def _chapter_gaps(
    old: Sequence[Section], new: Sequence[Section], matched: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Pair the chapters that are alone between the same two matched ones.

    For example, if of three chapters the first and the last are matched, the second ones are in
    the same gap.
    """
    olds = [h.chapter for h in old if h.level == "chapter"]
    news = [h.chapter for h in new if h.level == "chapter"]
    there, back = dict(matched), {b: a for a, b in matched}
    gaps = set()
    for place, a in enumerate(olds):
        for position, b in enumerate(news):
            if there.get(a, b) != b or back.get(b, a) != a:
                continue
            before = _chapters_at(olds, news, place - 1, position - 1)
            after = _chapters_at(olds, news, place + 1, position + 1)
            if all(pair is None or pair in matched for pair in (before, after)):
                gaps.add((a, b))
    return gaps


def _last_of_chapters(
    old: Sequence[Section],
    new: Sequence[Section],
    pairs: Sequence[Pair],
    matched: set[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Pair the sections that are the only ones of two matched chapters without a pair.

    Returns
    -------
    list of (int, int)
        Positions in the two lists.
    """
    paired_old, paired_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    found = []
    for chapter, other in sorted(matched):
        olds = [place for place, h in enumerate(old) if h.chapter == chapter and h.number]
        news = [place for place, h in enumerate(new) if h.chapter == other and h.number]
        left_old = [place for place in olds if place not in paired_old]
        left_new = [place for place in news if place not in paired_new]
        if len(left_old) == len(left_new) == 1:
            found.append((left_old[0], left_new[0]))
        elif not left_old and not left_new:
            # A pair that was found as the last remaining one remains so.
            found += [pair[:2] for pair in pairs if pair.old in olds and pair.new in news]
    return found


def _chapters_at(
    old: Sequence[int], new: Sequence[int], place: int, position: int
) -> tuple[int, int] | None:
    """Return the chapters at two positions; None if both are beyond the end of the plan."""
    a = old[place] if 0 <= place < len(old) else 0
    b = new[position] if 0 <= position < len(new) else 0
    return (a, b) if a or b else None
