"""What a run, and a check of one, show of themselves."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    Cells,
    View,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    small_column,
    tally,
)

if TYPE_CHECKING:
    from crossplan.pipeline.checking import RunCheck
    from crossplan.pipeline.manifest import Manifest
    from crossplan.pipeline.run import AnalysisRun

ROWS_SHOWN = 30
KINDS = ("table", "figure", "report")


def run_view(run: "AnalysisRun") -> View:
    """Show the files of a run."""
    left_out = [f"left out: {left.step}" for left in run.left_out]
    return View(
        name=type(run).__name__,
        title="Analysis",
        of=named(run.manifest),
        counts=(
            number_of(len(run.results), "step"),
            *(count if count.startswith("1 ") else f"{count}s" for count in kinds(run)),
            *left_out,
        ),
        columns=(
            plain_column("file", "path"),
            number_column("rows", "rows"),
            quoted_column("what", "title_en"),
        ),
        rows=records(run.frame, ROWS_SHOWN),
        total=len(run.frame),
        ways=(".table", '.results["NAME"]', ".manifest", '.save("FOLDER")'),
        method=run.method,
    )


def kinds(run: "AnalysisRun") -> tuple[str, ...]:
    """Count what there is of each kind, in whatever forms."""
    names = run.frame["path"].map(lambda path: PurePosixPath(path).stem)
    told = run.frame.assign(path=names).drop_duplicates(["kind", "path"])
    return tally(told, "kind", KINDS)


def check_view(check: "RunCheck") -> View:
    """Show what differs."""
    count = len(check.frame)
    return View(
        name=type(check).__name__,
        title="Analysis repeated",
        of=named(check.manifest),
        counts=(number_of(count, "difference") if count else "the same",),
        columns=(
            plain_column("kind", "kind"),
            plain_column("what", "name"),
            small_column("before", "before"),
            small_column("now", "now"),
            quoted_column("detail", "detail"),
        ),
        rows=records(check.frame, ROWS_SHOWN),
        total=count,
        ways=(".table", ".same"),
        method=check.method,
    )


def named(manifest: "Manifest") -> Cells:
    """Name an analysis."""
    return Cell(manifest.title, "quoted"), Cell(" "), Cell(manifest.name, "small")
