from ._version import __version__ as __version__
from .corpora.load import load_plan as load_plan, load_plans as load_plans
from .matching.measures import compare_measures as compare_measures
from .matching.sections import align_sections as align_sections, trace_sections as trace_sections
from .model import Corpus as Corpus
from .targets.trace import extract_targets as extract_targets, trace_targets as trace_targets
from .reporting.report import Report as Report, report as report
from .words.terms import term_frequencies as term_frequencies
