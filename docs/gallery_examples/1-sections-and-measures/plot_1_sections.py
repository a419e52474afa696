"""
Sections through all plans
==========================

Each column is a plan, each bar a chapter or section, and a line leads to what it became.
"""

import crossplan as cp

plans = cp.load_plans()
sections = cp.trace_sections(plans)
sections.plot(lang="en")
print(sections.caption(lang="en"))

# %%
# The same with Chinese labels, which is what you get if you do not ask.

sections.plot()
print(sections.caption())

# %%
# What stands behind a line is a row of the table. These sections were given another title in
# 2026; ``sections.explain(id)`` tells what speaks for a pair.

renamed = sections.renamed.query("new_id.str.startswith('2026-2030/')")
renamed[["old_title", "new_title", "score"]].round(1)
