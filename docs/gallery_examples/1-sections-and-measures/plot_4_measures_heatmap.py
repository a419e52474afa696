"""
Where the measures went
=======================

Rows are sections of the older plan, columns those of the newer one; the darker a field, the
more of the measures went from the one to the other. What lies off the diagonal moved. The
older plan is *constructed* from the fifth by known edits.
"""

import crossplan as cp

made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
measures = cp.compare_measures(made.plan, made.successor)
measures.heatmap(lang="en")
print(measures.caption("heatmap", lang="en"))

# %%
# The measures that moved to another section.

measures.moved[["old_id", "new_id", "old_section", "new_section", "status"]].head(5)
