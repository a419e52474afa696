"""
Rates in two texts
==================

Each term is a point: how often the older text has it, and how often the newer one. What lies
on the diagonal did not change. The older plan is *constructed* from the fifth by known edits.
"""

import crossplan as cp

made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
terms = cp.compare_terms(made.plan, made.successor)
terms.plot_rates(lang="en")
print(terms.caption("rates", lang="en"))

# %%
# How many terms came, went, rose and fell.

terms.table["change"].value_counts().to_frame()
