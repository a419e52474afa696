"""The sentences of passages as words."""

from collections.abc import Iterable, Iterator

from crossplan.model import Passage
from crossplan.words.options import WordReader


def sentences_of(passages: Iterable[Passage], reader: WordReader) -> Iterator[tuple[str, ...]]:
    """Give each sentence of passages, as the segmenter cut it.

    The passage was cut as a whole, so that words are the same as anywhere; one that
    runs over the end of a sentence belongs to where it begins.
    """
    for passage in passages:
        ends = iter(sentence.end - passage.start for sentence in passage.sentences)
        end = next(ends, len(passage.text))
        place = 0
        sentence: list[str] = []
        for word in reader.words(passage):
            if place >= end and sentence:
                yield tuple(sentence)
                sentence = []
            while place >= end:
                end = next(ends, len(passage.text) + 1)
            sentence.append(word)
            place += len(word)
        if sentence:
            yield tuple(sentence)
