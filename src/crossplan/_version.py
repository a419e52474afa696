"""The version of this code, and the time at which it was loaded."""

from time import time

__version__ = "0.1.0"
# Files that are changed later do not describe the code that runs.
LOADED = time()
