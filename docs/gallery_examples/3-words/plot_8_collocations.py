"""
The company of a term
=====================

The words that stand beside a term, by logDice: 14 for words that never stand apart, and one
less for half as often.
"""

import crossplan as cp

company = cp.collocations(cp.load_plan("2026-2030"), "残疾人")
company.plot(lang="en")
print(company.caption(lang="en"))

# %%
# The counts behind the bars.

company.table[["collocate", "count", "collocate_count", "log_dice"]].head(5).round(2)
