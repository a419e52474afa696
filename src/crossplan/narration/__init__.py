"""Run notebooks with parameters and write them as HTML pages."""
