"""Running a declared analysis."""

import platform
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from msgspec.structs import replace

from crossplan import progress
from crossplan._version import __version__
from crossplan.arguments import require_jobs
from crossplan.cache_files import READING, WRITING, code_checksum, version_of
from crossplan.display import (
    View,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    tally,
)
from crossplan.pipeline.consistency import require_consistency, require_decisions, require_plans
from crossplan.pipeline.crate import crate_json
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.declaration import Analysis
from crossplan.pipeline.folder import write_folder
from crossplan.pipeline.manifest import (
    COPY,
    CRATE,
    FILES_SHOWN,
    MANIFEST,
    PACKAGE,
    README,
    Left,
    Manifest,
    analysis_name,
    checksum,
)
from crossplan.pipeline.material import Material, gather, series_of, sorted_out
from crossplan.pipeline.reading import SUFFIX, Declaration, read_declaration
from crossplan.pipeline.readme import readme
from crossplan.pipeline.rendering import TABLE_PACKAGES, FinishedStep, MadeFile, made_file, render
from crossplan.pipeline.steps import StepContext
from crossplan.reporting.report import Report
from crossplan.result import Result, ResultKind
from crossplan.tables import Column, Table, Title
from crossplan.thresholds import thresholds_of

if TYPE_CHECKING:
    import pandas as pd

_METHOD = (
    "Declared in a file and run from it; the same inputs and versions give every file the same "
    "to the byte."
)
_KEPT = {
    "analysis": Title("分析的声明", "The declaration of the analysis"),
    "decisions": Title("复核决定", "A reviewer's decisions"),
    "words": Title("词表", "A list of words"),
}
_WHAT_IS_HERE = Title("说明", "What lies here")
# These digits show what was changed between two releases.
_CODE_DIGITS = 8

_OUTPUTS = Table(
    zh="结果文件夹中每个文件一行。",
    en="One row for each file of the folder of results.",
    columns={
        "path": Column("string", "路径。", "Its path within the folder.", required=True),
        "kind": Column(
            "string",
            "类型：表、图、报告、副本或说明。",
            "Whether it is a table, a figure, a report, a copy or the readme.",
            choices=("table", "figure", "report", "copy", "readme"),
            required=True,
        ),
        "step": Column("string", "所出的步骤。", "The step that made it; empty of other files."),
        "rows": Column("Int64", "表的行数。", "Rows of a table; empty of other files.", least=0.0),
        "size": Column("int64", "字节数。", "Its size in bytes.", least=0.0),
        "title": Column("string", "中文题名。", "What it holds, in Chinese."),
        "title_en": Column("string", "英文题名。", "What it holds, in English."),
        "sha256": Column("string", "校验和。", "Its checksum.", required=True),
    },
    key=("path",),
)
_KINDS = ("table", "figure", "report")


@dataclass(frozen=True, repr=False, eq=False)
class AnalysisRun(Result):
    """An analysis that was run; made by :func:`run_analysis`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per file of the folder: path, kind (table, figure, report, copy, readme),
        step, rows, size (in bytes), title, title_en, sha256.
    results : mapping of str to Result or Report
        By the names of the steps.
    manifest : Manifest
        Inputs, parameters, versions and outputs.
    files : mapping of str to bytes
        Everything that :meth:`save` writes, by path.
    tables : mapping of str to pandas.DataFrame
        Those of the folder, by the names of their files without ending.
    declared : mapping of str to Table
        Their declarations, by the same names.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="analysis-run", title=Title("一次分析", "Analysis"), tables=(_OUTPUTS,)
    )

    results: Mapping[str, Result | Report]
    manifest: Manifest
    files: Mapping[str, bytes]
    tables: "Mapping[str, pd.DataFrame]"
    declared: Mapping[str, Table]

    @property
    def left_out(self) -> tuple[Left, ...]:
        """The steps and figures that were left out, with the reasons."""
        return self.manifest.left_out

    def save(self, folder: str | Path) -> Path:
        """Write everything into a folder, which appears whole or not at all.

        Parameters
        ----------
        folder : str or Path
            It must not exist, or be an earlier run of the same analysis, which is replaced
            in one step.

        Returns
        -------
        Path
            Where it is.

        Raises
        ------
        OutputError
            If something else is there, or the folder cannot be written.
        """
        return write_folder(Path(folder), self.files, self.manifest.name)

    def _view(self) -> View:
        """Show the files of a run."""
        left_out = [f"left out: {left.step}" for left in self.left_out]
        return View(
            name=type(self).__name__,
            title="Analysis",
            of=analysis_name(self.manifest),
            counts=(
                number_of(len(self.results), "step"),
                *(count if count.startswith("1 ") else f"{count}s" for count in _kinds(self)),
                *left_out,
            ),
            columns=(
                plain_column("file", "path"),
                number_column("rows", "rows"),
                quoted_column("what", "title_en"),
            ),
            rows=records(self.frame, FILES_SHOWN),
            total=len(self.frame),
            ways=(".table", '.results["NAME"]', ".manifest", '.save("FOLDER")'),
            method=self.method,
        )


def run_analysis(
    path: str | Path,
    *,
    texts: str | Path | None = None,
    home: str | Path | None = None,
    n_jobs: int | None = None,
) -> AnalysisRun:
    """Run the analysis that a file declares.

    Everything that the file names is checked before anything is computed, and nothing is
    written until :meth:`AnalysisRun.save`. No clock is read and no connection opened.

    Parameters
    ----------
    path : str or Path
        TOML; docs/how-to/repeat-an-analysis.md lists its keys.
    texts : str or Path, optional
        Folder with texts of plans, in place of the one that is declared.
    home : str or Path, optional
        The data folder, in place of ``CROSSPLAN_HOME`` or the system's place.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. Results do not depend on it.

    Returns
    -------
    AnalysisRun

    Raises
    ------
    UnknownAnalysisError
        If there is no such file.
    AnalysisError
        If it is malformed or refers to something missing; the message has line and key.
    MissingExtraError
        If it needs an optional package that is not installed.
    ChoiceError
        If `n_jobs` is not possible.
    CrossplanError
        If a step fails, as for a malformed file of decisions.

    Examples
    --------
    >>> import crossplan as cp
    >>> run = cp.run_analysis("analyses/five-plans.toml")  # doctest: +SKIP
    >>> run.save("results/five-plans")  # doctest: +SKIP
    PosixPath('results/five-plans')
    """
    require_jobs(n_jobs)
    declaration = read_declaration(path)
    require_consistency(declaration)
    series = series_of(declaration)
    require_plans(declaration, series)
    material = gather(declaration, series, None if texts is None else Path(texts), home)
    to_run, left_out = sorted_out(declaration, material)
    analysis = declaration.analysis
    context = StepContext(
        corpus=material.corpus,
        ids=material.ids,
        series=None if series is None else series.folder,
        choices=analysis.words,
        lang=analysis.lang,
        at=declaration.at,
        n_jobs=n_jobs,
    )
    for key, step in to_run:
        if fault := step.fault_of_words(context):
            raise declaration.fault((*key, *fault.key), fault.problem, fault.remedy)
    require_decisions(declaration, material.corpus, to_run)
    finished = [
        render(
            step,
            context.run(step),
            material.ids,
            analysis.outputs,
            analysis.lang,
        )
        for _, step in progress.steps(to_run, f"running {declaration.name}")
    ]
    return _put_together(declaration, material, left_out, finished)


def _put_together(
    declaration: Declaration,
    material: Material,
    left_out: Sequence[Left],
    finished: list[FinishedStep],
) -> AnalysisRun:
    """Return the run of computed results.

    Parameters
    ----------
    declaration : Declaration
    material : Material
    left_out : sequence of Left
        StepContext that were not finished.
    finished : list of FinishedStep
        The others, with their files.
    """
    files = [*_copies(declaration, material), *(file for one in finished for file in one.files)]
    undrawn = [left for one in finished for left in one.left_out]
    manifest = _manifest_of(declaration, material, [*left_out, *undrawn], files)
    files.append(made_file(README, "readme", readme(manifest, finished), _WHAT_IS_HERE))
    manifest = replace(manifest, outputs=tuple(file.output for file in files))
    tables = {name: table for one in finished for name, table in one.tables.items()}
    frames = {name: one.frame for name, one in tables.items()}
    declared = {name: one.declared for name, one in tables.items()}
    package = package_json(manifest, frames, declared)
    whole = {file.output.path: file.data for file in files} | {
        MANIFEST: manifest.to_json(),
        CRATE: crate_json(manifest, checksum(package)),
        PACKAGE: package,
    }
    return AnalysisRun(
        frame=_outputs_frame(manifest),
        method=_METHOD,
        results=MappingProxyType({one.name: one.result for one in finished}),
        manifest=manifest,
        files=MappingProxyType(whole),
        tables=MappingProxyType(frames),
        declared=MappingProxyType(declared),
    )


def _copies(declaration: Declaration, material: Material) -> list[MadeFile]:
    """Return the declaration and the user's files that it names, unchanged."""
    roles = {item.name: item.role for item in material.inputs}
    kept = {COPY: declaration.data, **material.copies}
    return [made_file(path, "copy", data, _KEPT[roles[path]]) for path, data in kept.items()]


def _manifest_of(
    declaration: Declaration,
    material: Material,
    left_out: Sequence[Left],
    files: Sequence[MadeFile],
) -> Manifest:
    """Return the manifest of a run, without its README."""
    analysis = declaration.analysis
    return Manifest(
        name=declaration.name,
        title=analysis.title.zh,
        title_en=analysis.title.en,
        description=analysis.description.zh,
        description_en=analysis.description.en,
        published=analysis.published,
        authors=analysis.authors,
        lang=analysis.lang,
        parameters=_parameters_of(analysis),
        inputs=material.inputs,
        corrections=material.corrections,
        left_out=tuple(left_out),
        packages=_versions(analysis),
        command=_command_of(declaration.name, analysis, material.folder),
        outputs=tuple(file.output for file in files),
    )


def _command_of(name: str, analysis: Analysis, folder: Path | None) -> str:
    """Write the command that repeats an analysis, with texts from a folder or without."""
    texts = " --texts FOLDER" if folder is not None and not analysis.texts.folder else ""
    return f"crossplan run {shlex.quote(name + SUFFIX)}{texts}"


def _parameters_of(analysis: Analysis) -> dict[str, Any]:
    """Return the whole declaration with its defaults, and the fixed thresholds of the method.

    Everything is as it will be when it is read again from JSON.
    """
    declared = msgspec.to_builtins(analysis) | {"method": thresholds(analysis)}
    parameters: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(declared))
    return parameters


def thresholds(analysis: Analysis) -> dict[str, Any]:
    """Return the thresholds of the packages that take part, by their places in the code."""
    packages = {package for _, step in analysis.steps() for package in step.packages}
    reading = {"corpora", "guessing", "languages"} if analysis.documents else {"corpora"}
    return {
        name: value
        for package in sorted(packages | reading)
        for name, value in thresholds_of(package).items()
    }


def _versions(analysis: Analysis) -> dict[str, str]:
    """Return the versions of what computes results, by name; ours with a mark of its code."""
    own = f"{__version__}+{code_checksum()[:_CODE_DIGITS]}"
    found = {"crossplan": own, "python": platform.python_version()}
    # Packages that write no file of this analysis are optional.
    forms = [TABLE_PACKAGES[form] for form in analysis.outputs.tables if form in TABLE_PACKAGES]
    # One that reads is optional.
    found |= {
        name: version for name in (*READING, *WRITING, *forms) if (version := version_of(name))
    }
    return dict(sorted(found.items()))


def _outputs_frame(manifest: Manifest) -> "pd.DataFrame":
    """Return the files of a folder of results as a table."""
    return _OUTPUTS.frame(
        {name: getattr(output, name) for name in _OUTPUTS.columns} for output in manifest.outputs
    )


def _kinds(run: "AnalysisRun") -> tuple[str, ...]:
    """Return how many files of each kind there are, each counted once in whatever forms."""
    names = run.frame["path"].map(lambda path: PurePosixPath(path).stem)
    files = run.frame.assign(path=names).drop_duplicates(["kind", "path"])
    return tally(files, "kind", _KINDS)
