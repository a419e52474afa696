"""
Indicators that several plans share
===================================

Steps are targets over the years of a plan; open diamonds are the values reached, where a
source tells them; dotted lines pass over plans of which the figure is not known.
"""

import crossplan as cp

targets = cp.trace_targets(cp.load_plans())
targets.plot(lang="en")
print(targets.caption(lang="en"))

# %%
# The figures behind the first of them, each with its source.

first = targets.shared["standard_name"].iloc[0]
rows = targets.shared.query("standard_name == @first")
rows[["plan", "comparator", "value", "unit", "change", "outcome", "source"]]
