"""An analysis that was run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, ClassVar

from crossplan.display import (
    View,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    tally,
)
from crossplan.pipeline.folder import write_folder
from crossplan.pipeline.manifest import FILES_SHOWN, Left, Manifest, analysis_name
from crossplan.reporting.report import Report
from crossplan.result import Result, ResultKind
from crossplan.tables import Column, Table, Title

if TYPE_CHECKING:
    import pandas as pd

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
        What they say, likewise.
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
        """What was left out, and why."""
        return self.manifest.left_out

    def save(self, folder: str | Path) -> Path:
        """Write everything into a folder, which appears whole or not at all.

        Parameters
        ----------
        folder : str or Path
            Nothing may be there yet but an earlier run of the same analysis, which gives
            way in one step.

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


def outputs_frame(manifest: Manifest) -> "pd.DataFrame":
    """Return the files of a folder of results as a table."""
    return _OUTPUTS.frame(
        {name: getattr(output, name) for name in _OUTPUTS.columns} for output in manifest.outputs
    )


def _kinds(run: "AnalysisRun") -> tuple[str, ...]:
    """Return how many files of each kind there are, each counted once in whatever forms."""
    names = run.frame["path"].map(lambda path: PurePosixPath(path).stem)
    files = run.frame.assign(path=names).drop_duplicates(["kind", "path"])
    return tally(files, "kind", _KINDS)
