"""Declared analyses: run from a file into a folder that says how it came to be."""
