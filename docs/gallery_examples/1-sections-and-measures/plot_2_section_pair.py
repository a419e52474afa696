"""
Sections of two plans
=====================

:func:`~crossplan.align_sections` compares two plans. They need not follow each other.
"""

import crossplan as cp

plans = cp.load_plans()
pair = cp.align_sections(plans["2021-2025"], plans["2026-2030"])
pair.plot(lang="en")
print(pair.caption(lang="en"))

# %%
# The pairs that a reader should look at first: their score is close to that of a rival, or
# to the minimum.

pair.for_review[["old_title", "new_title", "relation", "score", "margin"]].head(5).round(1)
