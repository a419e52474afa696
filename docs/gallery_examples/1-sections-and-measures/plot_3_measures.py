"""
Measures that went on, came and went
====================================

For each section of the newer plan: how many of its measures were kept, revised, merged,
split, or have no predecessor. The older plan is *constructed* from the fifth by known edits.
"""

import crossplan as cp

made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
measures = cp.compare_measures(made.plan, made.successor)
measures.plot(lang="en")
print(measures.caption(lang="en"))

# %%
# What was put in and struck out of one measure.

measures.redline("2026-2030/1.5/2")
