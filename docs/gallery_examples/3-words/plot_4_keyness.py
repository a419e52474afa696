"""
Terms that came and went
========================

The terms that stand out most between two texts, to the right where the newer text uses them
more. The older plan is *constructed* from the fifth by known edits.
"""

import crossplan as cp

made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
terms = cp.compare_terms(made.plan, made.successor)
terms.plot(lang="en")
print(terms.caption(lang="en"))

# %%
# The measures behind the picture.

terms.table[["term", "old_count", "new_count", "log_ratio", "g2", "change"]].head(5).round(2)
