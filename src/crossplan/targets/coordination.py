"""Names that share a head: 氮氧化物、挥发性有机物排放量 are two amounts of emission."""

import re

CONNECTED = re.compile(r"、|以及|和|及|与")
# What an indicator is of, and from where on coordinated names share it. A head begins
# with the first of these words.
HEAD = re.compile(
    r"患者|人群|儿童|妇女|老年人|残疾人|居民|职工|"
    r"排放总?量|排放|浓度|水质|产能|产量|增加值|总产值|出口|进口|补贴|标准|年出栏|"
    r"参保|覆盖|普及|筛查|治理|住房|健康|人均|比重|比例|占比"
)

# A name that ends so is whole, and shares no head: 能耗和二氧化碳排放.
WHOLE = re.compile(
    r"(?:率|能耗|[产总数重]量|人数|总额|总值|浓度|面积|占比|比例|比重|收入|支出|标准|强度|水平)$"
)


def coordinated(name: str, count: int | None = None) -> list[str]:
    """Give the names that a coordination stands for, each with the head they share.

    Parameters
    ----------
    name : str
        The indicator as the text words it.
    count : int, optional
        How many names there must be.

    Returns
    -------
    list of str
        The name alone where it cannot be told apart with certainty.

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
    if all(ending(part) == ending(last) for part in parts) or all(map(WHOLE.search, parts[:-1])):
        return parts
    shared = next(
        (
            last[head.start() :]
            for head in HEAD.finditer(last, 1)
            if not any(head.group() in part for part in parts[:-1])
        ),
        "",
    )
    if not shared:
        return [name]
    return [*(part + shared for part in parts[:-1]), last]


def ending(name: str) -> str:
    """Give the ending by which names of one kind know each other: 率, 人数."""
    return name[-1:] if name.endswith("率") else name[-2:]
