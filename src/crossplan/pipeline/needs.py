"""Which steps can be taken with the texts at hand, and which are left out or refused."""

from collections.abc import Sequence

from crossplan.errors import AnalysisError
from crossplan.labels import Language, in_language
from crossplan.languages.registry import describe, find_language
from crossplan.model import Entry
from crossplan.pipeline.declaration import (
    AnyStep,
    Frequencies,
    Key,
    MeasureComparison,
    MeasureTrace,
    ReportStep,
    TargetComparison,
    TargetTrace,
    TermComparison,
    TermTrace,
)
from crossplan.pipeline.manifest import Left
from crossplan.pipeline.material import Material
from crossplan.pipeline.plan_names import plans_of
from crossplan.pipeline.reading import Declaration


def sorted_out(
    declaration: Declaration, material: Material
) -> tuple[list[tuple[Key, AnyStep]], tuple[Left, ...]]:
    """Give the steps to take with their keys, and those that are left out with the reasons.

    Raises
    ------
    AnalysisError
        If a step needs a text that is not at hand, and is not to be left out; or measures,
        where no document has any.
    """
    taken, left = [], []
    for key, step in declaration.analysis.steps():
        if foreign := in_other_languages(step, material):
            left.append(Left(step=step.name, reason=unread(foreign, declaration.analysis.lang)))
            continue
        lacking = texts_lacking(step, material)
        if not lacking:
            require_measures(declaration, step, material)
            taken.append((key, step))
        elif step.without_text == "leave out":
            left.append(Left(step=step.name, reason=reason(lacking, declaration.analysis.lang)))
        else:
            raise refusal(declaration, key, step, material, lacking)
    return taken, tuple(left)


def texts_lacking(step: AnyStep, material: Material) -> list[str]:
    """Give the plans of a step whose texts it needs and that are not at hand."""
    # A report is about all plans of the analysis.
    plans = plans_of(step, material.ids) if not isinstance(step, ReportStep) else material.ids
    # Of a document without its file nothing is known, of a plan of a series the outline.
    absent = [plan_id for plan_id in plans if plan_id not in material.corpus]
    full = {entry.id for entry in material.corpus.entries if entry.coverage == "full"}
    match step:
        case MeasureComparison() | TermComparison() | MeasureTrace() | Frequencies():
            return [plan_id for plan_id in plans if plan_id not in full]
        case TermTrace() if full.isdisjoint(plans):
            return list(plans)
        case ReportStep() if step.decisions:
            needed = {*absent, step.old, step.new} - full
            return [plan_id for plan_id in plans if plan_id in needed]
    return absent


def in_other_languages(step: AnyStep, material: Material) -> list[Entry]:
    """Return the plans of a step on targets that are in a language it cannot read."""
    if not isinstance(step, TargetComparison | TargetTrace):
        return []
    named = plans_of(step, material.ids)
    return [
        entry
        for entry in material.corpus.entries
        if entry.id in named and find_language(entry.language).target_grammar is None
    ]


def unread(plans: Sequence[Entry], lang: Language) -> str:
    """Say why the targets of plans are left out."""
    ids = [plan.id for plan in plans]
    return in_language(
        lang,
        f"量化目标只能从中文文本中读取，而 {'、'.join(ids)} 的语言为 {plans[0].language}",
        f"targets are read in Chinese only, and {', '.join(ids)} "
        f"{'is' if len(ids) == 1 else 'are'} written in {describe(plans[0].language)}",
    )


def reason(lacking: Sequence[str], lang: Language) -> str:
    """Say why a step is left out."""
    return in_language(
        lang,
        f"{'、'.join(lacking)} 的正文未收录",
        f"the text of {', '.join(lacking)} is not at hand",
    )


def require_measures(declaration: Declaration, step: AnyStep, material: Material) -> None:
    """Refuse a step that follows measures where no document has any."""
    plans = plans_of(step, material.ids)
    documents = declaration.analysis.documents
    if not documents or not isinstance(step, MeasureComparison | MeasureTrace):
        return
    if not any(material.corpus[plan_id].measures for plan_id in plans):
        number = [document.id for document in documents].index(plans[0])
        raise declaration.fault(
            ("documents", number, "measures"),
            f"no measures are marked in {', '.join(plans)}, and the step {step.name} follows them",
            'Write measures = "paragraphs", and every paragraph is taken for one.',
        )


def refusal(
    declaration: Declaration, key: Key, step: AnyStep, material: Material, lacking: Sequence[str]
) -> AnalysisError:
    """Make the error for a step that lacks texts."""
    leaving = 'without_text = "leave out" leaves the step out'
    documents = declaration.analysis.documents
    if documents:
        numbers = [number for number, one in enumerate(documents) if one.id in lacking]
        files = ", ".join(documents[number].file for number in numbers)
        return declaration.fault(
            ("documents", numbers[0], "file"),
            f"{material.folder} has no {files}, which the step {step.name} needs",
            f"Correct the name, or name another folder with --texts FOLDER; {leaving}.",
        )
    return declaration.fault(
        key,
        f"the step {step.name} needs the text of {', '.join(lacking)}, which is not at hand",
        f"crossplan fetch {' '.join(lacking)} gets it, and --texts FOLDER names a folder that "
        f"has it as {lacking[0]}.txt; {leaving}.",
    )
