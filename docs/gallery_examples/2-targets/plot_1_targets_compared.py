"""
Targets of two plans
====================

A line leads from the old figure to the new one; its colour says whether the aim became
stronger or weaker, which is not the same as larger or smaller.
"""

import crossplan as cp

plans = cp.load_plans()
comparison = cp.compare_targets(plans["2016-2020"], plans["2026-2030"])
comparison.plot(lang="en")
print(comparison.caption(lang="en"))

# %%
# Each row has its sources.

comparison.lowered[["indicator", "old_value", "new_value", "unit", "ambition"]]
