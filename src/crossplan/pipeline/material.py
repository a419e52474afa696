"""Load the plans of an analysis, and select the steps that they allow."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossplan.corpora.catalog import Series, read_series
from crossplan.corpora.corpus import Corpus, load_plans
from crossplan.corpora.load import with_source
from crossplan.corpora.store import find_series, shipped_series
from crossplan.errors import AnalysisError
from crossplan.guessing.reading import read_plan
from crossplan.labels import Language, in_language
from crossplan.languages.registry import describe, find_language
from crossplan.model import Entry, Plan
from crossplan.pipeline.declaration import Analysis, AnyStep, DeclaredDocument, ReportStep
from crossplan.pipeline.inputs import (
    analysis_input,
    named_copies,
    named_inputs,
    series_inputs,
    text_inputs,
)
from crossplan.pipeline.manifest import CorrectionNote, Input, Left
from crossplan.pipeline.reading import Declaration
from crossplan.pipeline.steps import AnalysisStep, Key
from crossplan.recipes import call

# Replaces a folder that the user has named for the run.
_ANY_FOLDER = "texts"


@dataclass(frozen=True, slots=True)
class Material:
    """The plans and files of an analysis.

    Attributes
    ----------
    ids : tuple of str
        Of the plans of the analysis, oldest first.
    corpus : Corpus
        The plans among them that are available.
    series : Series or None
    folder : Path or None
        The folder of the user's texts.
    inputs : tuple of Input
        Every file that was read.
    copies : mapping of str to bytes
        The files of decisions and of words, by their paths in the folder.
    """

    ids: tuple[str, ...]
    corpus: Corpus
    series: Series | None
    folder: Path | None
    inputs: tuple[Input, ...]
    copies: Mapping[str, bytes]

    @property
    def corrections(self) -> tuple[CorrectionNote, ...]:
        """The critical apparatus of the plans."""
        return tuple(
            CorrectionNote(
                plan=plan.id,
                witness=entry.witness,
                corrected=entry.corrected,
                certainty=entry.certainty,
                applied=entry.applied,
                reason=entry.reason,
                reason_en=entry.reason_en,
            )
            for plan in self.corpus.full
            for entry in plan.require_reading("text").corrections
        )


def series_of(declaration: Declaration) -> Series | None:
    """Read what describes the series of an analysis; None if it has documents instead.

    Raises
    ------
    AnalysisError
        If there is no such series.
    SeriesError, WordListError
        If a file of the series is malformed.
    """
    named = declaration.analysis.series
    if not named:
        return None
    shipped = named in shipped_series()
    # Not Path.is_dir, which fails for a path of too many letters.
    if not shipped and not os.path.isdir(declaration.at(named)):  # noqa: PTH112
        raise declaration.fault(
            ("series",),
            f"there is no series {named!r}",
            f"Shipped series: {', '.join(shipped_series())}; one of your own is named by its "
            "folder, as seen from the folder of this file.",
        )
    return read_series(find_series(named if shipped else declaration.at(named)))


def plan_ids(analysis: Analysis, series: Series | None) -> list[str]:
    """Return the ids of all plans of the series, or of all documents, oldest first."""
    if series is not None:
        periods = {plan.id: (plan.period.start, plan.period.end) for plan in series.plans.values()}
    else:
        periods = {one.id: (one.period[0], one.period[1]) for one in analysis.documents}
    return sorted(periods, key=lambda plan_id: (*periods[plan_id], plan_id))


def chosen_ids(analysis: Analysis, series: Series | None) -> list[str]:
    """Return the ids of the plans of an analysis, oldest first."""
    known = plan_ids(analysis, series)
    chosen = frozenset(analysis.plans or known)
    return [plan_id for plan_id in known if plan_id in chosen]


def gather(
    declaration: Declaration,
    series: Series | None,
    texts: Path | None,
    home: str | Path | None = None,
) -> Material:
    """Load the plans of an analysis.

    Parameters
    ----------
    declaration : Declaration
        Consistent, and with plans that are there.
    series : Series or None
    texts : Path or None
        Folder of texts, in place of the one that is declared.
    home : str, Path or None
        The data folder, in place of the usual one.

    Raises
    ------
    AnalysisError
        If a document is another file than the declared one.
    MissingFolderError, UnreadableTextError, NotThePlanError, DamagedWitnessError, ...
        If the texts cannot be read; see :func:`crossplan.load_plans` and
        :func:`crossplan.read_plan`.
    """
    ids = chosen_ids(declaration.analysis, series)
    folder = _folder_of_texts(declaration, texts)
    if series is not None:
        corpus = _plans_of_series(declaration, ids, folder, home)
    else:
        folder = folder or declaration.at(".")
        corpus = _plans_of_documents(declaration, ids, folder)
    copies = named_copies(declaration)
    inputs = (
        analysis_input(declaration),
        *(series_inputs(series, ids) if series is not None else ()),
        *text_inputs(corpus, series, folder, home),
        *named_inputs(declaration, copies),
    )
    return Material(tuple(ids), corpus, series, folder, inputs, copies)


def _folder_of_texts(declaration: Declaration, texts: Path | None) -> Path | None:
    """Return the folder of texts: the one that was named, or the declared one, if there is one."""
    if texts is not None:
        # Not Path.is_dir, which fails for a path of too many letters.
        if not os.path.isdir(texts):  # noqa: PTH112
            raise declaration.fault(
                ("texts", "folder"),
                f"{texts}, which was given in place of the folder of texts, is no folder",
                "Give the one that holds the texts.",
            )
        return texts
    named = declaration.analysis.texts.folder
    if not named:
        return None
    folder = declaration.at(named)
    if not os.path.isdir(folder):  # noqa: PTH112
        raise declaration.fault(
            ("texts", "folder"),
            f"there is no folder {named!r}",
            "Add it, name another with --texts FOLDER, or leave the key out.",
        )
    return folder


def _plans_of_series(
    declaration: Declaration, ids: list[str], folder: Path | None, home: str | Path | None
) -> Corpus:
    """Load plans of a series; the code that makes them names no folder of this machine."""
    analysis = declaration.analysis
    shipped = analysis.series in shipped_series()
    series = analysis.series if shipped else declaration.at(analysis.series)
    loaded = load_plans(series, folder=folder, home=home, corrections=analysis.corrections)
    options = {
        "series": analysis.series,
        "folder": (analysis.texts.folder or _ANY_FOLDER) if folder else None,
        "corrections": None if analysis.corrections else False,
    }
    named = {"title": loaded.title, "title_en": loaded.title_en}
    if len(ids) == len(loaded):
        return Corpus(loaded.entries, **named, made_by=call("cp.load_plans", **options))
    return Corpus(
        (loaded[plan_id].remembering(call("cp.load_plan", plan_id, **options)) for plan_id in ids),
        **named,
    )


def _plans_of_documents(declaration: Declaration, ids: list[str], folder: Path) -> Corpus:
    """Read those documents that are there as plans."""
    analysis = declaration.analysis
    return Corpus(
        (
            _read_document(declaration, number, document, folder / document.file)
            for number, document in enumerate(analysis.documents)
            if document.id in ids and (folder / document.file).is_file()
        ),
        title=analysis.title.zh,
        title_en=analysis.title.en,
    )


def _read_document(
    declaration: Declaration, number: int, document: DeclaredDocument, path: Path
) -> Plan:
    """Read a document as a plan, or raise an error if it is not the declared file."""
    start, end = document.period
    title = document.title or None
    plan = read_plan(
        path,
        plan_id=document.id,
        title=title,
        period=(start, end),
        measures=document.measures,
        language=document.language or None,
    )
    witness = plan.require_reading("text").witness
    if document.sha256 not in {"", witness.sha256}:
        raise declaration.fault(
            ("documents", number, "sha256"),
            f"{path} is another file: its checksum is {witness.sha256}",
            "Get the file that was meant, or declare this one.",
        )
    if document.source:
        plan = with_source(plan, *_source_of(document), witness.note)
    recipe = call(
        "cp.read_plan",
        document.file,
        plan_id=document.id,
        title=title,
        period=(start, end),
        measures=None if document.measures == "marked" else document.measures,
        language=document.language or None,
    )
    return plan.remembering(recipe)


def _source_of(document: DeclaredDocument) -> tuple[str, str]:
    """Return source and address of a document, from its declared source."""
    if is_address(document.source):
        return Path(document.file).name, document.source
    return document.source, ""


def is_address(source: str) -> bool:
    """Return whether a source is named by its address on the web."""
    return source.startswith(("https://", "http://"))


def sorted_out(
    declaration: Declaration, material: Material
) -> tuple[list[tuple[Key, AnyStep]], tuple[Left, ...]]:
    """Return the steps to run with their keys, and those that are left out with the reasons.

    Raises
    ------
    AnalysisError
        If a step needs a text that is not available, and is not to be left out; or measures,
        where no document has any.
    """
    runnable, left = [], []
    for key, step in declaration.analysis.steps():
        if foreign := _in_other_languages(step, material):
            left.append(Left(step=step.name, reason=_unread(foreign, declaration.analysis.lang)))
            continue
        lacking = _texts_lacking(step, material)
        if not lacking:
            _require_measures(declaration, step, material)
            runnable.append((key, step))
        elif step.without_text == "leave out":
            left.append(Left(step=step.name, reason=_reason(lacking, declaration.analysis.lang)))
        else:
            raise _refusal(declaration, key, step, material, lacking)
    return runnable, tuple(left)


def _in_other_languages(step: AnalysisStep, material: Material) -> list[Entry]:
    """Return the plans of a step on targets that are in a language it cannot read."""
    if "targets" not in step.packages or isinstance(step, ReportStep):
        return []
    named = step.plans_among(material.ids)
    return [
        entry
        for entry in material.corpus.entries
        if entry.id in named and find_language(entry.language).target_grammar is None
    ]


def _unread(plans: Sequence[Entry], lang: Language) -> str:
    """Return why the targets of plans are left out."""
    ids = [plan.id for plan in plans]
    return in_language(
        lang,
        f"量化目标只能从中文文本中读取，而 {'、'.join(ids)} 的语言为 {plans[0].language}",
        f"targets are read in Chinese only, and {', '.join(ids)} "
        f"{'is' if len(ids) == 1 else 'are'} written in {describe(plans[0].language)}",
    )


def _texts_lacking(step: AnalysisStep, material: Material) -> list[str]:
    """Return the plans of a step whose texts it needs and that are not available."""
    entries = material.corpus.entries
    full = frozenset(entry.id for entry in entries if entry.coverage == "full")
    return step.texts_lacking(material.ids, frozenset(material.corpus), full)


def _reason(lacking: Sequence[str], lang: Language) -> str:
    """Return why a step is left out."""
    return in_language(
        lang,
        f"{'、'.join(lacking)} 的正文未收录",
        f"the text of {', '.join(lacking)} is not at hand",
    )


def _require_measures(declaration: Declaration, step: AnyStep, material: Material) -> None:
    """Raise an error for a step that follows measures where no document has any."""
    plans = step.plans_among(material.ids)
    documents = declaration.analysis.documents
    if not documents or not step.follows_measures:
        return
    if not any(material.corpus[plan_id].measures for plan_id in plans):
        number = [document.id for document in documents].index(plans[0])
        raise declaration.fault(
            ("documents", number, "measures"),
            f"no measures are marked in {', '.join(plans)}, and the step {step.name} follows them",
            'Write measures = "paragraphs", and every paragraph is taken for one.',
        )


def _refusal(
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
