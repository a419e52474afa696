"""The columns that a reviewer's decisions bring into a table."""

from crossplan.tables import Column

TO_REVIEW = Column(
    "bool",
    "是否宜复核：规则把握不足，应由读者判断。",
    "Whether the rule is not sure, so that a reader should look.",
    required=True,
)
NOTE = Column("string", "复核者的说明。", "What the reviewer noted.")
INITIALS = Column(
    "string", "裁定此行的复核者姓名缩写。", "Initials of the reviewer who decided the row."
)
