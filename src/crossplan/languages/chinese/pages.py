"""Patterns of page furniture on Chinese websites, and of damage in copied texts."""

import re
import tomllib

from crossplan.languages.chinese import text_beside
from crossplan.languages.chinese.numerals import COUNTING, NOUGHT, ONE_TO_NINE, WIDE_FIGURES
from crossplan.languages.scripts import HAN

_NUMERAL = f"(?:[{COUNTING}]{{1,8}}|[0-9{WIDE_FIGURES}]{{1,8}})"
_DIGIT = rf"[\d{ONE_TO_NINE}十{NOUGHT}]"
_OPENING = r"[\s【\[（(|·•>@]*"
_CLOSING = r"[\s【】\[\]（）()|·•>：:/]*"


def _words_of(kind: str) -> str:
    """Return the words of one kind in ``furniture.toml`` as alternatives of a pattern."""
    words = tomllib.loads(text_beside("furniture.toml"))[kind]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Characters that look like others, and remains of converters and scripts.
WIDE_CHARACTERS = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]|(?<=[０-９0-9])．(?=[０-９0-9])")
EDIT_MARK = re.compile(
    r"\s*[\[［]\s*(?:编辑|編輯|edit)\s*(?:源代码|原始碼)?\s*[\]］]|^(?:编辑|編輯)$"
)
WEB_ADDRESS = re.compile(r"(?:文章源自[^\s。，；]{0,12}?[-—:：]?)?https?://[!-~]+")
DEBRIS = re.compile(r"^[@#>\s]{1,6}(?=[—━―－–-]{2})")
TRADITIONAL_QUOTES = str.maketrans("「」『』", "“”‘’")
DASHES = str.maketrans(dict.fromkeys("－—–―─━‐-", "-"))
EXPECTED = re.compile(
    f"[{HAN}\n -~\u3000-\u3003\u3007\u3008-\u3011\u3014-\u3017\uff01-\uff5e"
    "·—―━–－‘’“”…‰℃×№①-⑳Ⅰ-Ⅻ㎡㎞]"
)
FIGURE = re.compile(r"[0-9０-９%％‰]")
WORD = re.compile(f"[{HAN}A-Za-z0-9０-９%％‰]")
# From the last Chinese character or closing mark to the end of the line.
LATIN_TAIL = re.compile(f"(?<=[{HAN}，。；：、！？）》])[”’…%]*([^{HAN}，。；：、！？）》]*)$")

# Text after and before titles.
TITLE_REMARK = re.compile(r"\s*[（(【\[][^（）()【】\[\]]{1,40}[）)】\]]$")
TITLE_PAGE_NUMBER = re.compile(r"[\s.…·・]*\d{1,3}$")
ENUMERATOR = re.compile(rf"^(?:[（(]?{_NUMERAL}[）)、.．]|第{_NUMERAL}[章节]|\d+(?:\.\d+)*\s)?\s*")
# A line with a date, which may name the place; and the end of an announcement.
TITLE_DATE = re.compile(
    rf"^\(?{_DIGIT}{{2,4}}年{_DIGIT}{{1,3}}月(?:{_DIGIT}{{1,3}}日)?\)?"
    r"(?:[·.、,于於]?北京市?)?$"
)
YEAR = "年"
FULL_TEXT = re.compile(r"全文(?:如下)?[:：]?$")
# References of newspapers to another page.
JUMP = re.compile(r"^[（(]?(?:下转|上接)第.{1,6}[版页][）)]?$")

# Text around the article of a page.
INDENTS = ("\u3000\u3000", "  ", "\t")
PAGE_DATE = re.compile(r"^\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:[\s\d:：时分]|来源.*|[|].*)*$")
FURNITURE = re.compile(f"{_OPENING}(?:{_words_of('always')})", re.IGNORECASE)
FURNITURE_LINE = re.compile(f"^{_OPENING}(?:(?:{_words_of('whole')}){_CLOSING})+$", re.IGNORECASE)
_PAGER_WORDS = (
    r"(?:上一页|下一页|上页|下页|首页|尾页|末页|前一页|后一页|共|第|页|Previous|Next|Page|of)"
)
PAGER = re.compile(
    rf"^(?=.*(?:页|Page|Next|\d\D+\d|[-—–―·<>\[(（]))(?:{_PAGER_WORDS}|[\s\d\[\]【】（）()<>«»‹›|/:：·…—–―-])+$",
    re.IGNORECASE,
)
FIGURES_AND_BRACKETS = re.compile(r"[\d\s()（）\[\]【】-]+")
BRACKETS = "[]【】()（） "
NEXT_PAGE = re.compile(
    r"^[<>«»‹›【\[\s]*(?:下一?[页頁]|[后後]一?[页頁]|next(?:page)?|>{1,2}|»|›)[>»›\]】\s]*$",
    re.IGNORECASE,
)
COLON = re.compile(r"[：:]$")

# In wikitext: prefixes of links that are not shown, and names of templates for notes.
SORTING_LINK = re.compile(
    r"^(?:file|image|media|category|文件|檔案|图像|圖像|分类|分類)\s*:", re.IGNORECASE
)
REMARKS = {"*", "注", "註", "ref", "efn", "另", "gap"}
