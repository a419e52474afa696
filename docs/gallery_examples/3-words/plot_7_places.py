"""
Where in the text a term stands
===============================

Each stroke is a place. A term that stands in one section only looks unlike one that runs
through the whole plan, at the same count.
"""

import crossplan as cp

places = cp.concordance(cp.load_plan("2026-2030"), ["人权", "法治", "就业", "残疾人"])
places.plot(lang="en")
print(places.caption(lang="en"))

# %%
# A few of the places.

places.table[["left", "match", "right", "passage_id"]].head(5)
