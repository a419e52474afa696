"""Compare successive editions of a plan, every figure traceable to its source.

The public names are listed in ``__init__.pyi`` and loaded when first used (SPEC 1).
"""

import lazy_loader

from crossplan._version import __version__

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]
