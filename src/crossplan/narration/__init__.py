"""Notebooks, run with parameters and told as pages."""
