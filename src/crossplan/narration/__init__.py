"""Notebooks, run with parameters and written as pages."""
