"""What may be declared of an analysis: the schema of its file.

The classes are the schema. What fits no class is refused with file, line and key. A step
has the keys of what it makes: one ``of = "sections"`` knows no decisions.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

import msgspec

from crossplan.labels import Language
from crossplan.languages.registry import LANGUAGE_CODE

Word = Annotated[str, msgspec.Meta(pattern=r"\S")]
Words = str | tuple[Word, ...]
Length = Annotated[int, msgspec.Meta(ge=1, le=10)]
# Not tuple[Length, Length]: such a tuple beside another type makes msgspec 0.22 crash.
Ngrams = Length | Annotated[tuple[Length, ...], msgspec.Meta(min_length=2, max_length=2)]
Year = Annotated[int, msgspec.Meta(ge=1, le=9999)]
Years = Annotated[tuple[Year, ...], msgspec.Meta(min_length=2, max_length=2)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Ratio = Annotated[float, msgspec.Meta(ge=0, le=100)]
WithoutText = Literal["refuse", "leave out"]


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of all tables of the file: unknown keys are refused."""


class BothLanguages(Declared, frozen=True, kw_only=True):
    """``[title]`` and ``[description]``: what people read of the analysis."""

    zh: Word
    en: Word


class Texts(Declared, frozen=True, kw_only=True):
    """``[texts]``: where texts of one's own are, if not named by whoever runs the analysis."""

    folder: str = ""


class Document(Declared, frozen=True, kw_only=True):
    """``[[documents]]``: a file that is read as a plan, without a series."""

    id: str
    file: str
    period: Years
    measures: Literal["marked", "paragraphs"] = "marked"
    language: Annotated[str, msgspec.Meta(pattern=f"^$|{LANGUAGE_CODE}")] = ""
    title: str = ""
    sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    source: str = ""


class WordChoices(Declared, frozen=True, kw_only=True):
    """``[words]``: what counts as a word, as :class:`crossplan.WordOptions` has it.

    The segmenter is named, not chosen by what is installed: its name stands in results.
    """

    segmenter: Literal["auto", "jieba", "rjieba", "characters", "blanks"] = "jieba"
    lexicon: Words = "series"
    stop_words: Words = "default"
    numbers: Literal["leave out", "keep", "merge"] = "leave out"
    places: Literal["leave out", "keep", "merge"] = "keep"


class Step(Declared, frozen=True, kw_only=True):
    """The base of all steps.

    Attributes
    ----------
    name : str
        Of its files.
    without_text : {"refuse", "leave out"}
        What to do where a text that it needs is not at hand.
    packages : tuple of str
        Those whose thresholds settle the result.
    """

    packages: ClassVar[tuple[str, ...]] = ("matching", "pairing")
    name: str
    without_text: WithoutText = "refuse"


class OfTwoPlans(Step, frozen=True, kw_only=True):
    """A step that compares two plans."""

    old: str
    new: str


class SectionComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="sections"):
    """``[[comparisons]]`` of sections."""


class MeasureComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="measures"):
    """``[[comparisons]]`` of measures."""

    decisions: str = ""


class TargetComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="targets"):
    """``[[comparisons]]`` of targets."""

    packages: ClassVar[tuple[str, ...]] = ("languages", "pairing", "targets")
    decisions: str = ""


class TermComparison(OfTwoPlans, frozen=True, kw_only=True, tag_field="of", tag="terms"):
    """``[[comparisons]]`` of terms, or of groups of terms."""

    packages: ClassVar[tuple[str, ...]] = ("words",)
    ngrams: Ngrams = 1
    groups: str = ""
    robustness: bool = False
    alpha: Share = 0.05
    minimum_log_ratio: Ratio = 0.5


class OfPlans(Step, frozen=True, kw_only=True):
    """A step on several plans: those that are named, or all of the analysis."""

    plans: tuple[str, ...] = ()


class PairDecisions(Declared, frozen=True, kw_only=True):
    """``[[traces.decisions]]``: a reviewer's decisions on two of the plans."""

    old: str
    new: str
    file: str


class SectionTrace(OfPlans, frozen=True, kw_only=True, tag_field="of", tag="sections"):
    """``[[traces]]`` of sections."""


class MeasureTrace(OfPlans, frozen=True, kw_only=True, tag_field="of", tag="measures"):
    """``[[traces]]`` of measures."""

    decisions: tuple[PairDecisions, ...] = ()


class TargetTrace(OfPlans, frozen=True, kw_only=True, tag_field="of", tag="targets"):
    """``[[traces]]`` of targets."""

    packages: ClassVar[tuple[str, ...]] = ("languages", "pairing", "targets")
    decisions: tuple[PairDecisions, ...] = ()


class TermTrace(OfPlans, frozen=True, kw_only=True, tag_field="of", tag="terms"):
    """``[[traces]]`` of terms, or of groups of terms."""

    packages: ClassVar[tuple[str, ...]] = ("words",)
    terms: tuple[Word, ...] = ()
    groups: str = ""


class Frequencies(OfPlans, frozen=True, kw_only=True):
    """``[[frequencies]]``: how often terms are used; `top` of them are drawn."""

    packages: ClassVar[tuple[str, ...]] = ("words",)
    by: Literal["plan", "chapter", "section", "measure"] = "plan"
    ngrams: Ngrams = 1
    groups: str = ""
    top: Annotated[int, msgspec.Meta(ge=1, le=200)] = 30


class ReportStep(OfTwoPlans, frozen=True, kw_only=True):
    """``[[reports]]``: the comparison report, in one form or several."""

    packages: ClassVar[tuple[str, ...]] = ("languages", "matching", "pairing", "targets", "words")
    decisions: str = ""
    target_decisions: str = ""
    forms: Annotated[
        tuple[Literal["html", "docx", "xlsx", "md"], ...], msgspec.Meta(min_length=1)
    ] = ("html",)


class Outputs(Declared, frozen=True, kw_only=True):
    """``[outputs]``: the forms of tables and figures; an extra writes Parquet."""

    tables: Annotated[tuple[Literal["csv", "parquet"], ...], msgspec.Meta(min_length=1)] = ("csv",)
    figures: tuple[Literal["svg", "pdf", "png"], ...] = ("svg",)


AnyComparison = SectionComparison | MeasureComparison | TargetComparison | TermComparison
AnyTrace = SectionTrace | MeasureTrace | TargetTrace | TermTrace
AnyStep = AnyComparison | AnyTrace | Frequencies | ReportStep
Key = tuple[str | int, ...]


class Analysis(Declared, frozen=True, kw_only=True):
    """The whole file."""

    published: date
    title: BothLanguages
    description: BothLanguages
    authors: tuple[Word, ...] = ()
    lang: Language = "en"
    series: str = ""
    plans: tuple[str, ...] = ()
    corrections: bool = True
    texts: Texts = msgspec.field(default_factory=Texts)
    documents: tuple[Document, ...] = ()
    words: WordChoices = msgspec.field(default_factory=WordChoices)
    comparisons: tuple[AnyComparison, ...] = ()
    traces: tuple[AnyTrace, ...] = ()
    frequencies: tuple[Frequencies, ...] = ()
    reports: tuple[ReportStep, ...] = ()
    outputs: Outputs = msgspec.field(default_factory=Outputs)

    def steps(self) -> Iterator[tuple[Key, AnyStep]]:
        """Give every step with its key, in the order in which they are taken."""
        for name in ("comparisons", "traces", "frequencies", "reports"):
            for number, step in enumerate(getattr(self, name)):
                yield (name, number), step
