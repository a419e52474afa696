"""When our code began to be loaded: what is on disk may be another since then."""

from time import time

STARTED = time()
