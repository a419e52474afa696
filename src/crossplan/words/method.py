"""How words were made and which were left out, in one sentence for captions."""

from crossplan.labels import Language, in_language
from crossplan.words.options import WordReader


def words_by(reader: WordReader, lang: Language) -> str:
    """Say what cut the texts into words, and how many stop words were left out."""
    cut, left_out = reader.segmenter.name, len(reader.stop_words.words)
    return in_language(
        lang,
        f"分词：{cut}；不列停用词 {left_out} 个",
        f"Words by {cut}, without {left_out} stop words",
    )
