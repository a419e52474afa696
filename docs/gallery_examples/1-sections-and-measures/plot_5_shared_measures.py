"""
Which measures any two plans share
==================================

Each plan stands in a row and in a column; the darker a field, the more of their measures the
two have in common. All plans but the last are *constructed* from the fifth by known edits,
others for each.
"""

import crossplan as cp

fifth = cp.load_plan("2026-2030")
made = [cp.evaluation.construct_predecessor(fifth, seed).plan for seed in range(1, 4)]
shared = cp.any_plan.compare_all_measures(cp.Corpus([*made, fifth]))
shared.plot(lang="en")
print(shared.caption(lang="en"))

# %%
# The numbers behind two of the fields.

shared.by_plans.head(2)
