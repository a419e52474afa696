"""The words of a plan, kept between runs: cutting is the slowest step with jieba."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from crossplan.cache import keep, kept, key_of
from crossplan.words.segment import Segmenter, WordSegmenter

KIND = "words"
# A length is kept in one byte; no dictionary has a longer word.
LONGEST = 255

Cut = tuple[str, ...]


def words_of_texts(segmenter: Segmenter, texts: Sequence[str]) -> dict[str, Cut]:
    """Cut texts, or give them as they were cut and kept before.

    Only what jieba makes is kept. rjieba is as quick as a file, and the name of a segmenter
    of the user's own does not tell whether it is the same as in the last run.

    Parameters
    ----------
    segmenter : Segmenter
    texts : sequence of str

    Returns
    -------
    dict of str to tuple of str

    Examples
    --------
    >>> from crossplan.words.segment import segmenter
    >>> words_of_texts(segmenter(), ["健全治理体系"])
    {'健全治理体系': ('健全', '治理', '体系')}
    """
    if not isinstance(segmenter, WordSegmenter) or not segmenter.is_worth_keeping:
        return {text: tuple(segmenter.words(text)) for text in texts}
    key = key_of(segmenter.name, segmenter.lexicon.checksum, *texts)
    lengths = kept(KIND, key)
    if lengths is None or sum(lengths) != sum(map(len, texts)):
        words = [segmenter.words(text) for text in texts]
        if max((len(word) for cut in words for word in cut), default=0) <= LONGEST:
            keep(KIND, key, bytes(len(word) for cut in words for word in cut))
        return {text: tuple(cut) for text, cut in zip(texts, words, strict=True)}
    return dict(zip(texts, cut_again(texts, lengths), strict=True))


def cut_again(texts: Sequence[str], lengths: bytes) -> Iterator[Cut]:
    """Cut texts into words of given lengths; no word goes from one into the next."""
    whole = "".join(texts)
    ends = list(accumulate(lengths, initial=0))
    words = [whole[start:end] for start, end in pairwise(ends)]
    places = {end: number for number, end in enumerate(ends)}
    for start, end in pairwise(accumulate(map(len, texts), initial=0)):
        yield tuple(words[places[start] : places[end]])
