"""Every number that settles a result stands in the record of a run."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from paths import ANALYSES

import crossplan as cp
from crossplan.matching.titles import SATURATION
from crossplan.pipeline.reading import read_declaration
from crossplan.pipeline.running import thresholds
from crossplan.thresholds import thresholds_of

SOURCE = Path(cp.__file__).parent
COMPUTING = ("corpora", "guessing", "languages", "matching", "pairing", "targets", "words")
# Numbers of the packages that compute, which settle no result of a step, and why.
NO_THRESHOLDS = {
    "corpora.corpus._IDS_SHOWN": "how much is shown",
    "corpora.corpus._PAIR": "two plans are compared",
    "corpora.corpus._PLANS_SHOWN": "how much is shown",
    "corpora.store._OLDEST_STAGE_SECONDS": "when a folder that was left is cleared away",
    "guessing.guess._EXAMPLES": "how much is quoted",
    "guessing.guess._LONGEST_QUOTE": "how much is quoted",
    "guessing.new_series._LONGEST": "how much is shown",
    "guessing.new_series._ROWS_SHOWN": "how much is shown",
    "guessing.reading._LAST_YEAR": "a limit of the calendar",
    "guessing.reading._LONGEST_ID": "a limit of file names",
    "languages.english._ROMAN_VALUES": "what numerals mean",
    "languages.units.MAGNITUDES": "what numerals mean",
    "matching.construction._FRAME_WORD": "no step constructs a plan",
    "matching.construction._SHARES": "no step constructs a plan",
    "matching.evaluation._INTERVAL": "no step evaluates",
    "matching.evaluation._SAMPLES": "no step evaluates",
    "matching.evaluation._SEED": "no step evaluates",
    "matching.explanation._CANDIDATES_SHOWN": "how much is shown",
    "matching.large_corpora.all_pairs.FEWEST": "no step compares all pairs",
    "matching.large_corpora.all_pairs._FEWEST_PLANS": "no step compares all pairs",
    "matching.large_corpora.all_pairs.IN_ALL": "no step compares all pairs",
    "matching.large_corpora.all_pairs._OF_EACH_PLAN": "no step compares all pairs",
    "matching.large_corpora.all_pairs_search._PAIRS": "how much is worked on at a time",
    "matching.large_corpora.all_pairs_search._RIVALS": "no step compares all pairs",
    "matching.large_corpora.all_pairs_search._TIE": "no step compares all pairs",
    "matching.large_corpora.join.CELLS": "how much is worked on at a time",
    "matching.large_corpora.join.KEYS": "only all pairs are cut down to keys",
    "matching.large_corpora.join.QUERIES": "how much is worked on at a time",
    "matching.large_corpora.join._PAIRS": "how much is worked on at a time",
    "matching.large_corpora.join._TEXTS": "how much is worked on at a time",
    "matching.lineage._PLANS_SHOWN": "how much is shown",
    "matching.features._ONLY_NEW": "how letters are numbered",
    "matching.features._ONLY_OLD": "how letters are numbered",
    "matching.features._SURROGATES": "how letters are numbered",
    "matching.measures._OF_EACH": "how much is shown",
    "matching.sections._OF_EACH": "how much is shown",
    "matching.sections._PAIR": "how much is shown",
    "matching.features._BITS": "how features are numbered",
    "matching.features._BLOCK": "how much is worked on at a time",
    "matching.features._TEXTS": "how much is remembered",
    "matching.wording._LONGEST": "how much is shown",
    "matching.wording._LONGEST_ISLAND": "shows differences, and settles no link",
    "pairing.decisions._CHOICES_SHOWN": "how much is shown",
    "pairing.decisions._ROWS_SHOWN": "how much is shown",
    "targets.comparison._OF_EACH": "how much is shown",
    "targets.explanation._CANDIDATES_SHOWN": "how much is shown",
    "targets.explanation._RIVAL": "how much is shown",
    "words.comparison._OF_EACH": "how much is shown",
    "words.concordance.LONGEST_CONTEXT": "how much is shown",
    "words.explanation._LINES": "how much is shown",
    "words.explanation._WIDTH": "how much is shown",
    "words.lookup._NEAR": "what an error suggests",
    "words.lookup._NEAR_ENOUGH": "what an error suggests",
    "words.segment._LONGEST": "how long the names of keys may be",
    "words.segment._DICTIONARIES": "how much is remembered",
    "words.segment._REMEMBERED": "how much is remembered",
    "words.terms._TERMS_OF_A_UNIT": "how much is shown",
    "words.terms._UNITS_SHOWN": "how much is shown",
    "words.terms._WIDEST_MAP": "whether a figure is drawn",
    "words.trace._FEWEST_KNOWN": "whether a figure is drawn",
}


def is_number(node: ast.expr) -> bool:
    """Tell whether an expression is a number, or a tuple or table of numbers."""
    if isinstance(node, ast.Constant):
        return type(node.value) in {int, float}
    parts: dict[type[ast.expr], Callable[[Any], list[ast.expr]]] = {
        ast.UnaryOp: lambda sign: [sign.operand],
        ast.BinOp: lambda sum_: [sum_.left, sum_.right],
        ast.Tuple: lambda several: several.elts,
        ast.Dict: lambda table: table.values,
        ast.Call: lambda call: call.args,
    }
    inside = parts.get(type(node), lambda _: [])(node)
    return bool(inside) and all(map(is_number, inside))


def numbers_named_in(path: Path) -> Iterator[str]:
    """Yield the names that a module gives to numbers, whatever they are for."""
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=only, value=ast.expr() as value):
                targets = [only]
            case _:
                continue
        for target in targets:
            pairs: list[tuple[ast.expr, ast.expr]] = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            yield from (n.id for n, v in pairs if isinstance(n, ast.Name) and is_number(v))


def test_every_number_that_settles_a_result_is_marked_where_it_stands() -> None:
    marked = {name for package in COMPUTING for name in thresholds_of(package)}
    seen = set()
    for package in COMPUTING:
        for path in sorted((SOURCE / package).rglob("*.py")):
            module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
            if not module.endswith("_figure"):
                seen |= {f"{module}.{name}" for name in numbers_named_in(path)}
    assert seen - marked == NO_THRESHOLDS.keys()
    assert marked <= seen


def test_the_thresholds_of_the_packages_that_take_part_are_recorded() -> None:
    method = thresholds(read_declaration(ANALYSES / "work-reports-2018-2020.toml").analysis)
    assert method["matching.titles.SATURATION"] == SATURATION
    packages = {name.partition(".")[0] for name in method}
    assert packages >= {"corpora", "guessing", "matching", "pairing"}
    terms = read_declaration(ANALYSES / "terms-2026.toml").analysis
    assert {name.partition(".")[0] for name in thresholds(terms)} == {"corpora", "words"}
