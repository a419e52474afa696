"""The formulas of docs/matching.md, reckoned anew in plain Python, give what the code gives."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from rapidfuzz.distance import Indel

import crossplan as cp
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.features import RUN
from crossplan.matching.measure_links import WEIGHTS, neighbours, subjects
from crossplan.matching.titles import components, core, lookup, title_likeness
from crossplan.model import Plan
from crossplan.pairing.assignment import Candidates, Pair

Row = dict[str, float]


def characters_and_pairs(text: str) -> list[str]:
    runs = RUN.findall(text)
    return [*"".join(runs), *(run[i : i + 2] for run in runs for i in range(len(run) - 1))]


def weighted(
    texts: dict[str, str], features: Callable[[str], Iterable[str]]
) -> tuple[dict[str, Row], Counter[str]]:
    """The weights a_t of each text, and in how many texts each feature stands."""
    counts = {name: Counter(features(text)) for name, text in texts.items()}
    having = Counter(feature for count in counts.values() for feature in count)
    idf = {t: math.log((len(texts) + 2) / (n + 1)) + 1 for t, n in having.items()}
    rows = {
        name: {t: (1 + math.log(f)) * idf[t] for t, f in count.items()}
        for name, count in counts.items()
    }
    return rows, having


def dot(a: Row, b: Row) -> float:
    return sum(weight * b[t] for t, weight in a.items() if t in b)


def length(a: Row) -> float:
    return math.sqrt(dot(a, a))


def cosine(a: Row, b: Row) -> float:
    return dot(a, b) / (length(a) * length(b)) if a and b else 0.0


def ratio(a: str, b: str) -> float:
    return 1 - Indel.distance(a, b) / (len(a) + len(b))


@pytest.mark.slow
def test_scores_of_measures(constructed_pair: ConstructedPredecessor) -> None:
    plans = constructed_pair.plan, constructed_pair.successor
    texts = {measure.id: measure.text for plan in plans for measure in plan.measures}
    number = len(texts)
    rows, having = weighted(texts, characters_and_pairs)
    about, _ = weighted(texts, subjects)
    candidates = cp.compare_measures(*plans).candidates.to_dict("records")
    likeness = {}
    for found in candidates:
        pair = old, new = found["old_id"], found["new_id"]
        a, b = rows[old], rows[new]
        contained = min(1, dot(a, b) / min(length(a), length(b)) ** 2)
        rare = [math.log(number + 2) - math.log(having[t] + 1) for t in a if t in b]
        rarity = sum(rare) / len(rare) / (math.log(max(number, 40)) - math.log(2))
        likeness[pair] = (cosine(a, b) + cosine(about[old], about[new])) * rarity
        assert found["characters"] == pytest.approx(cosine(a, b))
        assert found["contained"] == pytest.approx(contained)
        assert found["rarity"] == pytest.approx(rarity)
        assert found["wording"] == pytest.approx(ratio(texts[old], texts[new]))
    others: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (old, new), value in likeness.items():
        others[old].append((value, new))
        others[new].append((value, old))
    for found in candidates:
        old, new = found["old_id"], found["new_id"]
        rivals = [v for v, x in others[old] if x != new] + [v for v, x in others[new] if x != old]
        value = likeness[old, new]
        assert found["standing"] == pytest.approx(value / (value + max(*rivals, 0.1)))
        z = -14.0 + sum(weight * found[name] for name, weight in WEIGHTS.items())
        score = 100.0 if texts[old] == texts[new] else 100 / (1 + math.exp(-z))
        assert found["score"] == pytest.approx(score)


def test_neighbours() -> None:
    pairs = {0: 1, 1: 2, 3: 3, 4: 9, 8: 8}
    back = {new: old for old, new in pairs.items()}
    old, new = (grid.ravel() for grid in np.indices((10, 10)))
    candidates = Candidates((10, 10), old, new, np.zeros(100), {})

    def side(went: dict[int, int], own: int, other: int) -> float:
        near = [(abs(k - own), abs(went[k] - other)) for k in went if 0 < abs(k - own) <= 6]
        fading = sum(math.exp(-max(d - 1, 0) / 4) / math.sqrt(s) for s, d in near)
        return fading / (1 + sum(1 / math.sqrt(s) for s, _ in near))

    expected = [
        (side(pairs, a, b) + side(back, b, a)) / 2
        for a, b in zip(old.tolist(), new.tolist(), strict=True)
    ]
    made = [Pair(a, b, 100.0) for a, b in pairs.items()]
    assert neighbours(candidates, made) == pytest.approx(expected)


def test_likeness_of_titles() -> None:
    old, new, endings = (
        ["知情权", "参与权", "工作权利"],
        ["知情权和参与权", "工作权"],
        ["权利", "权"],
    )
    likeness = title_likeness(old, new, endings)
    cores = {title: core(title, endings) for title in [*old, *new]}
    rows, _ = weighted({str(i): cores[t] for i, t in enumerate([*old, *new])}, characters_and_pairs)

    def coverage(one: str, other: str) -> float:
        parts = [[core(part, endings) for part in components(title)] for title in (one, other)]
        return sum(max(ratio(a, b) for b in parts[1]) for a in parts[0]) / len(parts[0])

    for i, a in enumerate(old):
        for j, b in enumerate(new):
            r, c = ratio(cores[a], cores[b]), cosine(rows[str(i)], rows[str(len(old) + j)])
            u, v = coverage(a, b), coverage(b, a)
            joined = 2 * u * v / (u + v) if u else 0.0
            assert likeness[i, j] == pytest.approx(max((r + c) / 2, joined))


def test_what_a_title_names(fifth: Plan) -> None:
    titles = ["知情权和参与权", "环境决策公众参与"]
    texts = ["".join(p.text for p in section.all_passages()) for section in fifth.sections]
    mean = sum(map(len, texts)) / len(texts)
    for title, row in zip(titles, lookup(titles, texts), strict=True):
        idf: Row = {}
        for part in components(title):
            for run in {part[i : i + n] for n in (2, 3, 4) for i in range(len(part) - n + 1)}:
                having = sum(run in text for text in texts)
                if having or len(run) == 2:
                    idf[run] = max(math.log((len(texts) + 1) / (max(having, 1) + 0.5)), 0)
        for text, score in zip(texts, row, strict=True):
            saturation = 0.8 * (1 - 0.6 + 0.6 * len(text) / mean)
            counts = {run: text.count(run) for run in idf}
            found = sum(idf[q] * f / (f + saturation) for q, f in counts.items())
            assert score == pytest.approx(found / (len(components(title)) + sum(idf.values())))
