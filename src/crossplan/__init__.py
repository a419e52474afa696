"""Compare successive editions of a plan, every figure traceable to its source.

The public names are listed in ``__init__.pyi`` and loaded when first used (SPEC 1).
"""

import lazy_loader

import crossplan.started  # noqa: F401 - notes the time
from crossplan._version import __version__ as __version__

__getattr__, __dir__, public_names = lazy_loader.attach_stub(__name__, __file__)
__all__ = sorted([*public_names, "__version__"])  # noqa: PLE0605 - from the stub
del public_names
