"""An analysis that was run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from crossplan.display import (
    View,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    tally,
)
from crossplan.frames import typed_frame
from crossplan.pipeline.folder import write_folder
from crossplan.pipeline.manifest import FILES_SHOWN, Left, Manifest, analysis_name
from crossplan.reporting.report import Report
from crossplan.result import Result

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "path": "string",
    "kind": "string",
    "step": "string",
    "rows": "Int64",
    "size": "int64",
    "title": "string",
    "title_en": "string",
    "sha256": "string",
}
KINDS = ("table", "figure", "report")


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
    """

    results: Mapping[str, Result | Report]
    manifest: Manifest
    files: Mapping[str, bytes]
    tables: "Mapping[str, pd.DataFrame]"

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
                *(count if count.startswith("1 ") else f"{count}s" for count in kinds(self)),
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
    """Give the files of a folder of results as a table."""
    return typed_frame(
        ({name: getattr(output, name) for name in COLUMNS} for output in manifest.outputs), COLUMNS
    )


def kinds(run: "AnalysisRun") -> tuple[str, ...]:
    """Count what there is of each kind, in whatever forms."""
    names = run.frame["path"].map(lambda path: PurePosixPath(path).stem)
    told = run.frame.assign(path=names).drop_duplicates(["kind", "path"])
    return tally(told, "kind", KINDS)
