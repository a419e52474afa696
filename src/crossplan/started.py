"""The time at which our code was loaded, to detect later changes on disk."""

from time import time

STARTED = time()
