"""A cloud of terms, for those who ask for one."""

import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from crossplan.errors import MissingExtraError
from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.fonts import font_file
from crossplan.figures.style import BLUE, GREEN_INK, INK, ORANGE, drawing
from crossplan.labels import Language, in_language
from crossplan.words.method import words_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.terms import TermFrequencies

WIDTH, HEIGHT = 8.0, 4.6
PIXELS = 200
SEED = 1
# They only part the words, and mean nothing.
COLOURS = (BLUE, INK, GREEN_INK, ORANGE)


def draw_cloud(
    terms: "TermFrequencies", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the cloud; see :meth:`TermFrequencies.plot_cloud`."""
    if find_spec("wordcloud") is None:
        raise MissingExtraError("wordcloud", "cloud", "a cloud of terms")
    totals = terms.totals
    chosen = {term: totals[term] for term in terms.chosen(None, top)}
    with drawing(ax, WIDTH, HEIGHT) as axes:
        axes.set_axis_off()
        said = in_language(lang, "最常用的词（字号：次数）", "most frequent terms (size: count)")
        axes.set_title(f"{plans_title(terms.plans, lang)}\n{said}", linespacing=1.5)
        if chosen:
            axes.imshow(picture(chosen), interpolation="bilinear")
    return axes


def picture(frequencies: dict[str, int]) -> Any:
    """Lay out the words; the same picture every time."""
    with warnings.catch_warnings():
        # It leaves a file open when it is imported.
        warnings.simplefilter("ignore", ResourceWarning)
        from wordcloud import WordCloud

    colours = {term: COLOURS[at % len(COLOURS)] for at, term in enumerate(frequencies)}
    return WordCloud(
        font_path=str(font_file()),
        width=int(WIDTH * PIXELS),
        height=int(HEIGHT * PIXELS),
        background_color="white",
        prefer_horizontal=1,
        random_state=SEED,
        color_func=lambda word, **_: colours[word],
    ).generate_from_frequencies(frequencies)


def cloud_caption(terms: "TermFrequencies", lang: Language) -> str:
    """Say what the cloud shows; see :meth:`TermFrequencies.caption`."""
    names = named(terms.plans, lang)
    said = in_language(
        lang,
        f"{names}：最常用的词，字号随次数而增，位置与颜色无含义",
        f"The most frequent terms of {names}, the larger the more frequent; place and colour mean "
        "nothing",
    )
    return caption(lang, [said, words_by(terms.reader, lang)], terms.plans)
