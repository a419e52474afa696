"""What became of headings and measures, in the words of figures and reports."""

from crossplan.matching.measure_links import Status
from crossplan.matching.section_links import Relation

RELATION_WORDS: dict[Relation, dict[str, str]] = {
    "kept": {"zh": "题名未变", "en": "same title"},
    "renamed": {"zh": "更名", "en": "renamed"},
    "merged": {"zh": "合并", "en": "merged"},
    "split": {"zh": "拆分", "en": "split"},
    "new": {"zh": "无前身", "en": "no predecessor"},
    "dropped": {"zh": "无后继", "en": "no successor"},
}
STATUS_WORDS: dict[Status, dict[str, str]] = {
    "new": {"zh": "新增", "en": "new"},
    "dropped": {"zh": "不再出现", "en": "dropped"},
    "revised": {"zh": "修改", "en": "revised"},
    "merged": {"zh": "合并", "en": "merged"},
    "split": {"zh": "拆分", "en": "split"},
    "kept": {"zh": "未改", "en": "kept"},
}
STATUSES = ("kept", "revised", "merged", "split", "new", "dropped", "revived")

OF_EACH = 4
