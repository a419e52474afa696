"""Make the comparison report and save it as HTML, Word, Excel or Markdown."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from crossplan._version import __version__
from crossplan.corpora.corpus import CorpusLike, PlanLike, as_corpus
from crossplan.display import visible
from crossplan.errors import OutputError
from crossplan.files import write_result
from crossplan.labels import Language, as_language
from crossplan.languages.chinese import CHINESE
from crossplan.languages.english import ENGLISH
from crossplan.languages.language import PlanLanguage
from crossplan.languages.registry import find_language
from crossplan.model.plan import title_of
from crossplan.reporting.content import Content
from crossplan.reporting.document import Chapter, Picture, ReportDocument, ReportTable, TextRun
from crossplan.reporting.parts.corrections import corrections
from crossplan.reporting.parts.decisions import decisions
from crossplan.reporting.parts.findings import findings
from crossplan.reporting.parts.glance import glance
from crossplan.reporting.parts.limits import limits
from crossplan.reporting.parts.lineage import lineage
from crossplan.reporting.parts.measures import measures
from crossplan.reporting.parts.method import method
from crossplan.reporting.parts.sources import sources
from crossplan.reporting.parts.targets import history, targets
from crossplan.reporting.parts.terms import terms
from crossplan.reporting.parts.texts import texts

_PARTS = (
    findings,
    glance,
    lineage,
    measures,
    targets,
    history,
    terms,
    limits,
    corrections,
    decisions,
    texts,
    sources,
    method,
)


@dataclass(frozen=True, repr=False)
class Report:
    """A finished report; made by :func:`report`.

    Attributes
    ----------
    document : ReportDocument
        The content, chapter by chapter, independent of the format.
    """

    document: ReportDocument

    @property
    def title(self) -> str:
        """The title."""
        return self.document.title

    @property
    def html(self) -> str:
        """The whole page; its figures are drawn on access."""
        from crossplan.reporting.writers.html import html_page

        return html_page(self.document)

    @property
    def markdown(self) -> str:
        """The report as Markdown."""
        from crossplan.reporting.writers.markdown import markdown_text

        return markdown_text(self.document)

    def save(self, path: str | Path) -> Path:
        """Write the report to one file, completely or not at all.

        Parameters
        ----------
        path : str or Path
            Ends in ``.html`` (a self-contained page), ``.docx`` (Word),
            ``.xlsx`` (Excel: one sheet per result) or ``.md`` (Markdown).

        Returns
        -------
        Path
            The path of the file.

        Raises
        ------
        OutputError
            If the path has another ending, or the file cannot be written there.
        """
        path = Path(path)
        write = writer_for(path)
        return write_result(path, write(self), "the report")

    def __repr__(self) -> str:
        return f"<Report {visible(self.title)}: {len(self.document.chapters)} chapters>"

    def _repr_html_(self) -> str:
        # A frame keeps the styles of the report and those of the notebook apart. Scripts
        # may run in it, without access to anything outside it.
        return (
            f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.html)}" '
            'sandbox="allow-scripts" style="width:100%;height:48em;border:1px solid #8888">'
            "</iframe>"
        )


def _as_html(report: Report) -> bytes:
    """Return the report as the bytes of a page."""
    return report.html.encode("utf-8")


def _as_word(report: Report) -> bytes:
    """Return the report as the bytes of a Word document."""
    from crossplan.reporting.writers.word_document import word_bytes

    return word_bytes(report.document)


def _as_excel(report: Report) -> bytes:
    """Return the report as the bytes of an Excel workbook."""
    from crossplan.reporting.writers.excel_workbook import excel_bytes

    return excel_bytes(report.document)


def _as_markdown(report: Report) -> bytes:
    """Return the report as the bytes of a Markdown file."""
    return report.markdown.encode("utf-8")


WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".html": _as_html,
    ".htm": _as_html,
    ".docx": _as_word,
    ".xlsx": _as_excel,
    ".md": _as_markdown,
}


def writer_for(path: Path) -> Callable[[Report], bytes]:
    """Return the writer for the format of a file name.

    Raises
    ------
    OutputError
        If there is no such format.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise OutputError(path, f"a report is written as {', '.join(WRITERS)}")
    return write


def report(  # noqa: PLR0913 - each is a choice of its own, and all have a default
    corpus: CorpusLike,
    *,
    old: PlanLike | None = None,
    new: PlanLike | None = None,
    decisions: str | Path | None = None,
    target_decisions: str | Path | None = None,
    lang: Language = "zh",
) -> Report:
    """Make the comparison report of a corpus.

    Parameters
    ----------
    corpus : Corpus, or iterable of Plan or str
        At least two plans; a str is the id of a shipped plan.
    old, new : Plan or str, optional
        The plans of the corpus to compare with each other, or their ids. The default is
        the last plan and the one before it.
    decisions, target_decisions : str or Path, optional
        Files of a reviewer's decisions on measures and on targets, started with
        ``to_review`` of their comparisons. The report applies and lists them.
    lang : {"zh", "en"}
        Language of the report; plans are quoted in their original language.

    Returns
    -------
    Report

    Raises
    ------
    ChoiceError
        If there is no such language.
    NotACorpusError, NotAPlanError, UnknownPlanError
        If something else is given, or there is no plan of that id.
    ArgumentError
        If there are fewer than two plans, the corpus lacks the plans to compare, or `old`
        is not the older one.
    LanguageError
        If the plans are in two languages, or decisions on targets are given that cannot be
        read.
    MissingTextError
        If decisions on measures are given and the text of a plan is not at hand.
    UnreadableTextError, DecisionError
        If a file of decisions cannot be read or obeyed.

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> made = cp.report(plans, old="2016-2020", new="2026-2030", lang="en")
    >>> made.document.chapters[0].title
    'Findings: 2016-2020 → 2026-2030'
    >>> made.save("report.html")  # doctest: +SKIP
    PosixPath('report.html')
    """
    lang = as_language(lang)
    corpus = as_corpus(corpus)
    older, newer = corpus.pair(old, new)
    content = Content.gather(
        corpus, older, newer, lang, decisions=decisions, target_decisions=target_decisions
    )
    return Report(_whole(content))


def _whole(content: Content) -> ReportDocument:
    """Assemble the chapters, findings first."""
    name = content.corpus.title
    if content.lang == "en":
        name = content.corpus.title_en or name
    titles = [title_of(plan, content.lang) for plan in (content.old, content.new)]
    name = name or " → ".join(titles)
    report = content.t("比较报告", "Comparison report")
    chapters = (chapter for part in _PARTS if (chapter := part(content)) is not None)
    language = find_language(content.new.language)
    return ReportDocument(
        title=f"{name} · {report}",
        subtitle=f"{content.plans[0].id} – {content.plans[-1].id} · crossplan {__version__}",
        lang=content.lang,
        chapters=tuple(_quoted_in(language, _without_empty_tables(one)) for one in chapters),
    )


def _without_empty_tables(chapter: Chapter) -> Chapter:
    """Leave out the tables of a chapter without rows; counts show what is missing."""
    blocks = (b for b in chapter.blocks if not isinstance(b, ReportTable) or b.rows)
    return replace(chapter, blocks=tuple(blocks))


def _quoted_in(language: PlanLanguage, part: Any) -> Any:
    """Return a part of a document whose quotations are in the language of the plans."""
    if language == CHINESE:
        return part
    if isinstance(part, tuple):
        return tuple(_quoted_in(language, one) for one in part)
    if isinstance(part, TextRun):
        quotation = part.lang == "zh"
        return replace(part, lang="en" if language == ENGLISH else None) if quotation else part
    if is_dataclass(part) and not isinstance(part, Picture | type):
        inside = {one.name: getattr(part, one.name) for one in fields(part)}
        parts = {name: value for name, value in inside.items() if isinstance(value, tuple)}
        return replace(part, **{name: _quoted_in(language, own) for name, own in parts.items()})
    return part
