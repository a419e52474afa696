"""``python -m crossplan``: the same as the command ``crossplan``."""

from crossplan.cli import main

main()
