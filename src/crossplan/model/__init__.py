"""What a plan is made of: plain immutable data that does no input or output."""

from crossplan.model.corpus import Corpus
from crossplan.model.indicator import Indicator, Polarity
from crossplan.model.lexicon import Lexicon, LexiconEntry
from crossplan.model.passage import Goal, Measure, Paragraph, Passage, Sentence
from crossplan.model.plan import Address, Coverage, Plan, require_plans
from crossplan.model.reading import Certainty, Correction, Join, Reading, Witness
from crossplan.model.section import Level, Node, NodeKind, Section
from crossplan.model.target import Comparator, Direction, Target, TargetKind

__all__ = [
    "Address",
    "Certainty",
    "Comparator",
    "Corpus",
    "Correction",
    "Coverage",
    "Direction",
    "Goal",
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
    "Polarity",
    "Reading",
    "Section",
    "Sentence",
    "Target",
    "TargetKind",
    "Witness",
    "require_plans",
]
