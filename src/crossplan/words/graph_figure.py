"""Which terms stand together, as a picture of the graph."""

from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.marks import mark
from crossplan.figures.style import BLUE, FAINT, INK, QUIET, SIZE, drawing
from crossplan.labels import Language, in_language
from crossplan.words.method import words_by

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.words.cooccurrence import Cooccurrence

EDGE = 8.0  # inches
LARGEST = 900.0
# Of the pairs of so many terms, so many times as many are drawn: more would hide them.
PAIRS_PER_TERM = 2


def draw_graph(
    together: "Cooccurrence", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the graph; see :meth:`Cooccurrence.plot`.

    Terms that stand together are drawn near each other; the area of a term is its
    count, the width of a line that of the pair. Terms without a line are left out.
    """
    from matplotlib.collections import LineCollection

    graph = strongest(together)
    with drawing(ax, EDGE, EDGE) as axes:
        axes.set_axis_off()
        said = explained(together, graph.number_of_edges(), lang)
        axes.set_title(f"{plans_title(together.plans, lang)}\n{said}", linespacing=1.5)
        if not graph:
            return axes
        places = layout(graph)
        most = max(number for _, number in graph.nodes(data="count"))
        widest = max(number for *_, number in graph.edges(data="count"))
        shares = [number / widest for *_, number in graph.edges(data="count")]
        lines = LineCollection(
            [(tuple(places[one]), tuple(places[other])) for one, other in graph.edges],
            colors=QUIET,
            alpha=[0.25 + 0.5 * share for share in shares],
            linewidths=[0.4 + 2.6 * share for share in shares],
            zorder=0,
        )
        axes.add_collection(lines)
        x, y = zip(*(places[term] for term in graph), strict=True)
        sizes = [LARGEST * number / most for _, number in graph.nodes(data="count")]
        axes.scatter(x, y, s=sizes, color=FAINT, edgecolors=BLUE, linewidths=0.8)
        for term in graph:
            x, y = places[term]
            name = axes.text(x, y, term, ha="center", va="center", color=INK, fontsize=SIZE)
            mark(name, "term", term)
        axes.margins(0.08)
    return axes


def layout(graph: "nx.Graph[str]") -> "dict[str, NDArray[np.float64]]":
    """Place terms by how many lines are between them (Kamada and Kawai 1989).

    Terms that no line joins are a little farther from each other than any others.
    """
    import networkx as nx

    steps = {one: dict(reached) for one, reached in nx.all_pairs_shortest_path_length(graph)}
    farthest = 1 + max(max(reached.values()) for reached in steps.values())
    distances = {one: {other: steps[one].get(other, farthest) for other in graph} for one in graph}
    places: dict[str, NDArray[np.float64]] = nx.kamada_kawai_layout(graph, dist=distances)
    return places


def strongest(together: "Cooccurrence") -> "nx.Graph[str]":
    """Give the graph of the pairs with the highest logDice, without terms that have none."""
    graph = together.graph
    wanted = PAIRS_PER_TERM * len(together.terms)
    weak = together.frame.iloc[wanted:]
    graph.remove_edges_from(zip(weak["term"], weak["other_term"], strict=True))
    graph.remove_nodes_from([term for term, degree in graph.degree if not degree])
    return graph


def explained(together: "Cooccurrence", drawn: int, lang: Language) -> str:
    """Say what the picture shows, and how much it leaves out."""
    stretch = {"sentence": "句", "measure": "举措", "section": "节"}[together.within]
    pairs = len(together.frame)
    return in_language(
        lang,
        f"同{stretch}出现的词（圆：次数；线：同现次数）：logDice 最高的 {drawn} 对，共 {pairs} 对",
        f"terms in one {together.within} (circles: counts; lines: counts of the pair): the "
        f"{drawn} pairs of highest logDice, of {pairs}",
    )


def graph_caption(together: "Cooccurrence", lang: Language) -> str:
    """Say what the graph shows; see :meth:`Cooccurrence.caption`."""
    drawn = strongest(together).number_of_edges()
    names = f"{named(together.plans, lang)}{in_language(lang, '：', ': ')}"
    said = names + explained(together, drawn, lang)
    return caption(lang, [said, words_by(together.reader, lang)], together.plans)
