"""
Where a plan speaks of what
===========================

Terms by section. Each row is shaded by itself, so that rare terms show as well.
"""

import crossplan as cp

terms = cp.term_frequencies(cp.load_plan("2026-2030"), by="section")
terms.plot_map(["人权", "法治", "就业", "健康", "教育", "妇女", "老年人", "残疾人"], lang="en")
print(terms.caption("map", lang="en"))

# %%
# The sections with the highest rates of one of them.

table = terms.table.query("term == '就业'").sort_values("rate", ascending=False)
table[["title", "count", "rate"]].head(5).round(1)
