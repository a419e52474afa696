"""The limits on the size of files and on the time of reading them.

A plan has some 25,000 characters; the longest similar document that we know, a
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
# Processor time, which does not depend on other load on the machine.
SECONDS = 15
# Elapsed time, in case a reader waits forever.
LONGEST_WAIT = 120
