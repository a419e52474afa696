"""Fetching, adding, verifying and collating the texts of plans."""
