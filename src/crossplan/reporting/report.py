"""The comparison report: one HTML file that needs nothing else."""

from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from crossplan.errors import CrossplanError, OutputError
from crossplan.files import write_result
from crossplan.labels import Language, as_language, in_language, published, title_of
from crossplan.matching import measure_links, section_links
from crossplan.model import Corpus, Plan
from crossplan.reporting.content import Content
from crossplan.reporting.figures import pictures
from crossplan.targets.words import (
    AMBITION_WORDS,
    CHANGE_WORDS,
    REASON_WORDS,
    outcome_words,
    target_words,
)
from crossplan.words.change import TERM_CHANGE_WORDS

FEWEST_PLANS = 2
RELATION_WORDS = {
    "kept": {"zh": "题名未变", "en": "same title"},
    "renamed": {"zh": "更名", "en": "renamed"},
    "merged": {"zh": "合并", "en": "merged"},
    "split": {"zh": "拆分", "en": "split"},
    "new": {"zh": "无前身", "en": "no predecessor"},
    "dropped": {"zh": "无后继", "en": "no successor"},
}
STATUS_WORDS = {
    "kept": {"zh": "未改", "en": "kept"},
    "revised": {"zh": "修改", "en": "revised"},
    "merged": {"zh": "合并", "en": "merged"},
    "split": {"zh": "拆分", "en": "split"},
    "new": {"zh": "新增", "en": "new"},
    "dropped": {"zh": "不再出现", "en": "dropped"},
}


@dataclass(frozen=True, repr=False, slots=True)
class Report:
    """A finished report; made by :func:`report`.

    Attributes
    ----------
    title : str
    html : str
        The whole page.
    """

    title: str
    html: str

    def save(self, path: str | Path) -> Path:
        """Write the report as one HTML file; it appears whole or not at all.

        Parameters
        ----------
        path : str or Path
            Ends in ``.html``.

        Returns
        -------
        Path
            Where it is.

        Raises
        ------
        OutputError
            If the file cannot be written there.
        """
        path = Path(path)
        if path.suffix.lower() not in {".html", ".htm"}:
            raise OutputError(path, "a report is written as .html")
        return write_result(path, self.html.encode("utf-8"), "the report")

    def __repr__(self) -> str:
        return f"<Report {self.title}: {len(self.html):,} characters of HTML>"

    def _repr_html_(self) -> str:
        # A frame keeps the styles of the report and those of the notebook apart.
        return (
            f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.html)}" '
            'sandbox="" style="width:100%;height:40em;border:1px solid #ccc"></iframe>'
        )


def report(
    corpus: Corpus,
    *,
    old: Plan | None = None,
    new: Plan | None = None,
    lang: Language = "zh",
) -> Report:
    """Make the comparison report of a corpus.

    Parameters
    ----------
    corpus : Corpus
        At least two plans.
    old, new : Plan, optional
        The plans to compare with each other; the last two when not given.
    lang : {"zh", "en"}
        Language of the report; the plans are quoted in Chinese.

    Returns
    -------
    Report

    Raises
    ------
    ChoiceError
        If there is no such language.
    CrossplanError
        If the corpus has fewer than two plans.

    Examples
    --------
    >>> import crossplan as cp
    >>> cp.report(cp.load_plans()).save("report.html")  # doctest: +SKIP
    PosixPath('report.html')
    """
    lang = as_language(lang)
    plans = list(corpus.values())
    if len(plans) < FEWEST_PLANS:
        raise CrossplanError(
            f"a report compares plans, and this corpus has {len(plans)}. Load at least two."
        )
    content = Content.gather(corpus, old or plans[-2], new or plans[-1], lang)
    name = corpus.title_en if lang == "en" and corpus.title_en else corpus.title
    title = " · ".join(filter(None, [name, in_language(lang, "比较报告", "Comparison report")]))
    return Report(title=title, html=render(content, title))


def render(content: Content, title: str) -> str:
    """Fill the template; everything that comes from a text or a table is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crossplan.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html").render(
        content=content,
        title=title,
        pictures=pictures(content),
        t=partial(in_language, content.lang),
        title_of=title_of,
        published=published,
        lang=content.lang,
        target_words=target_words,
        outcome_words=outcome_words,
        change_words=CHANGE_WORDS,
        ambition_words=AMBITION_WORDS,
        reason_words=REASON_WORDS,
        relation_words=RELATION_WORDS,
        status_words=STATUS_WORDS,
        term_change_words=TERM_CHANGE_WORDS,
        title_score=f"{section_links.MINIMUM_SCORE:g}",
        measure_score=f"{measure_links.MINIMUM_SCORE:g}",
    )
