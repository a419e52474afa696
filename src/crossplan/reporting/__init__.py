"""Make the comparison report: all results in one self-contained file."""
