"""Of whom, or of where, an indicator speaks."""

import re

SCOPES = re.compile(
    r"[0-9]+(?:[-—–至])?[0-9]*岁(?:及)?(?:以[上下])?|"
    r"全国|全省|全市|城乡|城镇|农村|城市|乡镇|县域|市辖区|"
    r"(?:中西部|东部|中部|西部|民族|边疆|贫困)地区|地级(?:及)?以上|"
    r"适龄|未达标|(?<=（)(?:城市|农村|县（市）|以乡镇为单位|现行下限|多数地区)(?=）)"
)

GOES_WITHOUT_SAYING = {"全国", "全省", "全市", "适龄", "地级以上", "地级及以上"}


def scope_of(indicator: str) -> str:
    """Give the words of an indicator that say of whom or of where it speaks.

    Examples
    --------
    >>> scope_of("3岁以下婴幼儿入托率"), scope_of("儿童保健覆盖率（农村）"), scope_of("森林覆盖率")
    ('3岁以下', '农村', '')
    """
    return " ".join(match.group() for match in SCOPES.finditer(indicator))


def comparable_scope(indicator: str) -> frozenset[str]:
    """Give the scope as far as it parts two indicators: 全国 goes without saying."""
    return frozenset(scope_of(indicator).split()) - GOES_WITHOUT_SAYING
