"""
Most frequent terms
===================

The terms of a plan by their rate. Stop words are left out of the picture and not out of the
total.
"""

import crossplan as cp

terms = cp.term_frequencies(cp.load_plan("2026-2030"))
terms.plot(lang="en")
print(terms.caption(lang="en"))

# %%
# Each count leads to its places.

cp.concordance(cp.load_plan("2026-2030"), "人权教育", width=12)
