"""The parts of a plan: immutable data classes without input or output."""

from crossplan.languages.language import Comparator, Direction, TargetKind
from crossplan.model.lexicon import Lexicon, LexiconEntry
from crossplan.model.plan import (
    GUESSED,
    Address,
    Coverage,
    Plan,
    plan_names,
    published,
    title_of,
)
from crossplan.model.reading import Certainty, Correction, Join, Reading, Witness
from crossplan.model.reference import (
    Entry,
    PlanReference,
    entries_of,
    opened,
    plans_of,
    require_texts,
)
from crossplan.model.section import (
    Goal,
    Heading,
    Level,
    Measure,
    Node,
    NodeKind,
    Paragraph,
    Passage,
    Section,
    Sentence,
)
from crossplan.model.target import Indicator, Polarity, Target

__all__ = [
    "GUESSED",
    "Address",
    "Certainty",
    "Comparator",
    "Correction",
    "Coverage",
    "Direction",
    "Entry",
    "Goal",
    "Heading",
    "Indicator",
    "Join",
    "Level",
    "Lexicon",
    "LexiconEntry",
    "Measure",
    "Node",
    "NodeKind",
    "Paragraph",
    "Passage",
    "Plan",
    "PlanReference",
    "Polarity",
    "Reading",
    "Section",
    "Sentence",
    "Target",
    "TargetKind",
    "Witness",
    "entries_of",
    "opened",
    "plan_names",
    "plans_of",
    "published",
    "require_texts",
    "title_of",
]
