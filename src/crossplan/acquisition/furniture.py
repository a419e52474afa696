"""What stands on pages beside a plan: menus, dates, links, footers."""

import re
import tomllib
from importlib.resources import files

OPENING = r"[\s【\[（(|·•>@]*"
CLOSING = r"[\s【】\[\]（）()|·•>：:/]*"
DATE = re.compile(r"^\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:[\s\d:：时分]|来源.*|[|].*)*$")


def words_of(kind: str) -> str:
    """Give the words of ``furniture.toml`` of a kind as alternatives of a pattern."""
    file = files("crossplan.acquisition").joinpath("furniture.toml")
    words = tomllib.loads(file.read_text(encoding="utf-8"))[kind]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


ALWAYS = re.compile(f"{OPENING}(?:{words_of('always')})", re.IGNORECASE)
WHOLE = re.compile(f"^{OPENING}(?:(?:{words_of('whole')}){CLOSING})+$", re.IGNORECASE)
PAGER_WORDS = (
    r"(?:上一页|下一页|上页|下页|首页|尾页|末页|前一页|后一页|共|第|页|Previous|Next|Page|of)"
)
PAGER = re.compile(
    rf"^(?=.*(?:页|Page|Next|\d\D+\d|[-—–―·<>\[(（]))(?:{PAGER_WORDS}|[\s\d\[\]【】（）()<>«»‹›|/:：·…—–―-])+$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[。；！？…][”’』」）)》]*$")
SHORTEST_PROSE = 12
# A paragraph may announce what follows.
COLON = re.compile(r"[：:]$")


def is_furniture(line: str) -> bool:
    """Tell whether a line is known not to be a plan's.

    Examples
    --------
    >>> is_furniture("责任编辑：张三"), is_furniture("上一页 1 [2] 3 下一页")
    (True, True)
    >>> is_furniture("加大草原保护力度"), is_furniture("相关部门要")
    (False, False)
    """
    stripped = line.strip()
    return any(pattern.match(stripped) for pattern in (PAGER, ALWAYS, WHOLE, DATE))


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends a sentence."""
    return bool(SENTENCE_END.search(line.strip()))


def is_prose(line: str) -> bool:
    """Tell whether a line is long enough to be a paragraph, and ends like one."""
    stripped = line.strip()
    ends = ends_sentence(stripped) or bool(COLON.search(stripped))
    return len(stripped) >= SHORTEST_PROSE and ends
