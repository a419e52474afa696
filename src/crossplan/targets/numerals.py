"""Numbers as plans write them: 17.5, 1,200, 二十四点一, 三分之二, 一千五百."""

import unicodedata
from fractions import Fraction

DIGITS = "零〇一二两三四五六七八九"
TENS = "十百千"
MYRIADS = "万亿"
# Bounded, so that a page of digits takes no longer than one of words.
ARABIC = (
    r"(?<![0-9A-Za-z.])(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"(?![0-9.]*[0-9])"
)
# Without a digit it is no figure but a manner of speaking: 百县千镇, 千亿级, 万名.
CHINESE = (
    rf"(?<![{DIGITS}{TENS}{MYRIADS}])(?:[{DIGITS[2:]}]|十(?=[{DIGITS}]?[^{TENS}]))"
    rf"[{DIGITS}{TENS}]{{0,11}}(?:点[{DIGITS}]{{1,6}})?"
)
FRACTION = (
    rf"[{DIGITS}{TENS}{MYRIADS}]{{1,8}}分之"
    rf"(?:[{DIGITS}{TENS}]{{1,12}}(?:点[{DIGITS}]{{1,6}})?|[0-9]{{1,9}}(?:\.[0-9]{{1,6}})?)"
)


def read_number(printed: str) -> Fraction:
    """Give the value of a number, exactly.

    Parameters
    ----------
    printed : str
        In Arabic or Chinese numerals; what :data:`ARABIC`, :data:`CHINESE` or
        :data:`FRACTION` match.

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
        value += Fraction(digit_value(digit), 10**place)
    return value


def read_integer(printed: str) -> int:
    """Give the value of a whole number in Chinese numerals."""
    total = group = digit = 0
    positional = not any(character in TENS + MYRIADS for character in printed)
    for character in printed:
        value = digit_value(character)
        if character in MYRIADS:
            total, group, digit = (total + max(group + digit, 1)) * value, 0, 0
        elif character in TENS:
            group, digit = group + max(digit, 1) * value, 0
        else:
            digit = digit * 10 + value if positional else value
    return total + group + digit


def digit_value(character: str) -> int:
    """Give the value of one Chinese numeral; Unicode knows them all but one."""
    return 2 if character == "两" else int(unicodedata.numeric(character))
