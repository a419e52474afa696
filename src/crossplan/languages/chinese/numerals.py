"""Numbers as printed in plans: 17.5, 1,200, 二十四点一, 三分之二, 一千五百."""

import re
import unicodedata
from fractions import Fraction

_DIGITS = "零〇一二两三四五六七八九"
_TENS = "十百千"
_MYRIADS = "万亿"
# Characters of the numerals of headings and dates.
ONE_TO_NINE = "一二三四五六七八九"
NOUGHT = "〇○零"
COUNTING = f"{ONE_TO_NINE}十百{NOUGHT}"
WIDE_FIGURES = "０-９"
# A figure that may be changed: not part of a date or an age, and not a year.
CHANGEABLE = re.compile(
    r"(?<![0-9./])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]+(?:\.[0-9]+)?(?![0-9.年月日岁])"
)
# Characters of words that are numbers, in addition to the digits of any script.
_OF_NUMBERS = frozenset(f"{_DIGITS}{_TENS}{_MYRIADS}.-%")
# Lengths are limited, so that a page of digits takes no longer than one of words.
ARABIC = (
    r"(?<![0-9A-Za-z.])(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"(?![0-9.]*[0-9])"
)
# Without a digit it is a figure of speech, not a number: 百县千镇, 千亿级, 万名.
CHINESE = (
    rf"(?<![{_DIGITS}{_TENS}{_MYRIADS}])(?:[{_DIGITS[2:]}]|十(?=[{_DIGITS}]?[^{_TENS}]))"
    rf"[{_DIGITS}{_TENS}]{{0,11}}(?:点[{_DIGITS}]{{1,6}})?"
)
FRACTION = (
    rf"[{_DIGITS}{_TENS}{_MYRIADS}]{{1,8}}分之"
    rf"(?:[{_DIGITS}{_TENS}]{{1,12}}(?:点[{_DIGITS}]{{1,6}})?|[0-9]{{1,9}}(?:\.[0-9]{{1,6}})?)"
)


def read_number(printed: str) -> Fraction:
    """Return the value of a number, exactly.

    Parameters
    ----------
    printed : str
        Number in Arabic or Chinese numerals that matches :data:`ARABIC`, :data:`CHINESE`
        or :data:`FRACTION`.

    Returns
    -------
    Fraction

    Examples
    --------
    >>> [str(read_number(n)) for n in ("1,200", "17.5", "二十四点一", "两千零三", "三分之二")]
    ['1200', '35/2', '241/10', '2003', '2/3']
    """
    whole, of, part = printed.partition("分之")
    if of:
        return read_number(part) / read_number(whole)
    if printed[0].isascii():
        return Fraction(printed.replace(",", ""))
    integer, _, decimals = printed.partition("点")
    value = Fraction(read_integer(integer))
    for place, digit in enumerate(decimals, start=1):
        value += Fraction(_digit_value(digit), 10**place)
    return value


def read_integer(printed: str) -> int:
    """Return the value of a whole number in Chinese numerals."""
    total = group = digit = 0
    positional = not any(character in _TENS + _MYRIADS for character in printed)
    for character in printed:
        value = _digit_value(character)
        if character in _MYRIADS:
            total, group, digit = (total + max(group + digit, 1)) * value, 0, 0
        elif character in _TENS:
            group, digit = group + max(digit, 1) * value, 0
        else:
            digit = digit * 10 + value if positional else value
    return total + group + digit


def _digit_value(character: str) -> int:
    """Return the value of one Chinese numeral; all but two are in Unicode."""
    return {"两": 2, "○": 0}.get(character) or int(unicodedata.numeric(character, 0))


def read_numeral(printed: str) -> int:
    """Return the value of the numeral of a heading, in figures or in Chinese.

    Examples
    --------
    >>> [read_numeral(printed) for printed in ("二十三", "十", "12", "一百零二", "二〇")]
    [23, 10, 12, 102, 20]
    """
    return int(printed) if printed.isdecimal() else read_integer(printed)


def written(number: int) -> str:
    """Write a number from 1 to 99 in Chinese numerals, as headings do.

    Examples
    --------
    >>> [written(number) for number in (3, 10, 12, 20, 34)]
    ['三', '十', '十二', '二十', '三十四']
    """
    tens, units = divmod(number, 10)
    numerals = f"零{ONE_TO_NINE}"
    return (
        (numerals[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (numerals[units] if units else "")
    )


def in_figures(printed: str) -> str:
    """Write a sequence of Chinese digits in Arabic figures.

    Examples
    --------
    >>> in_figures("二〇一二")
    '2012'
    """
    return "".join(str(_digit_value(character)) for character in printed)


def is_number(word: str) -> bool:
    """Return whether a word is a number, in figures or in Chinese.

    Examples
    --------
    >>> [word for word in ["2030", "8.5%", "三百", "第三", "PM2.5"] if is_number(word)]
    ['2030', '8.5%', '三百']
    """
    return all(character in _OF_NUMBERS or character.isdecimal() for character in word)
