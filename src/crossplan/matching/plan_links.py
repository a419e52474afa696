"""Link the headings and the measures of two plans."""

from dataclasses import dataclass

from crossplan.matching.measure_links import MeasureLinks, link_measures, pair_measures
from crossplan.matching.section_links import SectionLinks, link_sections
from crossplan.model import Plan
from crossplan.pairing.decisions import Decisions


@dataclass(frozen=True, slots=True)
class PlanLinks:
    """The links between two plans.

    Attributes
    ----------
    sections : SectionLinks
    measures : MeasureLinks or None
        None if the text of a plan is not available.
    """

    sections: SectionLinks
    measures: MeasureLinks | None


def link_plans(old: Plan, new: Plan, decisions: Decisions | None = None) -> PlanLinks:
    """Link the headings and the measures of two plans.

    Linked measures are votes for the headings above them, and links of headings show which
    measures have moved.

    Parameters
    ----------
    old, new : Plan
    decisions : Decisions, optional
        The decisions of a reviewer on measures.

    Returns
    -------
    PlanLinks
    """
    if not old.coverage == new.coverage == "full":
        return PlanLinks(link_sections(old, new), None)
    olds, news = old.measures, new.measures
    found = pair_measures(olds, news, decisions or Decisions(""))
    sections = link_sections(old, new, [(olds[p.old].id, news[p.new].id) for p in found.pairs])
    return PlanLinks(sections, link_measures(olds, news, found, sections.pairs))
