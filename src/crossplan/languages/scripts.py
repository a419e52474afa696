"""Scripts of texts, and the guess of a language from the script."""

import re
from typing import NamedTuple

from crossplan.thresholds import Threshold

# Chinese characters of modern texts, and rarer ones.
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
RARE_HAN = "\uf900-\ufaff\U00020000-\U0003ffff"
# Characters in the words of jieba, and all others, such as the numeral zero.
COMMON_HAN = "\u4e00-\u9fd5"
OTHER_HAN = "\u3005-\u3007\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that may end a sentence or a clause in any script.
SENTENCE_MARKS = "。；！？.;!?"
# Marks and letters of full width, which are used with Chinese characters.
WIDE_MARKS = "\u3000-\u303f"
WIDE_FORMS = "\uff00-\uffef"

_HAN = re.compile(f"[{HAN}{RARE_HAN}]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
_OTHER_WORD = re.compile(f"[^\\W\\d_A-Za-z\u00c0-\u024f\u3041-\u3096\u30a1-\u30fa{HAN}{RARE_HAN}]+")
# A text with fewer words or characters is too short to guess its language.
FEWEST_WORDS: Threshold[int] = 8
# The commonest words make up a quarter of an English text; they are rare in French or
# Spanish texts.
_COMMON_ENGLISH = frozenset({"the", "of", "and", "to", "for", "is", "with", "that", "by", "will"})
ENGLISH_SHARE: Threshold[float] = 0.08
JAPANESE_SHARE: Threshold[float] = 0.1

_CHINESE, _ENGLISH, UNDETERMINED = "zh", "en", "und"


class LanguageGuess(NamedTuple):
    """The guess of the language of a text, with the evidence.

    Attributes
    ----------
    code : str
        ``und`` (undetermined) where the text is neither Chinese nor English.
    evidence : str
        Reason of the guess.
    certain : bool
        False where the text is too short for a guess.
    """

    code: str
    evidence: str
    certain: bool = True


def has_han(text: str) -> bool:
    """Return whether a text has a Chinese character."""
    return bool(_HAN.search(text))


def guess_language(text: str) -> LanguageGuess:
    """Guess the language of a text from its script and its commonest words.

    The words are considered only in Latin script. A text with hardly any letters is taken
    to be Chinese.

    Parameters
    ----------
    text : str

    Returns
    -------
    LanguageGuess

    Examples
    --------
    >>> guess_language("加强水资源管理，完善制度。").code
    'zh'
    >>> guess_language("The ministry will repair the pipes of the city by 2030.")
    LanguageGuess(code='en', evidence='10 of 10 words in Latin letters, English ones', certain=True)
    >>> guess_language("Le ministère réparera les conduites de la ville avant 2030.").code
    'und'
    """
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    latin = _LATIN_WORD.findall(text)
    other = len(_OTHER_WORD.findall(text))
    total = han + kana + len(latin) + other
    if total < FEWEST_WORDS:
        code = _ENGLISH if len(latin) > han + kana + other else _CHINESE
        return LanguageGuess(code, "too few words to tell", certain=False)
    if han + kana >= max(len(latin), other):
        if kana > JAPANESE_SHARE * (han + kana):
            return LanguageGuess(UNDETERMINED, f"{kana} of {total} characters are kana")
        return LanguageGuess(_CHINESE, f"{han} of {total} words and characters are Chinese")
    if len(latin) >= other:
        common = sum(word.lower() in _COMMON_ENGLISH for word in latin)
        if common >= ENGLISH_SHARE * len(latin):
            evidence = f"{len(latin)} of {total} words in Latin letters, English ones"
            return LanguageGuess(_ENGLISH, evidence)
        return LanguageGuess(
            UNDETERMINED, f"{len(latin)} of {total} words in Latin letters, not English"
        )
    return LanguageGuess(UNDETERMINED, f"{other} of {total} words in another script")
