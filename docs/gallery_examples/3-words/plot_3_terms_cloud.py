"""
A cloud of terms
================

Sizes are hard to compare by eye: for a finding, use the bars or the table. The cloud needs
``pip install "crossplan[cloud]"``.
"""

import crossplan as cp

terms = cp.term_frequencies(cp.load_plan("2026-2030"))
terms.plot_cloud(lang="en")
print(terms.caption("cloud", lang="en"))

# %%
# The same as a table.

terms.table[["term", "count", "rate"]].head(5).round(1)
