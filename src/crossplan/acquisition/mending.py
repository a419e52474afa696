"""From the pages of a document to one text, with the damage of copies put right."""

from crossplan.acquisition.characters import mend_characters, to_simplified
from crossplan.acquisition.draft import Draft
from crossplan.acquisition.headings import HeadingMender
from crossplan.acquisition.known import Known
from crossplan.acquisition.languages import keep_chinese
from crossplan.acquisition.page_edges import join_pages
from crossplan.acquisition.wrapping import unwrap
from crossplan.corpora.records import MarkForms
from crossplan.readers.document import Document


def mend(document: Document, known: Known, forms: MarkForms) -> Draft:
    """Put right what copies are known to damage; nothing is cut but the edges of pages.

    Parameters
    ----------
    document : Document
    known : Known
        The outline of the plan, and the marks of its series.
    forms : MarkForms
        The marks as they are printed.

    Returns
    -------
    Draft
        The lines, and every repair with its number and examples.
    """
    draft = join_pages(document.pages, known)
    if any(original.form == "pdf" for original in document.originals):
        draft = unwrap(draft, known)
    draft = Draft(tuple(line.strip() for line in draft.lines if line.strip()), draft.repairs)
    draft = mend_characters(draft)
    draft = to_simplified(keep_chinese(draft))
    return HeadingMender(known, forms).mend(draft)
