"""The schema of the file of an analysis.

The classes are the schema. What fits no class is refused with file, line and key. A step has
only the keys of its kind, so that one ``of = "sections"`` has no decisions, and defines which
texts it needs and which public function it calls.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal

import msgspec

from crossplan.labels import Language
from crossplan.languages.registry import LANGUAGE_CODE
from crossplan.matching import lineage, measures, sections
from crossplan.pipeline.steps import (
    FEWEST_TRACED,
    About,
    Declared,
    Fault,
    Key,
    NamedDecisions,
    OfDecidedPlans,
    OfPlans,
    OfTwoPlans,
    StepContext,
    Word,
    WordChoices,
)
from crossplan.reporting.report import Report, report
from crossplan.result import Result, ResultKind
from crossplan.targets import comparison as targets
from crossplan.targets import trace as target_trace
from crossplan.words import comparison as terms
from crossplan.words import terms as frequencies
from crossplan.words import trace as term_trace

_Length = Annotated[int, msgspec.Meta(ge=1, le=10)]
# Not tuple[Length, Length]: a union of such a tuple makes msgspec 0.22 crash.
_Ngrams = _Length | Annotated[tuple[_Length, ...], msgspec.Meta(min_length=2, max_length=2)]
_Year = Annotated[int, msgspec.Meta(ge=1, le=9999)]
_Years = Annotated[tuple[_Year, ...], msgspec.Meta(min_length=2, max_length=2)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Ratio = Annotated[float, msgspec.Meta(ge=0, le=100)]


class _BothLanguages(Declared, frozen=True, kw_only=True):
    """``[title]`` and ``[description]``: what people read of the analysis."""

    zh: Word
    en: Word


class _Texts(Declared, frozen=True, kw_only=True):
    """``[texts]``: the folder of the user's texts, if none is named for the run."""

    folder: str = ""


class DeclaredDocument(Declared, frozen=True, kw_only=True):
    """``[[documents]]``: a file that is read as a plan, without a series."""

    id: str
    file: str
    period: _Years
    measures: Literal["marked", "paragraphs"] = "marked"
    language: Annotated[str, msgspec.Meta(pattern=f"^$|{LANGUAGE_CODE}")] = ""
    title: str = ""
    sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    source: str = ""


class _SectionComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="sections"):
    """``[[comparisons]]`` of sections."""

    kind: ClassVar[ResultKind] = sections.SectionAlignment.kind

    def run(self, context: StepContext) -> Result:
        """Align the sections."""
        return sections.align_sections(*context.pair(self))


class _MeasureComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="measures"):
    """``[[comparisons]]`` of measures."""

    kind: ClassVar[ResultKind] = measures.MeasureComparison.kind
    reads_texts: ClassVar[bool] = True
    follows_measures: ClassVar[bool] = True
    decisions: str = ""

    def run(self, context: StepContext) -> Result:
        """Compare the measures."""
        return measures.compare_measures(
            *context.pair(self), decisions=context.file(self.decisions)
        )

    def decisions_named(self, key: Key) -> Iterator[NamedDecisions]:
        """Return the file of decisions on the measures."""
        return self._decided(key, "decisions", "measures")


class _TargetComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="targets"):
    """``[[comparisons]]`` of targets."""

    kind: ClassVar[ResultKind] = targets.TargetComparison.kind
    packages: ClassVar[tuple[str, ...]] = ("languages", "pairing", "targets")
    decisions: str = ""

    def run(self, context: StepContext) -> Result:
        """Compare the targets."""
        return targets.compare_targets(*context.pair(self), decisions=context.file(self.decisions))

    def decisions_named(self, key: Key) -> Iterator[NamedDecisions]:
        """Return the file of decisions on the targets."""
        return self._decided(key, "decisions", "targets")


class TermComparisonStep(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="terms"):
    """``[[comparisons]]`` of terms, or of groups of terms."""

    kind: ClassVar[ResultKind] = terms.TermComparison.kind
    packages: ClassVar[tuple[str, ...]] = ("words",)
    counts_words: ClassVar[bool] = True
    reads_texts: ClassVar[bool] = True
    ngrams: _Ngrams = 1
    groups: str = ""
    robustness: bool = False
    alpha: _Share = 0.05
    minimum_log_ratio: _Ratio = 0.5

    def run(self, context: StepContext) -> Result:
        """Compare the terms."""
        return terms.compare_terms(
            *context.pair(self),
            ngrams=_lengths(self.ngrams),
            groups=context.groups(self.groups),
            words=context.words,
            robustness=self.robustness,
            alpha=self.alpha,
            minimum_log_ratio=self.minimum_log_ratio,
        )

    def faults(self) -> Iterator[Fault]:
        """Return options that do not go together."""
        yield from _faults_of_ngrams(self.ngrams, self.groups)
        if self.groups and self.robustness:
            yield Fault(
                ("robustness",),
                "groups are not counted in other ways",
                "Leave robustness out, or leave groups out.",
            )


class _SectionTrace(OfPlans, frozen=True, kw_only=True, tag_field="of", tag="sections"):
    """``[[traces]]`` of sections."""

    kind: ClassVar[ResultKind] = sections.SectionAlignment.kind
    fewest: ClassVar[int] = FEWEST_TRACED

    def run(self, context: StepContext) -> Result:
        """Trace the sections."""
        return sections.trace_sections(context.corpus_of(self), n_jobs=context.n_jobs)


class _MeasureTrace(OfDecidedPlans, frozen=True, kw_only=True, tag_field="of", tag="measures"):
    """``[[traces]]`` of measures."""

    kind: ClassVar[ResultKind] = lineage.MeasureLineage.kind
    reads_texts: ClassVar[bool] = True
    follows_measures: ClassVar[bool] = True

    def run(self, context: StepContext) -> Result:
        """Trace the measures."""
        decisions = context.files(self.decisions)
        return lineage.trace_measures(
            context.corpus_of(self), decisions=decisions, n_jobs=context.n_jobs
        )


class _TargetTrace(OfDecidedPlans, frozen=True, kw_only=True, tag_field="of", tag="targets"):
    """``[[traces]]`` of targets."""

    kind: ClassVar[ResultKind] = target_trace.TargetTrace.kind
    packages: ClassVar[tuple[str, ...]] = ("languages", "pairing", "targets")
    about: ClassVar[About] = "targets"

    def run(self, context: StepContext) -> Result:
        """Trace the targets."""
        decisions = context.files(self.decisions)
        return target_trace.trace_targets(
            context.corpus_of(self), decisions=decisions, n_jobs=context.n_jobs
        )


class _TermTrace(OfPlans, frozen=True, kw_only=True, tag_field="of", tag="terms"):
    """``[[traces]]`` of terms, or of groups of terms."""

    kind: ClassVar[ResultKind] = term_trace.TermTrace.kind
    packages: ClassVar[tuple[str, ...]] = ("words",)
    counts_words: ClassVar[bool] = True
    terms: tuple[Word, ...] = ()
    groups: str = ""

    def run(self, context: StepContext) -> Result:
        """Trace the terms."""
        return term_trace.trace_terms(
            context.corpus_of(self),
            self.terms or None,
            groups=context.groups(self.groups),
            words=context.words,
            n_jobs=context.n_jobs,
        )

    def texts_lacking(
        self, ids: Sequence[str], known: frozenset[str], full: frozenset[str]
    ) -> list[str]:
        """Return all plans if none has a text; otherwise those without an outline."""
        plans = self.plans_among(ids)
        return plans if full.isdisjoint(plans) else [one for one in plans if one not in known]

    def lists(self) -> Iterator[tuple[str, Sequence[object]]]:
        """Return its lists in which each value may occur once."""
        yield "plans", self.plans
        yield "terms", self.terms

    def faults(self) -> Iterator[Fault]:
        """Return what does not go together: terms and groups."""
        if bool(self.terms) == bool(self.groups):
            yield Fault(
                (),
                f"{self.name} follows terms or groups, and names "
                + ("both" if self.terms else "neither"),
                'Write terms = ["..."], or groups = "series" or a file.',
            )


class Frequencies(OfPlans, frozen=True, kw_only=True):
    """``[[frequencies]]``: how often terms are used; `top` of them are drawn."""

    kind: ClassVar[ResultKind] = frequencies.TermFrequencies.kind
    packages: ClassVar[tuple[str, ...]] = ("words",)
    counts_words: ClassVar[bool] = True
    reads_texts: ClassVar[bool] = True
    by: Literal["plan", "chapter", "section", "measure"] = "plan"
    ngrams: _Ngrams = 1
    groups: str = ""
    top: Annotated[int, msgspec.Meta(ge=1, le=200)] = 30

    def run(self, context: StepContext) -> Result:
        """Count the terms."""
        return frequencies.term_frequencies(
            context.corpus_of(self),
            by=self.by,
            ngrams=_lengths(self.ngrams),
            groups=context.groups(self.groups),
            words=context.words,
            n_jobs=context.n_jobs,
        )

    def faults(self) -> Iterator[Fault]:
        """Return options that do not go together."""
        return _faults_of_ngrams(self.ngrams, self.groups)


class ReportStep(OfTwoPlans, frozen=True, kw_only=True):
    """``[[reports]]``: the comparison report, in one form or several."""

    packages: ClassVar[tuple[str, ...]] = ("languages", "matching", "pairing", "targets", "words")
    decisions: str = ""
    target_decisions: str = ""
    forms: Annotated[
        tuple[Literal["html", "docx", "xlsx", "md"], ...], msgspec.Meta(min_length=1)
    ] = ("html",)

    def run(self, context: StepContext) -> Report:
        """Make the report, which is about all plans of the analysis."""
        old, new = context.pair(self)
        return report(
            context.corpus,
            old=old,
            new=new,
            decisions=context.file(self.decisions),
            target_decisions=context.file(self.target_decisions),
            lang=context.lang,
        )

    def texts_lacking(
        self, ids: Sequence[str], known: frozenset[str], full: frozenset[str]
    ) -> list[str]:
        """Return the plans without an outline; with decisions, the two without text."""
        absent = [plan_id for plan_id in ids if plan_id not in known]
        if not self.decisions:
            return absent
        needed = {*absent, self.old, self.new} - full
        return [plan_id for plan_id in ids if plan_id in needed]

    def decisions_named(self, key: Key) -> Iterator[NamedDecisions]:
        """Return the files of decisions on the measures and on the targets."""
        yield from self._decided(key, "decisions", "measures")
        yield from self._decided(key, "target_decisions", "targets")

    def lists(self) -> Iterator[tuple[str, Sequence[object]]]:
        """Return its lists in which each value may occur once."""
        yield "forms", self.forms


class Outputs(Declared, frozen=True, kw_only=True):
    """``[outputs]``: the forms of tables and figures; an extra writes Parquet."""

    tables: Annotated[tuple[Literal["csv", "parquet"], ...], msgspec.Meta(min_length=1)] = ("csv",)
    figures: tuple[Literal["svg", "pdf", "png"], ...] = ("svg",)


_AnyComparison = _SectionComparison | _MeasureComparison | _TargetComparison | TermComparisonStep
_AnyTrace = _SectionTrace | _MeasureTrace | _TargetTrace | _TermTrace
AnyStep = _AnyComparison | _AnyTrace | Frequencies | ReportStep


class Analysis(Declared, frozen=True, kw_only=True):
    """The whole file."""

    published: date
    title: _BothLanguages
    description: _BothLanguages
    authors: tuple[Word, ...] = ()
    lang: Language = "en"
    series: str = ""
    plans: tuple[str, ...] = ()
    corrections: bool = True
    texts: _Texts = msgspec.field(default_factory=_Texts)
    documents: tuple[DeclaredDocument, ...] = ()
    words: WordChoices = msgspec.field(default_factory=WordChoices)
    comparisons: tuple[_AnyComparison, ...] = ()
    traces: tuple[_AnyTrace, ...] = ()
    frequencies: tuple[Frequencies, ...] = ()
    reports: tuple[ReportStep, ...] = ()
    outputs: Outputs = msgspec.field(default_factory=Outputs)

    def steps(self) -> Iterator[tuple[Key, AnyStep]]:
        """Return every step with its key, in the order in which they are run."""
        for name in ("comparisons", "traces", "frequencies", "reports"):
            for number, step in enumerate(getattr(self, name)):
                yield (name, number), step


def _faults_of_ngrams(ngrams: _Ngrams, groups: str) -> Iterator[Fault]:
    if not isinstance(ngrams, int) and ngrams[0] > ngrams[1]:
        yield Fault(("ngrams",), "the longest comes before the shortest", "Exchange the lengths.")
    if groups and ngrams != 1:
        yield Fault(
            ("ngrams",),
            "groups know how long their terms are",
            "Leave ngrams out, or leave groups out.",
        )


def _lengths(ngrams: _Ngrams) -> int | tuple[int, int]:
    """Return the lengths of n-grams as functions take them."""
    if isinstance(ngrams, int):
        return ngrams
    least, most = ngrams
    return least, most
