"""The classes of results and of the parts of a plan, for type hints and ``isinstance``."""

from crossplan.acquisition.collation import Collation
from crossplan.acquisition.fetch import FetchResult
from crossplan.acquisition.verification import Verification
from crossplan.guessing.new_series import NewSeries
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.evaluation import Agreement, Evaluation
from crossplan.matching.explanation import Explanation
from crossplan.matching.large_corpora.all_pairs import Recall, SharedMeasures
from crossplan.matching.lineage import MeasureLineage
from crossplan.matching.measures import MeasureComparison
from crossplan.matching.sections import SectionAlignment
from crossplan.matching.wording import Redline, Run
from crossplan.model import (
    Correction,
    Goal,
    Heading,
    Indicator,
    Join,
    Lexicon,
    LexiconEntry,
    Measure,
    Node,
    Paragraph,
    Passage,
    PlanReference,
    Reading,
    Section,
    Sentence,
    Target,
    Witness,
)
from crossplan.model.plan import Address
from crossplan.pairing.decisions import Decisions
from crossplan.pipeline.checking import Difference, RunCheck
from crossplan.pipeline.manifest import (
    CorrectionNote,
    Input,
    Left,
    Manifest,
    Output,
)
from crossplan.pipeline.running import AnalysisRun
from crossplan.reporting.report import Report
from crossplan.result import Result
from crossplan.targets.comparison import TargetComparison
from crossplan.targets.explanation import TargetExplanation
from crossplan.targets.extract import TargetTable
from crossplan.targets.links import Step
from crossplan.targets.trace import TargetTrace
from crossplan.targets.witnesses import Disagreements
from crossplan.words.candidates import TermCandidates
from crossplan.words.collocations import Collocations
from crossplan.words.comparison import TermComparison
from crossplan.words.concordance import Concordance
from crossplan.words.cooccurrence import Cooccurrence
from crossplan.words.explanation import TermExplanation
from crossplan.words.groups import TermGroups
from crossplan.words.segment import Segmenter
from crossplan.words.terms import TermFrequencies
from crossplan.words.trace import TermTrace

__all__ = [
    "Address",
    "Agreement",
    "AnalysisRun",
    "Collation",
    "Collocations",
    "Concordance",
    "ConstructedPredecessor",
    "Cooccurrence",
    "Correction",
    "CorrectionNote",
    "Decisions",
    "Difference",
    "Disagreements",
    "Evaluation",
    "Explanation",
    "FetchResult",
    "Goal",
    "Heading",
    "Indicator",
    "Input",
    "Join",
    "Left",
    "Lexicon",
    "LexiconEntry",
    "Manifest",
    "Measure",
    "MeasureComparison",
    "MeasureLineage",
    "NewSeries",
    "Node",
    "Output",
    "Paragraph",
    "Passage",
    "PlanReference",
    "Reading",
    "Recall",
    "Redline",
    "Report",
    "Result",
    "Run",
    "RunCheck",
    "Section",
    "SectionAlignment",
    "Segmenter",
    "Sentence",
    "SharedMeasures",
    "Step",
    "Target",
    "TargetComparison",
    "TargetExplanation",
    "TargetTable",
    "TargetTrace",
    "TermCandidates",
    "TermComparison",
    "TermExplanation",
    "TermFrequencies",
    "TermGroups",
    "TermTrace",
    "Verification",
    "Witness",
]
