"""Words that make a figure a target: verbs of reaching, change and production."""

import re

from crossplan.languages.language import Comparator, Direction

REACHING: dict[str, Comparator] = {
    "达到": "=",
    "达": "=",
    "保持在": "=",
    "稳定在": "=",
    "维持在": "=",
    "恢复到": "=",
    "定在": "=",
    "在": "=",
    "升至": "=",
    "升到": "=",
    "控制在": "<=",
    "不少于": ">=",
    "不低于": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "低于": "<",
    "少于": "<",
    "高于": ">",
    "超过": ">",
    "超": ">",
    "突破": ">",
    "为": "=",
    "按": "=",
}
UP = ("提高", "提升", "增加", "增长", "上升", "扩大", "新增", "增")
_DOWN = ("下降", "降低", "减少", "压减", "缩小", "缩短", "缩减", "压缩", "精简", "降")
# 减少农村贫困人口1000万以上: the verb before its noun.
LEADING_CHANGE = re.compile(r"(?P<change>减少|增加|降低|提高)(?P<noun>.{2,})$")
# 比去年高0.2个百分点: these words express a change only after a comparison.
COMPARED: dict[str, Direction] = {
    "高": "up",
    "多": "up",
    "快": "up",
    "低": "down",
    "少": "down",
}
# Longer verbs before their beginnings: 新建改造 before 新建.
_MAKING = (
    "建设改造|新建改造|新建和改造提升|新建和加密建设|改造升级|改造提升|改造完工|升级改造|更新改造|"
    "新开工改造|开工改造|新改建|新集聚|新开工|开工建设|新建、改扩建|新（改）建|新建改建|改扩建|"
    "建设提升|提升建设|整合提升|盘活|"
    "建设|建成|新建|新增|新设|新培育|新创建|改造|修复|治理|拆除|打通|"
    "完成|支持|推动|推进|实施|开展|举办|培育|培养|培训|打造|创建|组建|设立|布局|"
    "提供|发放|安排|筹集|投入|减负|引育|引入|引进|招收|招引|招录|扩招|资助|惠及|带动|帮扶|提速|"
    "压减|淘汰|退出|减少|争取|取得|形成|建好|抓好|开发|开行|吸纳|募集|选送|新签|新认定|新开发|设置|开工|增加|发行|拿出"
)
MAKES = re.compile(_MAKING)
KEEPS = re.compile("守住|守牢|坚守")
HAS = re.compile(r"(?:至少)?(?P<verb>配备|拥有|配置)有?$")

EVERY = "分别|均|都"
# Adverbs that may precede the verb: 年均增长, 总体保持在.
MANNER = (
    "力争|努力|总体|总共|合计|累计|基本|平均|至少|也|要|(?<![人户日月年])均|(?<!首)都|分别|全部|稳步|逐步|"
    "继续|持续|年均|平均每年|每年|全年|年内|月均|日均|实际|同比|再|拟|有|约"
)
RECURRENCE = re.compile(r"(?:平均)?每(?:年|月|天|日|周)|年均|月均|日均")

_LEVEL_VERB = "|".join(
    sorted(
        (
            *REACHING,
            *(f"{verb}{to}" for verb in (*UP, *_DOWN, "下调", "上调") for to in ("到", "至")),
        ),
        key=len,
        reverse=True,
    )
)
_CHANGE_VERB = "|".join(sorted((*UP, *_DOWN), key=len, reverse=True))
# The words immediately before a figure.
GOVERNED = re.compile(
    rf"(?P<manner>(?:{MANNER})*)"
    rf"(?:(?P<level>{_LEVEL_VERB})|(?P<change>{_CHANGE_VERB})|(?P<compared>[{''.join(COMPARED)}]))$"
)
COMPARISON = re.compile(
    r"(?P<base>(?:比|较)(?:[12][0-9]{3}年)?[^，；。比较、]{0,14}?)"
    rf"(?:{MANNER})*(?=(?:{_CHANGE_VERB}|[{''.join(COMPARED)}])$)"
)
# 增速高于全省平均2个百分点, 标准不低于最低生活保障标准的1.6倍.
ABOVE = {"高于", "快于"}
BEYOND = re.compile(r"(?P<word>高于|快于|低于|慢于)[^，；]*$")
TIMES_AS_MUCH = re.compile(
    r"(?P<word>不低于|不少于|不高于|不超过|高于|超过|低于|达到|相当于)[^，；]+的$"
)
STRIVING = re.compile(r"(?:力争|争取|努力争取)(?:达到)?$")
MADE_HERE = re.compile(rf"(?:{_MAKING})$")
TO_BE_DONE = re.compile(r"完成|实施|推进|开展")
FROM = re.compile(r"(?:从|由|自)[^，；。从由]{0,16}$")
# Words that introduce an indicator without being part of it.
INTRODUCTION = re.compile(
    r"^(?:[\s、和及与并且（—－·•-]|安排、|以及|同时|其中|另外|此外|"
    r"努力使|努力实现|力争使|力争|争取|努力|尽快|确保|保证|保障|推动实现|推动|促进|促使|引导|实现|使得?|"
    r"继续|进一步|稳步|积极|全力|着力|加快|预计|计划|拟|今年再?|全年再?|年内|明年|今后五年|"
    r"(?:平均)?每(?:年|月)(?!人)|到?(?:本世纪中叶|期末)|"
    r"到?(?<![0-9])(?:19|20)[0-9]{2}年(?:底|末|前|时)?|"
    r"到(?=[0-9])|在(?=[^，]{0,4}$)|要|将|把)+"
)
ENDING = re.compile(r"(?:的|[设确]?定|初步|确保|力争|争取|要|拟?安排|规模拟|拟|已|也|可|各)+$")
# Phrases with these endings are not the indicator of a figure without a verb.
OPEN_ENDED = re.compile(
    r"(?:(?<![占之])比|[在于从由第至到每满和与及将把对以向的了是为按过近有共]|连续|先后|前|仅)$"
)
