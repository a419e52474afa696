from . import errors as errors
from .acquisition.add import add_plan as add_plan
from .acquisition.add import use_witness as use_witness
from .acquisition.collation import collate as collate
from .acquisition.fetch import fetch_plans as fetch_plans
from .acquisition.options import FetchOptions as FetchOptions
from .acquisition.verification import verify_plans as verify_plans
from .corpora.load import load_plan as load_plan
from .corpora.load import load_plans as load_plans
from .errors import CrossplanError as CrossplanError
from .matching.construction import construct_predecessor as construct_predecessor
from .matching.evaluation import evaluate as evaluate
from .matching.lineage import trace_measures as trace_measures
from .matching.measures import compare_measures as compare_measures
from .matching.sections import align_sections as align_sections
from .matching.sections import trace_sections as trace_sections
from .matching.wording import redline as redline
from .model import Corpus as Corpus
from .model import Plan as Plan
from .reporting.report import Report as Report
from .reporting.report import report as report
from .targets.comparison import compare_targets as compare_targets
from .targets.extract import extract_targets as extract_targets
from .targets.trace import trace_targets as trace_targets
from .words.candidates import propose_terms as propose_terms
from .words.collocations import collocations as collocations
from .words.comparison import compare_terms as compare_terms
from .words.concordance import concordance as concordance
from .words.cooccurrence import cooccurrence as cooccurrence
from .words.groups import load_term_groups as load_term_groups
from .words.options import WordOptions as WordOptions
from .words.segment import segmenter as segmenter
from .words.terms import term_frequencies as term_frequencies
from .words.trace import trace_terms as trace_terms

__all__: list[str]  # noqa: PYI035 - lazy_loader makes it from this file
__version__: str
