"""Names of indicators: their scopes, and coordinated names that share a head."""

import re

CONNECTED = re.compile(r"、|以及|和|及|与")
# In 氮氧化物、挥发性有机物排放量 two amounts of emission share a head. The shared head of
# coordinated names begins with the first of these words.
_HEAD = re.compile(
    r"患者|人群|儿童|妇女|老年人|残疾人|居民|职工|"
    r"排放总?量|排放|浓度|水质|产能|产量|增加值|总产值|出口|进口|补贴|标准|年出栏|"
    r"参保|覆盖|普及|筛查|治理|住房|健康|人均|比重|比例|占比"
)

# A name with such an ending is complete and shares no head: 能耗和二氧化碳排放.
_WHOLE = re.compile(
    r"(?:率|能耗|[产总数重]量|人数|总额|总值|浓度|面积|占比|比例|比重|收入|支出|标准|强度|水平)$"
)


def coordinated(name: str, count: int | None = None) -> list[str]:
    """Split coordinated indicators into single names, each with the shared head.

    Parameters
    ----------
    name : str
        The indicator as the text words it.
    count : int, optional
        Number of names required.

    Returns
    -------
    list of str
        The names; only the original name where it cannot be split with certainty.

    Examples
    --------
    >>> coordinated("氮氧化物、挥发性有机物排放量")
    ['氮氧化物排放量', '挥发性有机物排放量']
    >>> coordinated("高血压、2型糖尿病患者基层规范管理服务率")
    ['高血压患者基层规范管理服务率', '2型糖尿病患者基层规范管理服务率']
    """
    parts = CONNECTED.split(name)
    if len(parts) == 1 or (count is not None and len(parts) != count):
        return [name]
    last = parts[-1]
    if all(_ending(part) == _ending(last) for part in parts) or all(map(_WHOLE.search, parts[:-1])):
        return parts
    shared = next(
        (
            last[head.start() :]
            for head in _HEAD.finditer(last, 1)
            if not any(head.group() in part for part in parts[:-1])
        ),
        "",
    )
    if not shared:
        return [name]
    return [*(part + shared for part in parts[:-1]), last]


def _ending(name: str) -> str:
    """Return the ending that names of one kind share: 率, 人数."""
    return name[-1:] if name.endswith("率") else name[-2:]


_SCOPES = re.compile(
    r"[0-9]+(?:[-—–至])?[0-9]*岁(?:及)?(?:以[上下])?|"
    r"全国|全省|全市|城乡|城镇|农村|城市|乡镇|县域|市辖区|"
    r"(?:中西部|东部|中部|西部|民族|边疆|贫困)地区|地级(?:及)?以上|"
    r"适龄|未达标|(?<=（)(?:城市|农村|县（市）|以乡镇为单位|现行下限|多数地区)(?=）)"
)

# The level of a growth rate is a change of what grows.
_GROWTH = re.compile(r"(?:增长率|增速|增幅|涨幅|降幅)$")
_IMPLIED = {"全国", "全省", "全市", "适龄", "地级以上", "地级及以上"}


def scope_of(indicator: str) -> str:
    """Return the words of an indicator that name a group of people or an area.

    Examples
    --------
    >>> scope_of("3岁以下婴幼儿入托率"), scope_of("儿童保健覆盖率（农村）"), scope_of("森林覆盖率")
    ('3岁以下', '农村', '')
    """
    return " ".join(match.group() for match in _SCOPES.finditer(indicator))


def comparable_scope(indicator: str) -> frozenset[str]:
    """Return the scope without words that are implied anyway, such as 全国."""
    return frozenset(scope_of(indicator).split()) - _IMPLIED


def is_growth(indicator: str) -> bool:
    """Return whether an indicator is a growth rate, whose level is a change.

    Examples
    --------
    >>> is_growth("居民消费价格涨幅"), is_growth("森林覆盖率")
    (True, False)
    """
    return bool(_GROWTH.search(indicator))
