"""Cutting texts into words: once in a process, and with jieba once for all runs."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from crossplan.cache import keep, kept, key_of
from crossplan.errors import CrossplanError
from crossplan.words.segment import Segmenter, WordSegmenter

KIND = "words"
# A length is kept in one byte; no dictionary has a longer word.
LONGEST = 255
# So many passages stay cut; a plan has some 240.
REMEMBERED = 16_384
# The words of one plan as they were kept, until they are asked for.
READY: dict[tuple[Segmenter, str], "Cut"] = {}

Cut = tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def cut(cutter: Segmenter, text: str) -> Cut:
    """Cut a text, or remember how it was cut.

    Raises
    ------
    CrossplanError
        If a segmenter loses characters: places could not be found again.
    """
    words = READY.pop((cutter, text), None) or tuple(cutter.words(text))
    if "".join(words) != text or "" in words:
        raise CrossplanError(
            f"the segmenter {cutter.name} does not give the text again in “{text[:20]}”. "
            "Joined, its words must be the text, and none may be empty."
        )
    return words


def look_up(cutter: Segmenter, texts: Sequence[str]) -> None:
    """Have the words of the texts of a plan ready, as an earlier run cut and kept them.

    Only what jieba makes is kept. rjieba is as quick as a file, and the name of a segmenter
    of the user's own does not tell whether it is the same as in the last run.
    """
    if not isinstance(cutter, WordSegmenter) or not cutter.is_worth_keeping:
        return
    key = key_of(cutter.name, cutter.lexicon.checksum, *texts)
    lengths = kept(KIND, key)
    if lengths is not None and sum(lengths) == sum(map(len, texts)):
        READY.clear()
        READY.update(
            zip(((cutter, text) for text in texts), cut_again(texts, lengths), strict=True)
        )
        return
    cutter.expect(texts)
    words = [word for text in texts for word in cut(cutter, text)]
    if max(map(len, words), default=0) <= LONGEST:
        keep(KIND, key, bytes(map(len, words)))


def cut_again(texts: Sequence[str], lengths: bytes) -> Iterator[Cut]:
    """Cut texts into words of given lengths; no word goes from one into the next.

    Examples
    --------
    >>> list(cut_again(["健全治理体系", "发展"], bytes([2, 2, 2, 2])))
    [('健全', '治理', '体系'), ('发展',)]
    """
    whole = "".join(texts)
    ends = list(accumulate(lengths, initial=0))
    words = [whole[start:end] for start, end in pairwise(ends)]
    places = {end: number for number, end in enumerate(ends)}
    for start, end in pairwise(accumulate(map(len, texts), initial=0)):
        yield tuple(words[places[start] : places[end]])
