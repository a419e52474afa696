"""How much a file may hold and how long reading it may take.

A plan has some 25,000 characters; the longest document of its kind that we know, a
five-year plan with its annexes, has fewer than 200,000.
"""

MEGABYTE = 1 << 20
BYTES = 64 * MEGABYTE
CHARACTERS = 4_000_000
LINES = 100_000
UNPACKED_BYTES = 256 * MEGABYTE
MEMBERS = 5_000
PAGES = 2_000
MEMORY = 2048 * MEGABYTE
# Of processor time, which a busy machine does not use up.
SECONDS = 15
# By the clock: against a reader that waits for something that never comes.
LONGEST_WAIT = 120
