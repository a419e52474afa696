"""
One indicator through all plans
===============================

The targets for one indicator, the values reached, and the sources below.
"""

import crossplan as cp

targets = cp.trace_targets(cp.load_plans())
targets.plot_history("孕产妇死亡率", lang="en")
print(targets.caption("孕产妇死亡率", lang="en"))

# %%
# With Chinese labels.

targets.plot_history("孕产妇死亡率")
print(targets.caption("孕产妇死亡率"))
