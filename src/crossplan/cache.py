"""Inspect or clear the cache, the values kept between runs."""

from crossplan.cache_files import Cache, clear, state

__all__ = ["Cache", "clear", "state"]
