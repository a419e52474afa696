"""Look at what is kept between runs, or delete it."""

from crossplan.cache_files import Cache, clear, state

__all__ = ["Cache", "clear", "state"]
