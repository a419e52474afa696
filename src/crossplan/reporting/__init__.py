"""The report: everything at once, in one file that needs nothing else."""
