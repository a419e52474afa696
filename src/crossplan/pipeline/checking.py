"""Repeating a run, and saying what differs."""

from dataclasses import dataclass
from pathlib import Path

from crossplan.display import View, number_of, plain_column, quoted_column, records, small_column
from crossplan.errors import MissingRunError, UnreadableTextError
from crossplan.frames import typed_frame
from crossplan.pipeline.differences import COLUMNS, Difference, differences
from crossplan.pipeline.folder import paths_in
from crossplan.pipeline.manifest import FILES_SHOWN, MANIFEST, Manifest, analysis_name
from crossplan.pipeline.running import run_analysis
from crossplan.result import Result

METHOD = (
    "The analysis was run again; every file of the folder was compared with its checksum in the "
    "manifest and with what came out now."
)


@dataclass(frozen=True, repr=False, eq=False)
class RunCheck(Result):
    """A run that was repeated; made by :func:`check_analysis`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per difference: kind (input, parameter, package, correction, left out,
        manifest, missing, extra, altered, repeated otherwise), name, before, now, detail.
    manifest : Manifest
        Of the earlier run.
    differences : tuple of Difference
        The rows as objects.
    """

    manifest: Manifest
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def _view(self) -> View:
        """Show what differs."""
        count = len(self.frame)
        return View(
            name=type(self).__name__,
            title="Analysis repeated",
            of=analysis_name(self.manifest),
            counts=(number_of(count, "difference") if count else "the same",),
            columns=(
                plain_column("kind", "kind"),
                plain_column("what", "name"),
                small_column("before", "before"),
                small_column("now", "now"),
                quoted_column("detail", "detail"),
            ),
            rows=records(self.frame, FILES_SHOWN),
            total=count,
            ways=(".table", ".same"),
            method=self.method,
        )


def check_analysis(
    path: str | Path,
    folder: str | Path,
    *,
    texts: str | Path | None = None,
    home: str | Path | None = None,
    n_jobs: int | None = None,
) -> RunCheck:
    """Run an analysis again and compare it with an earlier run, file by file.

    Nothing is written.

    Parameters
    ----------
    path : str or Path
        The file of the analysis.
    folder : str or Path
        That of the earlier run, which holds its manifest.json.
    texts : str or Path, optional
        Folder with texts of plans, in place of the one that is declared.
    home : str or Path, optional
        The data folder, in place of ``CROSSPLAN_HOME`` or the system's place.
    n_jobs : int, optional
        So many processes; -1 for one on each processor.

    Returns
    -------
    RunCheck

    Raises
    ------
    MissingRunError
        If no earlier run is there.
    ManifestError
        If its manifest is broken.
    UnreadableTextError
        If a file of it cannot be opened.
    UnknownAnalysisError, AnalysisError, CrossplanError
        If the analysis cannot be run; see :func:`run_analysis`.

    Examples
    --------
    >>> import crossplan as cp
    >>> check = cp.check_analysis(
    ...     "analyses/five-plans.toml", "results/five-plans"
    ... )  # doctest: +SKIP
    >>> check.same  # doctest: +SKIP
    True
    """
    folder = Path(folder)
    if not (folder / MANIFEST).is_file():
        raise MissingRunError(folder)
    kept = files_in(folder)
    before = Manifest.from_json(kept[MANIFEST], folder / MANIFEST)
    repeated = run_analysis(path, texts=texts, home=home, n_jobs=n_jobs)
    found = tuple(differences(before, kept, repeated))
    return RunCheck(
        frame=typed_frame((one._asdict() for one in found), COLUMNS),
        method=METHOD,
        manifest=before,
        differences=found,
    )


def files_in(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by their paths in it.

    Raises
    ------
    UnreadableTextError
    """
    kept = {}
    for path in sorted(paths_in(folder)):
        try:
            kept[path] = (folder / path).read_bytes()
        except OSError as error:
            raise UnreadableTextError(
                folder / path, f"the file cannot be opened ({error.strerror})", "Check its rights."
            ) from error
    return kept
