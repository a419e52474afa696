"""The colours of documents and workbooks; the same as those of the page."""

INK = "222222"
INSERTED = "00603F"
DELETED = "A33C00"
QUIET = "5D5D5D"
LINE = "BFBFBF"
FAINT = "F2F2F0"
LINK = "005A94"
