from ._version import __version__ as __version__
from .corpora.load import load_plan as load_plan, load_plans as load_plans
from .model import Corpus as Corpus
