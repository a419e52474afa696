"""One of every result that a user may end a cell with."""

from pathlib import Path
from typing import Any

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.model import Plan
from crossplan.pairing.decisions import Decisions, Ruling

WATER = "节水计划（{}年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n"


def of_plans(plans: Corpus) -> dict[str, Any]:
    """Everything that the outlines and the targets of the five plans give."""
    third, fifth = plans["2016-2020"], plans["2026-2030"]
    targets = cp.compare_targets(third, fifth)
    sections = cp.trace_sections(plans)
    trace = cp.trace_targets(plans)
    return {
        "corpus": plans,
        "plan": fifth,
        "outline": third,
        "chapter of an outline": third.chapters[0],
        "curated target": third.curated_targets[0],
        "sections": sections,
        "why of a section": sections.explain("2026-2030/2.5"),
        "targets compared": targets,
        "why of a target": targets.explain("2026-2030/1.5/2/t5"),
        "targets traced": trace,
        "disagreements": trace.disagreements,
        "terms of outlines": cp.trace_terms(plans, ["人权教育", "数字*"]),
        "groups": cp.load_term_groups(),
        "fetched": cp.fetch_plans("2026-2030"),
        "verified": cp.verify_plans(),
    }


def of_pair(old: Plan, new: Plan, truth: Any) -> dict[str, Any]:
    """Everything that two full texts give."""
    measures = cp.compare_measures(old, new)
    linked = measures.frame.dropna(subset=["old_id", "new_id"])
    revised = linked[linked["status"] != "kept"].iloc[0]
    terms = cp.compare_terms(old, new, robustness=True)
    pair = revised["old_id"], revised["new_id"]
    rulings: dict[tuple[str | None, str | None], Ruling] = {
        pair: Ruling(linked=True, row=2, note="", initials="AB"),
        (None, new.measures[-1].id): Ruling(linked=True, row=3, note="没有前身", initials="AB"),
    }
    word = terms.rising.iloc[0]["term"] if len(terms.rising) else terms.frame.iloc[0]["term"]
    return {
        "full plan": new,
        "chapter": new.chapters[0],
        "section": new.sections[0],
        "introduction": new.introduction,
        "measure": new.measures[0],
        "goal": new.goals[0],
        "target": cp.extract_targets(new).targets[0],
        "measures compared": measures,
        "why of a measure": measures.explain(pair[1]),
        "redline": measures.redline(pair[1]),
        "agreement": measures.agreement(),
        "decisions": Decisions("decisions.csv", rulings),
        "evaluation": cp.evaluation.evaluate(measures, truth),
        "lineage": cp.trace_measures(Corpus([old, new])),
        "sections aligned": cp.align_sections(old, new),
        "targets": cp.extract_targets(new),
        "targets of a pair": cp.compare_targets(old, new),
        "terms": cp.term_frequencies(new),
        "terms by chapter": cp.term_frequencies([old, new], by="chapter"),
        "terms compared": terms,
        "why of a term": terms.explain(word),
        "groups compared": cp.compare_terms(old, new, groups=cp.load_term_groups()),
        "groups traced": cp.trace_terms([old, new], groups=cp.load_term_groups()),
        "concordance": cp.concordance(new, "人权教育"),
        "concordance without lines": cp.concordance(new, "不会有的词"),
        "collocations": cp.collocations(new, "残疾人"),
        "collocations in sentences": cp.collocations(new, "残疾人", within="sentence"),
        "cooccurrence": cp.cooccurrence(new),
        "candidates": cp.propose_terms(new, words=cp.WordOptions(lexicon=None)),
    }


def of_files(folder: Path, paragraphs: list[str]) -> dict[str, Any]:
    """What getting and collating texts gives."""
    copy = folder / "copy.txt"
    changed = [line.replace("发展", "进步") for line in paragraphs]
    copy.write_text("\n".join(changed), encoding="utf-8")
    files = [folder / f"water-{year}.txt" for year in (2025, 2026)]
    for path in files:
        path.write_text(WATER.format(path.stem[-4:]), encoding="utf-8")
    return {
        "collation": cp.witnesses.collate("2026-2030", "shipped", copy),
        "added": cp.add_plan("2026-2030", copy, home=folder / "home"),
        "new series": cp.any_plan.new_series(folder / "water", files),
    }
