"""The supported languages by their codes."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from crossplan.errors import ChoiceError, LanguageError
from crossplan.languages.chinese import CHINESE
from crossplan.languages.english import ENGLISH
from crossplan.languages.language import PlanLanguage
from crossplan.languages.scripts import UNDETERMINED

KNOWN = {language.code: language for language in (CHINESE, ENGLISH)}

# Codes of languages as in ISO 639 and BCP 47.
LANGUAGE_CODE = "^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$"
# A sentence in most scripts: up to a mark that ends it, with the blanks after it.
_SENTENCE = re.compile(r".*?(?:[.!?…।؟۔]+[\"'”’»)\]]*\s+|$)", re.DOTALL)


class _Written(Protocol):
    """A plan, or a reference to one."""

    @property
    def id(self) -> str:
        """Id of the plan."""
        ...

    @property
    def language(self) -> str:
        """Code of the language of the plan."""
        ...


@cache
def find_language(code: str) -> PlanLanguage:
    """Return the description of a language.

    Parameters
    ----------
    code : str
        Code of ISO 639, such as ``zh``; subtags after a hyphen, as in ``en-GB``, are
        ignored.

    Returns
    -------
    PlanLanguage
        For other languages, a general description: blanks between words, and sentences
        that end with a full stop and a blank.

    Examples
    --------
    >>> find_language("en-GB").name, find_language("fr").cuts_words
    ('English', False)
    """
    return KNOWN.get(code.partition("-")[0]) or PlanLanguage(
        code=code,
        name="a language that is not determined" if code == UNDETERMINED else code,
        sentence_spans=_sentence_spans,
        full_stop=".",
        in_title=ENGLISH.in_title,
        ends_line=re.compile(r"[.;:!?…।؟۔”’»\")]$"),
        punctuation=re.compile(r"[.,;:!?،؛।]"),
        numerals=ENGLISH.numerals,
        is_number=ENGLISH.is_number,
    )


def require_code(code: object) -> None:
    """Raise unless a value is the code of a language.

    Raises
    ------
    ChoiceError
        If it is not.
    """
    if not isinstance(code, str) or not re.search(LANGUAGE_CODE, code):
        raise ChoiceError("language", code, [*KNOWN, "another code of ISO 639, such as 'fr'", None])


def require_targets(*plans: _Written) -> None:
    """Raise unless targets can be read in the languages of some plans.

    Raises
    ------
    LanguageError
        For the first plan whose targets cannot be read.
    """
    for plan in plans:
        if find_language(plan.language).target_grammar is None:
            raise LanguageError.of_targets(f"plan {plan.id}", describe(plan.language))


def language_of(plans: Iterable[_Written], asked: str) -> PlanLanguage:
    """Return the language of plans that are compared.

    Parameters
    ----------
    plans : iterable of Plan or PlanReference
        Plans; without any, the language is Chinese.
    asked : str
        The analysis that needs plans in one language, such as ``terms``.

    Raises
    ------
    LanguageError
        If the plans are written in different languages.
    """
    first: _Written | None = None
    for plan in plans:
        if first is None:
            first = plan
        elif find_language(plan.language) != find_language(first.language):
            raise LanguageError.of_two(
                asked,
                (first.id, describe(first.language)),
                (plan.id, describe(plan.language)),
            )
    return CHINESE if first is None else find_language(first.language)


def describe(code: str) -> str:
    """Return the name of a language and its code.

    Examples
    --------
    >>> describe("en"), describe("und"), describe("fr")
    ("English ('en')", "a language that is not determined ('und')", "the language 'fr'")
    """
    language = find_language(code)
    return f"the language {code!r}" if language.name == code else f"{language.name} ({code!r})"


def known_names(languages: Iterable[PlanLanguage]) -> str:
    """Return the names of languages with their codes, joined for use in a sentence."""
    return " and ".join(f"{language.name} ({language.code!r})" for language in languages)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences that end with a full stop and a blank."""
    return (match.span() for match in _SENTENCE.finditer(text) if match[0])
