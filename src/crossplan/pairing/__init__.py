"""Pair two lists one to one, and apply the decisions of reviewers."""
