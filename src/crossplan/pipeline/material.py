"""The plans that an analysis works on, loaded as it declares them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crossplan.corpora.catalog import Series
from crossplan.corpora.corpus import Corpus, load_plans
from crossplan.corpora.load import with_source
from crossplan.corpora.store import shipped_series
from crossplan.guessing.reading import read_plan
from crossplan.model import Plan
from crossplan.pipeline.declaration import Document
from crossplan.pipeline.inputs import (
    analysis_input,
    named_copies,
    named_inputs,
    series_inputs,
    text_inputs,
)
from crossplan.pipeline.manifest import CorrectionNote, Input
from crossplan.pipeline.plan_names import chosen_ids
from crossplan.pipeline.reading import Declaration
from crossplan.recipes import call

# What stands for a folder that whoever runs the analysis has named.
ANY_FOLDER = "texts"


@dataclass(frozen=True, slots=True)
class Material:
    """What an analysis works on.

    Attributes
    ----------
    ids : tuple of str
        Of the plans of the analysis, oldest first.
    corpus : Corpus
        Those of them that are at hand.
    series : Series or None
    folder : Path or None
        That of texts of one's own.
    inputs : tuple of Input
        Every file that was read.
    copies : mapping of str to bytes
        The files of decisions and of words, by the places where they are kept.
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
    folder = folder_of_texts(declaration, texts)
    if series is not None:
        corpus = plans_of_series(declaration, ids, folder, home)
    else:
        folder = folder or declaration.at(".")
        corpus = plans_of_documents(declaration, ids, folder)
    copies = named_copies(declaration)
    inputs = (
        analysis_input(declaration),
        *(series_inputs(series, ids) if series is not None else ()),
        *text_inputs(corpus, series, folder, home),
        *named_inputs(declaration, copies),
    )
    return Material(tuple(ids), corpus, series, folder, inputs, copies)


def folder_of_texts(declaration: Declaration, texts: Path | None) -> Path | None:
    """Give the folder of texts: the one that was named, or the declared one, if there is one."""
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


def plans_of_series(
    declaration: Declaration, ids: list[str], folder: Path | None, home: str | Path | None
) -> Corpus:
    """Load plans of a series; the code that makes them names no folder of this machine."""
    analysis = declaration.analysis
    shipped = analysis.series in shipped_series()
    series = analysis.series if shipped else declaration.at(analysis.series)
    loaded = load_plans(series, folder=folder, home=home, corrections=analysis.corrections)
    told = {
        "series": analysis.series,
        "folder": (analysis.texts.folder or ANY_FOLDER) if folder else None,
        "corrections": None if analysis.corrections else False,
    }
    named = {"title": loaded.title, "title_en": loaded.title_en}
    if len(ids) == len(loaded):
        return Corpus(loaded.entries, **named, made_by=call("cp.load_plans", **told))
    return Corpus(
        (loaded[plan_id].remembering(call("cp.load_plan", plan_id, **told)) for plan_id in ids),
        **named,
    )


def plans_of_documents(declaration: Declaration, ids: list[str], folder: Path) -> Corpus:
    """Read those documents that are there as plans."""
    analysis = declaration.analysis
    return Corpus(
        (
            read_document(declaration, number, document, folder / document.file)
            for number, document in enumerate(analysis.documents)
            if document.id in ids and (folder / document.file).is_file()
        ),
        title=analysis.title.zh,
        title_en=analysis.title.en,
    )


def read_document(declaration: Declaration, number: int, document: Document, path: Path) -> Plan:
    """Read a document as a plan, and refuse another file than the declared one."""
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
        plan = with_source(plan, *source_of(document), witness.note)
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


def source_of(document: Document) -> tuple[str, str]:
    """Give source and address of a document, from what is declared as its source."""
    if is_address(document.source):
        return Path(document.file).name, document.source
    return document.source, ""


def is_address(source: str) -> bool:
    """Tell whether a source is named by its address on the web."""
    return source.startswith(("https://", "http://"))
