"""Saying in a few lines what was fetched, and what verifying found."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crossplan.acquisition.verification import Checked, Verification
from crossplan.labels import Language, in_language

if TYPE_CHECKING:
    from crossplan.acquisition.fetch import FetchResult

WORDS_ZH = {
    "complete": "完整",
    "usable with gaps": "可用，有缺漏",
    "refused": "不取",
    "no text": "无正文",
    "fetched": "已取得",
    "at hand": "已有",
    "not got": "未取得",
}


def word(name: str, lang: Language) -> str:
    """Give a verdict or an outcome in a language."""
    return in_language(lang, WORDS_ZH[name], name)


def tell_fetched(result: "FetchResult", lang: Language) -> Iterator[str]:
    """Say of each plan whether it was fetched, from where, and in what state."""
    for row in result.table.to_dict("records"):
        verdict = f": {word(row['verdict'], lang)}" if row["verdict"] else ""
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
        yield f"{row['plan']}  {word(row['outcome'], lang)}{verdict}{numbers}"
        if row["address"]:
            yield f"    {row['address']}"
        for attempt in result.tried:
            if attempt.plan == row["plan"] and attempt.problem:
                yield f"    {attempt.address}: {attempt.problem}"


def tell_verified(result: Verification, lang: Language) -> Iterator[str]:
    """Say of each text whether it is whole, and what it lacks."""
    for checked in result.checked:
        yield tell(checked, lang)
        for finding in checked.of("gap"):
            yield f"    {finding.kind}: {finding.place} {finding.detail}".rstrip()
        if checked.refusal:
            yield f"    {checked.refusal}"


def tell(checked: Checked, lang: Language) -> str:
    """Say of a text, in one line, what it is."""
    in_use = in_language(lang, "（使用中）", " (in use)") if checked.in_use else ""
    name = f"  {checked.witness}{in_use}" if checked.witness else ""
    verdict = word(checked.verdict, lang)
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


def tell_findings(result: Verification) -> Iterator[str]:
    """Print every finding of every text in a line."""
    for checked in result.checked:
        for finding in checked.findings:
            place = f" {finding.place}" if finding.place else ""
            yield (
                f"{checked.plan_id}  {finding.severity}  {finding.kind}{place} "
                f"({finding.number}): {finding.detail}"
            )
