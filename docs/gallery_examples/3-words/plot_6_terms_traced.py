"""
Terms through all plans
=======================

Plans without text are grey: what they say is unknown, not nought. With texts of your own,
``cp.load_plans(folder="texts")`` fills the picture.
"""

import crossplan as cp

terms = cp.trace_terms(cp.load_plans(), ["人权", "法治", "就业", "数字*"])
terms.plot(lang="en")
print(terms.caption(lang="en"))

# %%
# Where each of them stands first and last, and of which plans that is not known.

terms.appearances.head()
