"""Matching in corpora of hundreds or thousands of plans, without comparing all with all."""
