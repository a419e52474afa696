"""
What stands together
====================

Terms that share sentences are joined; the thicker the line, the more they keep to each
other.
"""

import crossplan as cp

together = cp.cooccurrence(
    cp.load_plan("2026-2030"),
    ["妇女", "儿童", "老年人", "残疾人", "就业", "教育", "健康", "文化", "家庭", "学校", "权益"],
    minimum_count=2,
)
together.plot(lang="en")
print(together.caption(lang="en"))

# %%
# The pairs that keep to each other most. ``together.graph`` is the same as a graph of networkx,
# after ``pip install "crossplan[graph]"``.

together.table.head(5).round(2)
