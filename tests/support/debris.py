"""What copying does to a text: each function takes paragraphs and gives spoilt ones.

They can be put one into another, and the result be dressed as any page or file.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import count

from dresses import body_start, kind_of, mark_of, placeholder

# Of the last two, one has a blank before the bracket's end, and one has no tone.
READINGS = {"权": "quán", "发": "fā", "计": "jì", "实": "shí", "会": "huì ", "动": "dong"}
EVERY = 3
ADDRESS = "文章源自构造网-https://mirror.example/12089.html"
SPAM = (
    "构造的广告：某某家具，全场五折，欢迎选购。",
    "一、本店地址：构造路1号；二、电话：000-0000",
    "——点击此处领取构造的优惠券——",
)
SENTENCE = re.compile(r"[^。]+。[”’」』）]?|[^。]+$")


def with_pinyin(paragraphs: Sequence[str]) -> list[str]:
    """Put a reading in brackets behind each third of some characters: 权(quán)."""
    turn = count(1)

    def read(match: re.Match[str]) -> str:
        reading = f"({READINGS[match[0]]})" if next(turn) % EVERY == 0 else ""
        return match[0] + reading

    pattern = re.compile("|".join(READINGS))
    return [pattern.sub(read, line) for line in paragraphs]


def with_spam(paragraphs: Sequence[str]) -> list[str]:
    """Put lines that do not belong there in front, one of them with the mark of a chapter."""
    return [*SPAM, *paragraphs]


def run_together(paragraphs: Sequence[str], joint: str = " ") -> list[str]:
    """Lose every line break."""
    return [joint.join(paragraphs)]


def with_headings_twice(paragraphs: Sequence[str]) -> list[str]:
    return [line for line in paragraphs for _ in range(2 if is_heading(line) else 1)]


def without_contents(paragraphs: Sequence[str]) -> list[str]:
    """Leave out the table of contents, as some split mirrors do."""
    contents = [at for at, line in enumerate(paragraphs) if re.fullmatch(r"目[ \u3000]*录", line)]
    start = contents[0] if contents else body_start(paragraphs)
    return [*paragraphs[:start], *paragraphs[body_start(paragraphs) :]]


def with_remark(paragraphs: Sequence[str], heading: str = "获得公正审判的权利") -> list[str]:
    """Put an editor's remark behind the first line that ends in a heading."""
    at = next(at for at, line in enumerate(paragraphs) if line.endswith(heading))
    remarked = f"{paragraphs[at]}（编者注：构造的备注，原文如此。）"
    return [*paragraphs[:at], remarked, *paragraphs[at + 1 :]]


def with_mark(paragraphs: Sequence[str], mark: str) -> list[str]:
    """Use another mark for measures: ━━, --, ――, －－, ・, or `@ -- `."""
    return [mark + mark_of(line)[1] if kind_of(line) == "measure" else line for line in paragraphs]


def without_some_marks(paragraphs: Sequence[str], every: int = 20) -> list[str]:
    """Lose the mark of each so-and-so-manieth measure."""
    turn = count(1)
    return [
        mark_of(line)[1] if kind_of(line) == "measure" and next(turn) % every == 0 else line
        for line in paragraphs
    ]


def with_half_width_sections(paragraphs: Sequence[str], blank: str = " ") -> list[str]:
    """Write (一) with a blank or none behind it, and 一、 with one."""
    return [half_width(line, blank) for line in paragraphs]


def half_width(line: str, blank: str) -> str:
    mark, words = mark_of(line)
    if kind_of(line) == "section":
        return f"({mark.strip()[1:-1]}){blank}{words}"
    return f"{mark.strip()}{blank}{words}" if kind_of(line) == "chapter" else line


def with_page_numbers(paragraphs: Sequence[str], every: int = 12) -> list[str]:
    """Put the number of the printed page between lines, in one of three forms."""
    return list(numbered_lines(paragraphs, every))


def numbered_lines(paragraphs: Sequence[str], every: int) -> Iterator[str]:
    for at, line in enumerate(paragraphs, start=1):
        yield line
        if at % every == 0:
            page = at // every
            yield (f"— {page} —", str(page), f"第{page}页")[page % 3]


def with_numbered_contents(paragraphs: Sequence[str]) -> list[str]:
    """Keep the printed page numbers in the table of contents: （一）工作权 5."""
    start = body_start(paragraphs)
    return [
        f"{line} {at // 4}" if is_heading(line) and at < start else line
        for at, line in enumerate(paragraphs)
    ]


def with_address(paragraphs: Sequence[str], *, seed: int = 1, share: float = 0.1) -> list[str]:
    """Put the address of the site at the ends of some lines."""
    chance = random.Random(seed)
    return [line + (ADDRESS if chance.random() < share else "") for line in paragraphs]


def one_sentence_a_line(paragraphs: Sequence[str]) -> list[str]:
    return [sentence for line in paragraphs for sentence in SENTENCE.findall(line)]


def with_wide_figures(paragraphs: Sequence[str]) -> list[str]:
    """Write digits, full stops between them, and per cent in full width: ９５％."""
    wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
    return [line.translate(wide) for line in paragraphs]


def with_spaced_figures(paragraphs: Sequence[str]) -> list[str]:
    """Set digits apart from the characters: 到 2030 年."""
    return [
        re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", line)
        for line in paragraphs
    ]


def in_traditional(paragraphs: Sequence[str], configuration: str = "s2t") -> list[str]:
    """Write in traditional script; `s2twp` takes Taiwanese words too."""
    import opencc

    converter = opencc.OpenCC(configuration)
    return [str(converter.convert(line)) for line in paragraphs]


def is_heading(line: str) -> bool:
    return kind_of(line) in ("front", "chapter", "section")


def with_spaced_titles(paragraphs: Sequence[str], blank: str = "\u3000") -> list[str]:
    """Write 目　录 and 导　言."""
    return [re.sub(r"^(目|导)(录|言)$", rf"\1{blank}\2", line) for line in paragraphs]


def with_other_dash(paragraphs: Sequence[str], dash: str = "－") -> list[str]:
    """Write the period with another dash: 2026－2030, 2026-2030, 2026―2030."""
    return [re.sub(r"(\d{4})—(\d{4})", rf"\1{dash}\2", line) for line in paragraphs]


def with_other_date(paragraphs: Sequence[str], date: str = "二○二六年六月·北京") -> list[str]:
    """Write the date of the title page another way."""
    return [re.sub(r"^2026 ?年 ?6 ?月$", date, line) for line in paragraphs]


def with_english_after(paragraphs: Sequence[str]) -> list[str]:
    """Put a whole English version, of placeholders, behind the Chinese one."""
    return [*paragraphs, *(placeholder(line, at) for at, line in enumerate(paragraphs))]
