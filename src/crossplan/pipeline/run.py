"""An analysis that was run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crossplan.display import View
from crossplan.frames import typed_frame
from crossplan.pipeline.folder import write_folder
from crossplan.pipeline.manifest import Left, Manifest
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
        from crossplan.pipeline.views import run_view

        return run_view(self)


def outputs_frame(manifest: Manifest) -> "pd.DataFrame":
    """Give the files of a folder of results as a table."""
    return typed_frame(
        ({name: getattr(output, name) for name in COLUMNS} for output in manifest.outputs), COLUMNS
    )
