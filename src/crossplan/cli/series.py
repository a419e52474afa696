"""The command that starts a series."""

from pathlib import Path

import click

from crossplan.cli.options import print_table, table_format


@click.command("new-series")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", help="Name of the series; that of the folder if not given.")
@click.option("--chapter", multiple=True, help="What opens a chapter, such as {n}、")
@click.option("--section", multiple=True, help="What opens a section, such as （{n}）")
@click.option("--measure", multiple=True, help="What opens a measure, such as ——")
@click.option("--language", help="Code of the language, such as en; guessed if not given.")
@table_format
def new_series(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    folder: Path,
    files: tuple[Path, ...],
    title: str | None,
    chapter: tuple[str, ...],
    section: tuple[str, ...],
    measure: tuple[str, ...],
    language: str | None,
    form: str,
) -> None:
    """Start a series in FOLDER from FILES, one for each plan, and say what was guessed.

    Marks that are not given are guessed from all files together.
    """
    from crossplan.guessing.new_series import new_series as make_series
    from crossplan.guessing.plan_marks import PlanMarks

    marks = PlanMarks(chapter or None, section or None, measure or None)
    made = make_series(folder, files, title=title, marks=marks, language=language)
    if form == "text":
        for row in made.table.to_dict("records"):
            evidence = f" ({row['evidence']})" if row["evidence"] else ""
            click.echo(f"{row['plan']}  {row['what']}: {row['guess']}{evidence}")
        click.echo(f"{made.folder}: edit the files there where a guess is wrong")
    else:
        print_table(made.table, form)
