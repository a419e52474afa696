"""Sections and measures of plans, matched between plans."""
