"""Reading a series: its files, checked against one another."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from crossplan.arguments import most_like, several
from crossplan.corpora.encoding import read_text
from crossplan.corpora.marks import Marks
from crossplan.corpora.records import (
    CorrectionsRecord,
    IndicatorsRecord,
    PlanRecord,
    SeriesRecord,
    TargetRecord,
    WitnessRecord,
    read_targets,
    read_toml,
)
from crossplan.corpora.store import is_safe_name
from crossplan.corpora.wordlists import read_lexicon
from crossplan.errors import SeriesError, UnknownPlanError
from crossplan.languages.registry import find_language
from crossplan.model import Address, Correction, Indicator, Lexicon, Section, Target


@dataclass(frozen=True, slots=True)
class Series:
    """A series with its records, as read from its folder."""

    folder: Path
    record: SeriesRecord
    plans: dict[str, PlanRecord]
    indicators: tuple[Indicator, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)

    def wanted(self, plans: str | Iterable[str] | None) -> list[str]:
        """Return ids of plans as a list; None means all plans.

        Raises
        ------
        UnknownPlanError
        """
        ids = list(self.plans) if plans is None else several(plans)
        for plan_id in ids:
            if plan_id not in self.plans:
                raise UnknownPlanError(plan_id, self.plans, most_like(plan_id, self.plans))
        return ids

    def marks(self, plan_id: str) -> Marks:
        """Return the marks of a plan: those of the series, and the title of its introduction."""
        forms = self.record.marks
        return Marks.from_forms(
            contents=forms.contents,
            introduction=(self.plans[plan_id].introduction,),
            chapter=forms.chapter,
            section=forms.section,
            measure=forms.measure,
            language=find_language(self.record.language),
        )


def read_series(folder: Path) -> Series:
    """Read ``series.toml`` and every ``plan.toml``.

    Raises
    ------
    SeriesError, WordListError
        If a file is malformed, or two files contradict each other.
    """
    path = folder / "series.toml"
    record = read_toml(path, SeriesRecord)
    twice = sorted({plan for plan in record.plans if record.plans.count(plan) > 1})
    if twice:
        raise SeriesError(
            path,
            "key plans",
            f"two plans have the id {', '.join(twice)}",
            "Name each plan once.",
        )
    for key, name in (("id", record.id), *(("plans", plan_id) for plan_id in record.plans)):
        if not is_safe_name(name):
            raise SeriesError(
                path,
                f"key {key}",
                f"{name!r} cannot name a folder",
                "Use letters, figures, hyphens and dots.",
            )
    plans = {plan_id: _read_plan_record(folder / plan_id) for plan_id in record.plans}
    lexicon = folder / "lexicon.txt"
    return Series(
        folder,
        record,
        plans,
        indicators=_read_indicators(folder / "indicators.toml"),
        lexicon=read_lexicon(lexicon) if lexicon.is_file() else Lexicon(),
    )


def _read_indicators(path: Path) -> tuple[Indicator, ...]:
    """Read the registry of indicators; a series may have none.

    Raises
    ------
    SeriesError
        If two indicators share a name, or one replaces an indicator that is not registered.
    """
    if not path.is_file():
        return ()
    indicators = tuple(
        Indicator(
            name=entry.name.own,
            name_en=entry.name.en or "",
            polarity=entry.polarity,
            unit_family=entry.unit_family,
            other_names=entry.other_names,
            replaces=entry.replaces,
        )
        for entry in read_toml(path, IndicatorsRecord).indicators
    )
    owners: dict[str, int] = {}
    for number, indicator in enumerate(indicators):
        for name in indicator.names:
            if name in owners:
                raise SeriesError(
                    path,
                    f"key indicators[{number}]",
                    f"{name} is a name of indicators[{owners[name]}] as well",
                    "Give each name to one indicator.",
                )
            owners[name] = number
    standard = {indicator.name for indicator in indicators}
    for number, indicator in enumerate(indicators):
        if unknown := sorted(set(indicator.replaces) - standard):
            raise SeriesError(
                path,
                f"key indicators[{number}].replaces",
                f"there is no indicator {', '.join(unknown)}",
                "Register it under this standard name, or leave it out.",
            )
    return indicators


def _read_plan_record(folder: Path) -> PlanRecord:
    """Read ``plan.toml`` and check it beyond its schema."""
    path = folder / "plan.toml"
    record = read_toml(path, PlanRecord)
    if record.id != folder.name:
        raise SeriesError(
            path,
            "key id",
            f"the id is {record.id} but the folder is {folder.name}",
            "Give both the same name; two plans cannot share an id.",
        )
    if record.period.start > record.period.end:
        raise SeriesError(
            path, "key period", "the period ends before it starts", "Exchange the years."
        )
    if not record.chapters:
        raise SeriesError(path, "key chapters", "the outline is empty", "Add the chapters.")
    return record


def outline(record: PlanRecord) -> tuple[Section, tuple[Section, ...]]:
    """Return the introduction and the chapters of a plan, without text."""
    introduction = Section(
        id=f"{record.id}/0",
        plan=record.id,
        level="introduction",
        chapter=0,
        number=None,
        title=record.introduction,
    )
    chapters = []
    for number, chapter in enumerate(record.chapters, start=1):
        sections = tuple(
            Section(
                id=f"{record.id}/{number}.{order}",
                plan=record.id,
                level="section",
                chapter=number,
                number=order,
                title=section.own,
                title_en=section.en,
            )
            for order, section in enumerate(chapter.sections, start=1)
        )
        chapters.append(
            Section(
                id=f"{record.id}/{number}",
                plan=record.id,
                level="chapter",
                chapter=number,
                number=None,
                title=chapter.own,
                title_en=chapter.en,
                sections=sections,
            )
        )
    return introduction, tuple(chapters)


def addresses(record: PlanRecord) -> tuple[Address, ...]:
    """Return the addresses of published copies of a plan."""
    return tuple(
        Address(text.language, text.address, text.opened, text.note) for text in record.texts
    )


def read_witness(series: Series, plan_id: str) -> tuple[Path, WitnessRecord] | None:
    """Return the shipped text of a plan, if any, after verifying its checksum."""
    record = series.plans[plan_id].witness
    if record is None:
        return None
    path = series.folder / plan_id / record.file
    if not is_safe_name(record.file):
        raise SeriesError(
            series.folder / plan_id / "plan.toml",
            "key witness.file",
            f"{record.file!r} does not name a file of this folder",
            "Put the text beside plan.toml.",
        )
    data, _, _ = read_text(path)
    if hashlib.sha256(data).hexdigest() != record.sha256:
        raise SeriesError(
            series.folder / plan_id / "plan.toml",
            "key witness.sha256",
            f"the checksum is not that of {record.file}",
            f"Restore {record.file} as published, byte for byte.",
        )
    return path, record


def read_corrections(path: Path, text: str, sha256: str, *, apply: bool) -> tuple[Correction, ...]:
    """Read the apparatus of a witness; empty if the checksum is that of another file."""
    if not path.is_file():
        return ()
    record = read_toml(path, CorrectionsRecord)
    if record.witness_sha256 != sha256:
        return ()
    corrections = []
    for number, entry in enumerate(record.corrections):
        times = text.count(entry.witness)
        if times != 1:
            raise SeriesError(
                path,
                f"key corrections[{number}].witness",
                f"{entry.witness!r} stands {times} times in the witness",
                "Quote it to the character, with enough around it to be found once.",
            )
        corrections.append(
            Correction(
                witness=entry.witness,
                corrected=entry.corrected,
                certainty=entry.certainty,
                reason=entry.reason.zh,
                reason_en=entry.reason.en,
                applied=apply and entry.certainty == "certain",
                start=text.index(entry.witness),
            )
        )
    return tuple(corrections)


def curated_targets(series: Series, plan_id: str) -> tuple[Target, ...]:
    """Read the curated targets of a plan; most plans with a text have none."""
    path = series.folder / plan_id / "targets.csv"
    if not path.is_file():
        return ()
    _, chapters = outline(series.plans[plan_id])
    titles = {h.id: h.title for c in chapters for h in (c, *c.sections)}
    counts: dict[str, int] = {}
    targets = []
    for line, row in read_targets(path):
        section_id = f"{plan_id}/{row.section_number}"
        if titles.get(section_id) != row.section:
            raise SeriesError(
                path,
                f"line {line}, column section",
                f"the outline has no section {row.section_number} {row.section}",
                "Give number and title as they stand in plan.toml.",
            )
        counts[section_id] = counts.get(section_id, 0) + 1
        targets.append(_curated_target(row, plan_id, section_id, counts[section_id]))
    return tuple(targets)


def _curated_target(row: TargetRecord, plan_id: str, section_id: str, order: int) -> Target:
    """Return a row of the table as a target."""
    return Target(
        id=f"{section_id}/t{order}",
        plan=plan_id,
        section=section_id,
        indicator=row.indicator,
        comparator=row.comparator,
        value=row.value,
        unit=row.unit,
        kind=row.kind,
        direction=row.direction,
        year=row.year,
        base_year=row.base_year,
        evidence=row.evidence,
        confidence=row.confidence,
        source=row.source,
        second_source=row.second_source,
        outcome=row.outcome_value,
        outcome_source=row.outcome_source,
        note=row.note,
    )
