"""Marks of Chinese sentences and clauses, and characters without blanks around them."""

import re
from collections.abc import Iterator

from crossplan.languages.scripts import HAN

FULL_STOP, COMMA = "。", "，"
SENTENCE_ENDS = (FULL_STOP, "！", "？")
_CLOSING_MARKS = "”’』」）)》"
# Words and marks that join the parts of a title.
JOINING = frozenset({"和", "与", "及", "以及", "、", COMMA})
# Marks that are not found inside titles.
TITLE_STOPS = "。；！？"
_CLAUSE_MARKS = "，。、；：！？"
IN_TITLE = re.compile(f"[{TITLE_STOPS}]")
ENDS_LINE = re.compile(r"[。；：！？…”’』」.;:!?]$")
PUNCTUATION = re.compile(f"[{_CLAUSE_MARKS}]")
SENTENCE_END = re.compile(f"[{TITLE_STOPS}…][{_CLOSING_MARKS}]*$")
CLAUSE = re.compile(
    f"[^{_CLAUSE_MARKS}]*[{_CLAUSE_MARKS}]+[{_CLOSING_MARKS}]*|[^{_CLAUSE_MARKS}]+$"
)
# A line, or a part of a changed text, does not begin with one of these.
NEVER_FIRST = frozenset(f"{_CLAUSE_MARKS}”’』」）》")
# Chinese has no blanks next to these characters.
WITHOUT_BLANKS = f"\u3001-\u301f{HAN}\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026\u2030"

_ENDS = "".join(SENTENCE_ENDS)
_SENTENCE = re.compile(f"[^{_ENDS}]*[{_ENDS}]+[{_CLOSING_MARKS}]*|[^{_ENDS}]+$")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of a text, which together cover the whole text.

    Examples
    --------
    >>> list(sentence_spans("完善制度。加强监督。"))
    [(0, 5), (5, 10)]
    """
    return (match.span() for match in _SENTENCE.finditer(text))
