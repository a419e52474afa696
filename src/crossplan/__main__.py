"""Run the command ``crossplan`` as ``python -m crossplan``."""

from crossplan.cli import main

main()
