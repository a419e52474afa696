"""The command that runs a declared analysis, or repeats it."""

from pathlib import Path

import click

from crossplan.cli.options import home_option, refuse_connections


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    default="results",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder that holds the folder of results, which is named after the analysis.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    help="Folder with texts of plans, in place of the one that the analysis declares.",
)
@home_option
@click.option("--jobs", type=int, help="The number of processes; -1 for one on each processor.")
@click.option("--check", is_flag=True, help="Write nothing; say what differs from the results.")
@click.option("--offline", is_flag=True, help="Refuse every network connection.")
def run(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    file: Path,
    output: Path,
    texts: Path | None,
    home: Path | None,
    jobs: int | None,
    check: bool,
    offline: bool,
) -> None:
    """Run the analysis that FILE declares, into a folder that says how it came to be.

    With --check, the analysis is run again and compared with the folder; the exit code is
    1 when something differs. FILE may be the analysis.toml of that folder.
    """
    if offline:
        refuse_connections()
    _draw_without_windows()
    if check:
        _report_check(file, output, texts, home, jobs)
    else:
        _write_run(file, output, texts, home, jobs)


def _draw_without_windows() -> None:
    """Let matplotlib want no screen, whatever the user's own settings are."""
    import matplotlib as mpl

    mpl.use("agg")


def _write_run(
    file: Path, output: Path, texts: Path | None, home: Path | None, jobs: int | None
) -> None:
    """Run an analysis and write what came out; nothing is computed that has no place."""
    from crossplan.pipeline.folder import require_replaceable
    from crossplan.pipeline.reading import read_declaration
    from crossplan.pipeline.running import run_analysis

    name = read_declaration(file).name
    require_replaceable(output / name, name)
    made = run_analysis(file, texts=texts, home=home, n_jobs=jobs)
    click.echo(made.save(output / name))
    for left in made.left_out:
        click.echo(f"crossplan: left out in {left.step}: {left.reason}", err=True)


def _report_check(
    file: Path, output: Path, texts: Path | None, home: Path | None, jobs: int | None
) -> None:
    """Repeat an analysis and print a line for each difference."""
    from crossplan.display import visible
    from crossplan.pipeline.checking import check_analysis
    from crossplan.pipeline.reading import read_declaration

    declaration = read_declaration(file)
    folder = declaration.results or output / declaration.name
    checked = check_analysis(file, folder, texts=texts, home=home, n_jobs=jobs)
    if checked.same:
        click.echo(f"{folder}: the same, {len(checked.manifest.outputs)} files")
        return
    for difference in checked.differences:
        click.echo(visible(" ".join(str(difference).split())))
    click.get_current_context().exit(1)
