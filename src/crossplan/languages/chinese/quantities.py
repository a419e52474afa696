"""Figures in running text: a number, its unit, and the words that qualify it."""

import re
from functools import cache

from crossplan.languages.chinese.numerals import ARABIC, CHINESE, FRACTION, read_number
from crossplan.languages.language import Comparator, Quantity
from crossplan.languages.units import MAGNITUDE, known_units
from crossplan.thresholds import Threshold

BEFORE: dict[str, Comparator] = {
    "不少于": ">=",
    "不低于": ">=",
    "不小于": ">=",
    "至少": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "不多于": "<=",
    "不大于": "<=",
    "最多": "<=",
    "超过": ">",
    "高于": ">",
    "多于": ">",
    "大于": ">",
    "突破": ">",
    "超": ">",
    "逾": ">",
    "低于": "<",
    "少于": "<",
    "小于": "<",
    "大约": "~",
    "将近": "~",
    "约": "~",
    "近": "~",
}
AFTER: dict[str, Comparator] = {
    "及以上": ">=",
    "以上": ">=",
    "及以下": "<=",
    "以下": "<=",
    "以内": "<=",
    "之内": "<=",
    "左右": "~",
    "上下": "~",
}
# 至少 also qualifies a figure after a verb: 每校至少配备1名.
_FLOOR = re.compile(r"(?:至少|不少于)[^，；。、0-9]{1,6}$")
FLOOR_REACH: Threshold[int] = 10
# Digits and signs of full width, as some copies print them.
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_MORE = "多余"
_THROUGH = r"[-－—–~～]|至|到"
_NUMERALS = "零一二三四五六七八九十百"
# Names, ordinals and times that look like figures. Lengths are limited, so that a page of
# digits takes no longer than one of words.
_NOT_A_FIGURE = re.compile(
    r"“[^”]{0,200}”|《[^》]{0,200}》|〔[^〕]{0,40}〕"
    rf"|第[0-9{_NUMERALS}]{{1,9}}(?:[至—、-][0-9{_NUMERALS}]{{1,9}})?"
    r"|(?<![0-9.])(?:19|20)[0-9]{2}(?:年度?)?[至—–－~-](?:19|20)?[0-9]{2}(?:年度?)?(?![0-9%])"
    r"|(?<![0-9.])(?:19|20)[0-9]{2}年"
    r"|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}时[0-9]{1,2}分"
    rf"|(?<![0-9{_NUMERALS}])[0-9{_NUMERALS}]{{1,9}}(?:周年|型|号|级|届|版|审|期叠加|·|:)"
    r"|(?:56|五十六)个民族|一二三次?产业"
    r"|(?<![0-9.])[0-9]\.0(?=版|方案|建设|时代|工程|行动)"
    r"|(?<![A-Za-z])[A-Za-z]{1,12}-?[0-9]{1,9}(?:\.[0-9]{1,9})?[A-Za-z]{0,12}"
    r"|(?<![0-9.])[0-9.]{1,12}(?:[GgKkDdPX]|[A-Z]{3,9})(?![Bb])"
    r"|(?<![0-9])[0-9]{1,9}\+[0-9]{1,9}|\[[0-9]{1,3}\]"
    r"|(?<![0-9.])[0-9.]{1,12}[∶:](?:[0-9.]{1,12})?"
    r"|(?:^|(?<=\s))(?:[0-9]{1,3}[.．、]|（[0-9]{1,3}）)(?![0-9])"
)


def find_quantities(text: str) -> list[Quantity]:
    """Find all figures of a text, from left to right, whether targets or not.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Quantity

    Examples
    --------
    >>> [(q.value, q.upper, q.unit, q.comparator)
    ...  for q in find_quantities("增长6%－6.5%，约17.5万公里，百分之二十四点一，12/10万以下")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(6.0, 6.5, '%', 'range'), (17.5, None, '万公里', '~'), (24.1, None, '%', None),
     (12.0, None, '/10万', '<=')]
    """
    narrow = text.translate(_NARROW)
    masked = _NOT_A_FIGURE.sub(lambda match: "\0" * len(match.group()), narrow)
    return [quantity for match in _figure().finditer(masked) if (quantity := _read(match))]


def _read(match: re.Match[str]) -> Quantity | None:
    """Read a match of :func:`_figure`; a Chinese numeral needs a unit to be a figure."""
    lower, upper = match["number"], match["upper"]
    chinese = not lower[0].isascii()
    unit = (match["magnitude"] or "") + (match["unit"] or "")
    bound = _binding(match)
    fraction = "分之" in lower
    if not unit and (upper or (chinese and not fraction)):
        return None
    # As an article, 一 is not a count: 设立一个, 办好一所. With 至少 it is.
    if lower == "一" and bound is None:
        return None
    value = read_number(lower)
    if lower.startswith("百分之"):
        value, unit = value * 100, "%"
    return Quantity(
        value=float(value),
        upper=float(read_number(upper)) if upper else None,
        unit=unit,
        comparator="range" if upper else bound,
        start=match.start("number"),
        end=max(match.end(name) for name in ("number", "upper", "magnitude", "unit")),
        first=match.start(),
        last=match.end(),
        spelled=chinese,
    )


def _binding(match: re.Match[str]) -> Comparator | None:
    """Return the comparator that the words around a figure express."""
    if match["after"]:
        return AFTER[match["after"]]
    if match["before"]:
        return BEFORE[match["before"]]
    if _FLOOR.search(match.string, max(0, match.start() - FLOOR_REACH), match.start()):
        return ">="
    return ">" if match["more"] or match["more_after"] else None


@cache
def _figure() -> re.Pattern[str]:
    """Return the pattern of a figure with the words around it."""
    number = rf"{FRACTION}|{ARABIC}|{CHINESE}"
    units = "|".join(sorted(map(re.escape, filter(None, known_units())), key=len, reverse=True))
    unit = rf"(?:{units})(?:/[^\s，。；、！？以左之（）和]{{1,6}})?"
    return re.compile(
        rf"(?:(?P<before>{'|'.join(BEFORE)})[也要有]{{0,3}})?"
        rf"(?P<number>{number})"
        rf"(?:(?:{MAGNITUDE})?(?:{unit})?(?:{_THROUGH})(?P<upper>{ARABIC}|{CHINESE}))?"
        rf"(?P<more>[{_MORE}])?(?P<magnitude>{MAGNITUDE})?(?P<more_after>[{_MORE}])?"
        rf"(?P<unit>{unit})?"
        rf"(?P<after>{'|'.join(AFTER)})?"
    )
