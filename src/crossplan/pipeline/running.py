"""Running a declared analysis."""

from pathlib import Path

from crossplan import progress
from crossplan.arguments import require_jobs
from crossplan.pipeline.assembling import put_together
from crossplan.pipeline.consistency import require_consistency
from crossplan.pipeline.material import gather
from crossplan.pipeline.needs import sorted_out
from crossplan.pipeline.plan_names import require_plans, series_of
from crossplan.pipeline.reading import read_declaration
from crossplan.pipeline.rendering import render
from crossplan.pipeline.rulings import require_decisions
from crossplan.pipeline.run import AnalysisRun
from crossplan.pipeline.steps import Steps
from crossplan.pipeline.titles import title_of_step


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
        So many processes; -1 for one on each processor. Results do not depend on it.

    Returns
    -------
    AnalysisRun

    Raises
    ------
    UnknownAnalysisError
        If there is no such file.
    AnalysisError
        If it is malformed or asks for what is not there; the message has line and key.
    MissingExtraError
        If it asks for what an optional package does that is not installed.
    ChoiceError
        If `n_jobs` is not possible.
    CrossplanError
        Whatever the steps refuse, such as a malformed file of decisions.

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
    to_take, left_out = sorted_out(declaration, material)
    steps = Steps(declaration, material, n_jobs)
    steps.require_words(to_take)
    require_decisions(declaration, material.corpus, to_take)
    analysis = declaration.analysis
    taken = [
        render(
            step,
            steps.take(step),
            title_of_step(step, material.ids),
            analysis.outputs,
            analysis.lang,
        )
        for _, step in progress.steps(to_take, f"running {declaration.name}")
    ]
    return put_together(declaration, material, left_out, taken)
