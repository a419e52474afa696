"""Build the chapter on the method: versions, code, and citation."""

from importlib.metadata import version
from importlib.util import find_spec

from crossplan._version import __version__
from crossplan.matching import measure_links, section_links
from crossplan.recipes import Name, call, literal
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Bullets,
    Chapter,
    Listing,
    ReportParagraph,
    Runs,
    Subheading,
    TextRun,
    words,
)

_PACKAGES = ("jieba", "matplotlib", "pandas", "rapidfuzz", "scikit-learn", "scipy", "zhplot")
# Used if installed.
_OPTIONAL_PACKAGES = ("rjieba",)
_RELEASED = 2026


def method(content: Content) -> Chapter:
    """Describe how the report was made, and how to reproduce it."""
    t = content.t
    paragraphs = [_sections(content), *_measures(content), _targets(content), *_terms(content)]
    versions = ", ".join(f"{name} {number}" for name, number in _versions_used())
    title = t("方法与版本", "Method and versions")
    return Chapter(
        "method",
        title,
        title,
        (
            Bullets(tuple(words(text) for text in (*paragraphs, versions))),
            Subheading(t("复现", "Repeat")),
            Listing(_recipe(content)),
            ReportParagraph(words(_repeating(content)), note=True),
            Subheading(t("引用", "Cite")),
            ReportParagraph(_citation(content)),
        ),
    )


def _repeating(content: Content) -> str:
    """Describe the conditions under which the code reproduces the report."""
    t = content.t
    if not _is_complete(content):
        return t(
            "标“...”处的计划由自己的代码所作，补上方可重现。",
            "The plans where the code has ... were made by code of your own; put it there.",
        )
    text = t(
        "同样的版本与正文（见“来源”的校验值），得出同样的字节。",
        "The same versions and texts (see the checksums under Sources) give the same bytes.",
    )
    if content.measure_decisions or content.target_decisions:
        text += t(
            "判定文件须在运行代码的文件夹内，内容同上列校验值。",
            " The files of decisions are to lie where the code runs, with the checksums given "
            "above.",
        )
    return text


def _citation(content: Content) -> Runs:
    """Describe how to cite the report."""
    t = content.t
    name = content.corpus.title
    if content.lang == "en":
        name = content.corpus.title_en or name
    what = t("比较报告", "Comparison report")
    about = t("，", ", ").join(filter(None, [name, what, content.pair]))
    return words(
        f"The crossplan authors ({_RELEASED}). ",
        TextRun("crossplan", "strong"),
        t(f"，版本 {__version__}。", f", version {__version__}. "),
        about + t("。", ". "),
        t("所据文本：", "Texts: ") if content.texts else "",
        "; ".join(
            f"{plan.id} SHA-256 {plan.reading.witness.sha256[:12]}"
            for plan in content.texts
            if plan.reading
        ),
        "." if content.texts else "",
    )


def _sections(content: Content) -> str:
    """Describe how headings were paired."""
    return content.t(
        "章节：题名去掉编号与通用词尾（如“权利”“权益”），以 rapidfuzz 的 ratio 与按稀见程度"
        "加权的字词余弦计分；有正文时，查前期题名在后期正文中的出现，两期皆有正文时看举措的"
        "去向；再参以所在的章。逐对配对，总分最高，得分不低于 {score:g}；余下的归入其并入或"
        "析出的章节。",
        "Sections: titles without numbering and generic endings (such as 权利, 权益), by rapidfuzz "
        "ratio and by a cosine of characters weighted by rarity; if one text is at hand, how "
        "often it mentions the topics of the other title; if both are, the links of their "
        "measures; and the chapter. Paired one to one for the highest sum, with a score of at "
        "least {score:g}; a heading that is left over joins the one that it was merged into or "
        "split from.",
    ).format(score=section_links.MINIMUM_SCORE)


def _measures(content: Content) -> list[str]:
    """Describe how measures were paired, if they were."""
    if content.measures is None:
        return []
    text = content.t(
        "举措：字、词与字序的相似度、在诸候选中的突出程度、所在章节与前后举措的去向，以逻辑回归"
        "合成得分，逐对配对，不低于 {score:g}；余下的逐句查找，以见合并与拆分。",
        "Measures: similarity of characters, words and their order, the distance of a pair from "
        "its rivals, and the links of the section and of the neighbouring measures, combined by "
        "logistic regression; paired one to one, with a score of at least {score:g}; the rest is "
        "searched sentence by sentence for merges and splits.",
    )
    return [text.format(score=measure_links.MINIMUM_SCORE)]


def _targets(content: Content) -> str:
    """Describe how targets were read and compared."""
    if content.targets_unread:
        return content.targets_unread
    return content.t(
        "量化目标：有正文的从正文读出（由动词引出或位于分句末尾的数字，过去的成绩不计）；其余为采自"
        "公开网页的抽样，抽样中没有的即为未知。类型、单位、范围、基期或计划期长短不同的，不相"
        "比较，并说明原因。",
        "Targets: read from the text if it is at hand (figures that a verb governs or that end a "
        "clause, without figures about the past); otherwise a sample from published pages, in "
        "which an absent indicator is unknown. Figures of different kind, unit, scope, base or "
        "length of period are not compared, and the reason is stated.",
    )


def _terms(content: Content) -> list[str]:
    """Describe how words were segmented, counted and compared."""
    t, paragraphs = content.t, []
    if content.term_comparison is not None:
        limits = content.term_comparison.limits
        paragraphs.append(
            t(
                f"用词比较：对数比绝对值不低于 {limits.minimum_log_ratio:g} 且 p 小于 "
                f"{limits.alpha:g} 者为增多或减少。G² 依 Rayson 与 Garside（2000）；对数比以 0.5 "
                "代零（Hardie 2014）；两期是全体而非样本，p 只作描述。",
                f"Terms compared: rising or falling from a log ratio of "
                f"{limits.minimum_log_ratio:g} and with p below {limits.alpha:g}. G2 after Rayson "
                "and Garside (2000); the log ratio with 0.5 for zero (Hardie 2014). The plans "
                "are whole and no samples: p only describes.",
            )
        )
    if content.terms is not None:
        paragraphs.append(
            t(
                f"分词：{content.terms.segmenter}；不列停用词 {len(content.terms.stop_words)} 个。",
                f"Words by {content.terms.segmenter}; {len(content.terms.stop_words)} stop words "
                "are not listed.",
            )
        )
    return paragraphs


def _versions_used() -> list[tuple[str, str]]:
    """Return the versions of the packages that computed the report."""
    there = [name for name in _OPTIONAL_PACKAGES if find_spec(name)]
    return [("crossplan", __version__), *((name, version(name)) for name in (*_PACKAGES, *there))]


def _recipe(content: Content) -> str:
    """Return the code that reproduces the report."""
    report = call(
        "cp.report",
        Name("plans"),
        old=Name(f"plans[{literal(content.old.id)}]"),
        new=Name(f"plans[{literal(content.new.id)}]"),
        decisions=content.measure_decisions and content.measure_decisions.name,
        target_decisions=content.target_decisions and content.target_decisions.name,
        lang=content.lang,
    )
    plans = _corpus(content)
    lines = [
        "import crossplan as cp",
        "",
        f"plans = {plans}",
        f"report = {report}",
        'report.save("report.html")',
    ]
    return "\n".join(["import datetime", "", *lines] if "datetime.date(" in plans else lines)


def _is_complete(content: Content) -> bool:
    """Return whether the code reproduces the report without code of the user."""
    return bool(content.corpus.made_by) or all(plan.made_by for plan in content.plans)


def _corpus(content: Content) -> str:
    """Return the code that reproduces the corpus."""
    if content.corpus.made_by:
        return content.corpus.made_by
    own = content.t("以自己的代码所作", "made by code of your own")
    plans = [
        f"        {plan.made_by}," if plan.made_by else f"        ...,  # {plan.id}: {own}"
        for plan in content.plans
    ]
    titles = [
        f"    {name}={literal(title)},"
        for name, title in (
            ("title", content.corpus.title),
            ("title_en", content.corpus.title_en),
        )
        if title
    ]
    return "\n".join(["cp.Corpus(", "    [", *plans, "    ],", *titles, ")"])
