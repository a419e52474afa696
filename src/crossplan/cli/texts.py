"""Define the commands that fetch, add, choose, verify and collate texts of plans."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crossplan.acquisition.verification import Checked, Verification
from crossplan.cli.options import home_option, language, print_table, series_option, table_format
from crossplan.labels import Language, in_language

if TYPE_CHECKING:
    from crossplan.acquisition.fetch import FetchResult

_WORDS_ZH = {
    "complete": "完整",
    "usable with gaps": "可用，有缺漏",
    "refused": "不取",
    "no text": "无正文",
    "fetched": "已取得",
    "at hand": "已有",
    "not got": "未取得",
}


@click.command()
@click.argument("plans", nargs=-1, metavar="[PLAN]...")
@click.option(
    "--address",
    "-a",
    "addresses",
    multiple=True,
    help="Read this address in place of those of the series; may be given several times.",
)
@click.option("--again", is_flag=True, help="Fetch a plan whose text is at hand.")
@series_option
@home_option
@language
@table_format
def fetch(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    plans: tuple[str, ...],
    addresses: tuple[str, ...],
    again: bool,
    series: str | None,
    home: Path | None,
    lang: str,
    form: str,
) -> None:
    """Fetch the texts of plans that are not at hand.

    The addresses of the series are tried in order. A text is verified before it is stored,
    in the folder that --home or CROSSPLAN_HOME names, or the system's place for data.
    The exit code is 1 when a plan could not be got.
    """
    from crossplan.acquisition.fetch import fetch_plans
    from crossplan.corpora.load import DEFAULT_SERIES
    from crossplan.labels import as_language

    output_language = as_language(lang)
    result = fetch_plans(
        plans or None,
        series=series or DEFAULT_SERIES,
        home=home,
        addresses=addresses or None,
        again=again,
    )
    if form == "text":
        click.echo("\n".join(_fetched_lines(result, output_language)))
    else:
        print_table(result.table, form)
    if result.missing:
        click.get_current_context().exit(1)


@click.command()
@click.argument("plan")
@click.argument("file", type=click.Path(path_type=Path))
@series_option
@home_option
@language
@table_format
def add(  # noqa: PLR0913 - one parameter for each option of the command
    *, plan: str, file: Path, series: str | None, home: Path | None, lang: str, form: str
) -> None:
    """Add FILE as the text of PLAN: text, Word, PDF, web page, wikitext, or a folder of pages.

    It is verified first, and read from now on.
    """
    from crossplan.acquisition.add import add_plan
    from crossplan.corpora.load import DEFAULT_SERIES
    from crossplan.labels import as_language

    output_language = as_language(lang)
    _show(add_plan(plan, file, series=series or DEFAULT_SERIES, home=home), output_language, form)


@click.command()
@click.argument("plan")
@click.argument("witness")
@series_option
@home_option
@language
@table_format
def use(  # noqa: PLR0913 - one parameter for each option of the command
    *, plan: str, witness: str, series: str | None, home: Path | None, lang: str, form: str
) -> None:
    """Choose which text of PLAN is read: a stored one by its name, or `shipped`."""
    from crossplan.acquisition.add import use_witness
    from crossplan.corpora.load import DEFAULT_SERIES
    from crossplan.labels import as_language

    output_language = as_language(lang)
    _show(
        use_witness(plan, witness, series=series or DEFAULT_SERIES, home=home),
        output_language,
        form,
    )


@click.command()
@click.argument("plans", nargs=-1, metavar="[PLAN]...")
@click.option("--findings", is_flag=True, help="Print every finding.")
@series_option
@home_option
@language
@table_format
def verify(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    plans: tuple[str, ...],
    findings: bool,
    series: str | None,
    home: Path | None,
    lang: str,
    form: str,
) -> None:
    """Verify the texts of plans: headings, measures, length, characters, checksums.

    The exit code is 1 when a text is refused.
    """
    from crossplan.acquisition.verification import verify_plans
    from crossplan.corpora.load import DEFAULT_SERIES
    from crossplan.labels import as_language

    output_language = as_language(lang)
    result = verify_plans(plans or None, series=series or DEFAULT_SERIES, home=home)
    _show(result, output_language, form, findings=findings)
    if any(checked.verdict == "refused" for checked in result.checked):
        click.get_current_context().exit(1)


@click.command()
@click.argument("plan")
@click.argument("a")
@click.argument("b")
@series_option
@home_option
@table_format
def collate(  # noqa: PLR0913 - one parameter for each option of the command
    *, plan: str, a: str, b: str, series: str | None, home: Path | None, form: str
) -> None:
    """List the variants between two texts of PLAN.

    A and B are names of stored texts, `shipped`, or files.
    """
    from crossplan.acquisition.collation import collate as collate_texts
    from crossplan.corpora.load import DEFAULT_SERIES

    result = collate_texts(plan, a, b, series=series or DEFAULT_SERIES, home=home)
    if form == "text":
        click.echo("\n".join(result.lines))
    else:
        print_table(result.table, form)


def _show(
    result: "Verification", output_language: Any, form: str, *, findings: bool = False
) -> None:
    """Print the result of a verification."""
    if form != "text":
        print_table(result.findings if findings else result.table, form)
        return
    click.echo("\n".join(_verified_lines(result, output_language)))
    if findings:
        click.echo("\n".join(_finding_lines(result)))


def _word(name: str, lang: Language) -> str:
    """Return a verdict or an outcome in a language."""
    return in_language(lang, _WORDS_ZH[name], name)


def _fetched_lines(result: "FetchResult", lang: Language) -> Iterator[str]:
    """Yield lines for each plan: whether it was fetched, from where, and in what state."""
    for row in result.table.to_dict("records"):
        verdict = f": {_word(row['verdict'], lang)}" if row["verdict"] else ""
        numbers = (
            in_language(
                lang,
                f"；标题{row['headings_found']}/{row['headings']}，举措{row['measures']}项，"
                f"{row['characters']:,}字",
                f"; {row['headings_found']} of {row['headings']} headings, "
                f"{row['measures']} measures, {row['characters']:,} characters",
            )
            if row["verdict"]
            else ""
        )
        yield f"{row['plan']}  {_word(row['outcome'], lang)}{verdict}{numbers}"
        if row["address"]:
            yield f"    {row['address']}"
        for attempt in result.tried:
            if attempt.plan == row["plan"] and attempt.problem:
                yield f"    {attempt.address}: {attempt.problem}"


def _verified_lines(result: Verification, lang: Language) -> Iterator[str]:
    """Yield lines for each text: its verdict, and its gaps."""
    for checked in result.checked:
        yield _checked_line(checked, lang)
        for finding in checked.of("gap"):
            yield f"    {finding.kind}: {finding.place} {finding.detail}".rstrip()
        if checked.refusal:
            yield f"    {checked.refusal}"


def _checked_line(checked: Checked, lang: Language) -> str:
    """Describe a text in one line."""
    in_use = in_language(lang, "（使用中）", " (in use)") if checked.in_use else ""
    name = f"  {checked.witness}{in_use}" if checked.witness else ""
    verdict = _word(checked.verdict, lang)
    if checked.plan is None:
        return f"{checked.plan_id}{name}  {verdict}"
    row = checked.row()
    return f"{checked.plan_id}{name}  {verdict}" + in_language(
        lang,
        f"：标题{row['headings_found']}/{row['headings']}，举措{row['measures']}项，"
        f"{row['characters']:,}字，另有{row['notes']}项说明",
        f": {row['headings_found']} of {row['headings']} headings, {row['measures']} measures, "
        f"{row['characters']:,} characters, {row['notes']} notes",
    )


def _finding_lines(result: Verification) -> Iterator[str]:
    """Yield a line for every finding of every text."""
    for checked in result.checked:
        for finding in checked.findings:
            place = f" {finding.place}" if finding.place else ""
            yield (
                f"{checked.plan_id}  {finding.severity}  {finding.kind}{place} "
                f"({finding.number}): {finding.detail}"
            )


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
    """Start a series in FOLDER from FILES, one for each plan, and list the guesses.

    Marks that are not given are guessed from all files together.
    """
    from crossplan.guessing.new_series import new_series as make_series
    from crossplan.guessing.numbering import PlanMarks

    marks = PlanMarks(chapter or None, section or None, measure or None)
    made = make_series(folder, files, title=title, marks=marks, language=language)
    if form == "text":
        for row in made.table.to_dict("records"):
            evidence = f" ({row['evidence']})" if row["evidence"] else ""
            click.echo(f"{row['plan']}  {row['what']}: {row['guess']}{evidence}")
        click.echo(f"{made.folder}: edit the files there where a guess is wrong")
    else:
        print_table(made.table, form)
