"""Figures that plans commit to: read from the text, or curated from published pages."""
