"""The marks of a document, as told by the user."""

from dataclasses import dataclass

from crossplan.errors import ChoiceError

Forms = tuple[str, ...]
EXAMPLES = ("a tuple of marks with {n} for a numeral, such as ('{n}、',)", "() for none", None)


@dataclass(frozen=True, slots=True)
class PlanMarks:
    """What opens the headings and measures of a document, where it is known.

    Attributes
    ----------
    chapter, section, measure : tuple of str, optional
        Forms as in ``series.toml``: ``("{n}、",)``, ``("第{n}节",)``, ``("——",)``, with
        ``{n}`` for a numeral. An empty tuple says that there are none; what is left out
        is guessed.

    Examples
    --------
    >>> PlanMarks(chapter=("第{n}章",), section=()).section
    ()
    """

    chapter: Forms | None = None
    section: Forms | None = None
    measure: Forms | None = None

    def __post_init__(self) -> None:
        for level in ("chapter", "section", "measure"):
            forms = getattr(self, level)
            if forms is not None and not is_forms(forms):
                raise ChoiceError(level, forms, EXAMPLES)


def is_forms(value: object) -> bool:
    """Tell whether a value is a tuple of marks."""
    return isinstance(value, tuple) and all(isinstance(form, str) and form for form in value)
