"""Describe targets in words, for tables and figures."""

import re

from crossplan.labels import Language
from crossplan.model import Target
from crossplan.targets.change import Ambition, Change, Outcome, Reason
from crossplan.targets.links import Identity

_SIGNS = {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈", "range": ""}
_ARROWS = {"up": "↑", "down": "↓", "hold": "→"}
CHANGE_WORDS: dict[Change, dict[str, str]] = {
    "raised": {"zh": "调高", "en": "raised"},
    "lowered": {"zh": "调低", "en": "lowered"},
    "held": {"zh": "不变", "en": "held"},
    "new": {"zh": "新增", "en": "new"},
    "dropped": {"zh": "不再出现", "en": "dropped"},
    "replaced": {"zh": "指标更换", "en": "replaced"},
    "not comparable": {"zh": "不可比", "en": "not comparable"},
    "unknown": {"zh": "未知", "en": "unknown"},
}
AMBITION_WORDS: dict[Ambition, dict[str, str]] = {
    "stronger": {"zh": "更进一步", "en": "stronger"},
    "same": {"zh": "持平", "en": "same"},
    "weaker": {"zh": "有所放松", "en": "weaker"},
    "unknown": {"zh": "无从判断", "en": "not judged"},
}
_EVIDENCE_WORDS = {
    "text": {"zh": "正文", "en": "text"},
    "plan_text": {"zh": "计划原文页", "en": "page with the plan"},
    "official_report": {"zh": "官方报告", "en": "official report"},
    "press_report": {"zh": "新闻报道", "en": "press report"},
}
_CONFIDENCE_WORDS = {
    "high": {"zh": "可信度高", "en": "high confidence"},
    "medium": {"zh": "可信度中", "en": "medium confidence"},
}
_DETAIL_WORDS = {
    "level": "水平",
    "change": "增减",
    "output": "产出",
    "up": "增",
    "down": "减",
    "hold": "保持",
    "a number": "纯数字",
    " years from base to deadline": " 年（自基期至期限）",
    " years": " 年",
}
_ENGLISH = re.compile("|".join(sorted(_DETAIL_WORDS, key=len, reverse=True)))
REASON_WORDS: dict[Reason, str] = {
    "level against change": "一为水平，一为增减",
    "other unit": "单位不同",
    "unknown unit": "单位不明",
    "other scope": "范围不同",
    "other base year": "基期不同",
    "periods of different length": "计划期长短不同",
    "other direction": "方向不同",
    "a range that holds the other": "一区间含另一区间",
    "another indicator took its place": "已由另一指标取代",
    "no text of the older plan at hand": "前期计划正文未收录",
    "no text of the newer plan at hand": "后期计划正文未收录",
    "no plan before": "此前没有计划",
}


def _comparator_sign(comparator: str) -> str:
    """Return the sign before a figure; empty for an exact figure."""
    return _SIGNS[comparator]


def number_words(value: float) -> str:
    """Write a number without needless zeros.

    Examples
    --------
    >>> number_words(18.0), number_words(14.9)
    ('18', '14.9')
    """
    return f"{value:.10g}"


def figure_words(target: Target) -> str:
    """Write the figure of a target without its unit: ``≤18``, ``6–6.5``."""
    value = number_words(target.value)
    if target.value_upper is not None:
        value += f"–{number_words(target.value_upper)}"
    return _comparator_sign(target.comparator) + value


def target_words(target: Target) -> str:
    """Write a target as figures and signs: ``≤18/10万``, ``↓10%``, ``↑6–6.5%``."""
    arrow = _ARROWS[target.direction] if target.direction else ""
    return f"{arrow}{figure_words(target)}{target.unit}"


def indicator_name(identity: Identity, lang: Language) -> str:
    """Return the name of an indicator; the Chinese one where there is no English one."""
    return identity.name_en if lang == "en" and identity.name_en else identity.name


def evidence_words(target: Target, lang: Language) -> str:
    """Return the evidence and confidence of a curated target; empty for one read from text.

    Words that have no translation are returned unchanged.
    """
    if target.measure:
        return ""
    words = (_EVIDENCE_WORDS, target.evidence), (_CONFIDENCE_WORDS, target.confidence)
    found = [known.get(word, {}).get(lang, word) for known, word in words]
    return ("，" if lang == "zh" else ", ").join(filter(None, found))


def detail_words(outcome: Outcome, lang: Language) -> str:
    """Return the features in which two targets differ, in words."""
    if lang == "en":
        return outcome.detail
    return _ENGLISH.sub(lambda found: _DETAIL_WORDS.get(found[0], found[0]), outcome.detail)


def outcome_words(target: Target) -> str:
    """Write the value reached; empty where no source reports it."""
    return "" if target.outcome is None else f"{number_words(target.outcome)}{target.unit}"
