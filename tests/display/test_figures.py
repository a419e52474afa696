"""Figures: Chinese in every one, axes in and out, and matplotlib left alone."""

import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pypdfium2
import pytest
from lxml import etree
from material import slow
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.figures import style
from crossplan.figures.captions import sources
from crossplan.figures.layout import fitted, text_width
from crossplan.figures.style import PURPOSES, blank_figure, figure_of, lead_to, svg_bytes
from crossplan.labels import Language
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.measures_figure import COLORS
from crossplan.matching.sections_figure import band_of
from crossplan.model import Target
from crossplan.reporting.figures import draw_measures, measures_caption
from crossplan.targets.dumbbell_figure import COLOURS as AMBITION_COLOURS
from crossplan.targets.dumbbell_figure import MARKERS as AMBITION_MARKERS
from crossplan.words.comparison_figure import COLOURS as RATE_COLOURS
from crossplan.words.comparison_figure import MARKERS as RATE_MARKERS
from crossplan.words.terms_figure import sign

Draw = Callable[[Axes | None, Language], Axes]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SOURCE = "https://www.news.cn/20260611/"


class Drawn:
    """A figure of a result: how it is drawn, and its caption."""

    def __init__(self, draw: Draw, caption: Callable[[Language], str]) -> None:
        self.draw = draw
        self.caption = caption


def drawn(result: Any, method: str = "plot", *names: str, **options: Any) -> Drawn:
    def draw(ax: Axes | None, lang: Language) -> Axes:
        return getattr(result, method)(*names, ax=ax, lang=lang, **options)  # type: ignore[no-any-return]

    def caption(lang: Language) -> str:
        figure = {"heatmap": "heatmap", "plot_map": "map", "plot_cloud": "cloud"}
        figure |= {"plot_rates": "rates", "plot_history": "".join(names)}
        chosen = [figure[method]] if method in figure else []
        return result.caption(*chosen, lang=lang)  # type: ignore[no-any-return]

    return Drawn(draw, caption)


@pytest.fixture(scope="module")
def figures(plans: Corpus, constructed_pair: ConstructedPredecessor) -> dict[str, Drawn]:
    """Every figure there is, most of them of the fifth plan and its constructed predecessor."""
    old, new = constructed_pair.plan, constructed_pair.successor
    both = Corpus([old, new])
    measures, terms = cp.compare_measures(old, new), cp.compare_terms(old, new)
    sections = cp.term_frequencies(both, by="section")
    return {
        "lineage": drawn(cp.trace_sections(plans)),
        "statuses": drawn(measures),
        "heatmap": drawn(measures, "heatmap"),
        "measures": Drawn(
            lambda ax, lang: draw_measures(old, ax, lang=lang),
            lambda lang: measures_caption(old, lang),
        ),
        "dumbbells": drawn(cp.compare_targets(old, new)),
        "histories": drawn(cp.trace_targets(plans)),
        "constructed histories": drawn(cp.trace_targets(both)),
        "history": drawn(cp.trace_targets(plans), "plot_history", "孕产妇死亡率"),
        "terms": drawn(cp.term_frequencies(both)),
        "map": drawn(sections, "plot_map"),
        "cloud": drawn(sections, "plot_cloud", top=12),
        "keyness": drawn(terms),
        "rates": drawn(terms, "plot_rates"),
        "trends": drawn(cp.trace_terms(plans, ["人权", "法治", "就业"])),
        "constructed trends": drawn(cp.trace_terms(both, ["人权", "法治"])),
        "dispersion": drawn(cp.concordance(both, ["人权", "数字*"])),
        "collocations": drawn(cp.collocations(both, "人权")),
        "graph": drawn(cp.cooccurrence(both, top=15)),
    }


NAMES = [
    *("lineage", "statuses", "heatmap", "measures", "dumbbells", "histories"),
    *("constructed histories", "history", "terms", "map", "cloud", "keyness", "rates"),
    *("trends", "constructed trends", "dispersion", "collocations", "graph"),
]
# In English the same is drawn with other words.
QUICK = ("zh", slow("en"))
DRAWN = [slow(name) if name == "cloud" else name for name in NAMES]
OF_ALL_FIVE = {"lineage", "histories", "history", "trends"}


def test_no_figure_is_forgotten_here(figures: Mapping[str, Drawn]) -> None:
    assert sorted(figures) == sorted(NAMES)


@pytest.mark.parametrize("lang", QUICK)
@pytest.mark.parametrize("name", DRAWN)
def test_every_glyph_is_there_and_ours_on_axes_of_the_user(
    figures: Mapping[str, Drawn], name: str, lang: Language
) -> None:
    import matplotlib.pyplot as plt
    from matplotlib.font_manager import findfont

    _, ax = plt.subplots()
    before = dict(mpl.rcParams)
    assert figures[name].draw(ax, lang) is ax
    assert dict(mpl.rcParams) == before
    figure = figure_of(ax)
    # A glyph that the font does not have is a warning, and warnings are errors here.
    figure.draw_without_rendering()
    for text in figure.findobj(mpl.text.Text):
        if text.get_text().strip():
            assert "zhplot" in findfont(text.get_fontproperties()), text


@pytest.mark.parametrize("lang", QUICK)
@pytest.mark.parametrize("name", DRAWN)
def test_figures_of_their_own_cut_nothing_off(
    figures: Mapping[str, Drawn], name: str, lang: Language
) -> None:
    figure = figure_of(figures[name].draw(None, lang))
    figure.draw_without_rendering()
    whole = figure.bbox.padded(1)
    for ax in figure.axes:
        box = ax.get_tightbbox()
        assert box is not None
        assert whole.contains(box.x0, box.y0), box
        assert whole.contains(box.x1, box.y1), box


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(NAMES) - OF_ALL_FIVE))
def test_titles_say_what_is_constructed(figures: Mapping[str, Drawn], name: str) -> None:
    for lang, word in zip(LANGUAGES, ("构造的前身", "Constructed predecessor"), strict=True):
        ax = figures[name].draw(Figure().subplots(), lang)
        texts = [ax.get_title(loc="left"), *(text.get_text() for text in ax.texts)]
        assert any(word in text for text in texts), texts


@pytest.mark.parametrize("name", NAMES)
def test_captions_name_the_plans_and_the_sources(
    figures: Mapping[str, Drawn], plans: Corpus, name: str
) -> None:
    zh, en = (figures[name].caption(lang) for lang in LANGUAGES)
    assert zh.endswith("。")
    assert en.endswith(".")
    assert "来源：" in zh
    assert "Sources: " in en
    if name in OF_ALL_FIVE:
        assert all(plan.title in zh for plan in plans.values())
        assert all((plan.title_en or plan.title) in en for plan in plans.values())
        assert "2009-2010、2012-2015、2016-2020、2021-2025 的正文未收录" in zh
        # An outline is whole; what a sample of targets does not have is not known to be absent.
        assert ("unknown, not absent" in en) == (name != "lineage")
        assert "2009-2010, 2012-2015, 2016-2020, 2021-2025: outlines" in en
    else:
        assert "构造的前身（由《国家人权行动计划（2026—2030年）》" in zh
        assert "Constructed predecessor (made from 2026-2030 by known edits, seed 1)" in en
        assert "never published" in en
    if name != "measures":
        assert SOURCE in zh
        assert SOURCE in en


def test_captions_tell_figures_of_one_result_apart(
    figures: Mapping[str, Drawn], fifth: cp.Plan
) -> None:
    for group in (("statuses", "heatmap"), ("keyness", "rates"), ("map", "cloud")):
        assert len({figures[name].caption("en") for name in group}) == len(group)
    comparison = cp.compare_terms(fifth, fifth)
    with pytest.raises(cp.errors.ChoiceError, match="'keyness', 'rates'"):
        comparison.caption("pie")  # type: ignore[arg-type]
    with pytest.raises(cp.errors.ChoiceError, match="lang"):
        figures["terms"].caption("fr")  # type: ignore[arg-type]


def test_a_text_of_the_user_is_named_by_its_file(folder: Path) -> None:
    plan = cp.load_plans(folder=folder)["2021-2025"]
    assert "2021-2025: file 2021-2025.txt" in measures_caption(plan, "en")
    assert sources([plan], "zh") == "来源：2021-2025：文件 2021-2025.txt"


def test_axes_go_in_and_come_out(plans: Corpus) -> None:
    ax = Figure().subplots()
    assert cp.trace_sections(plans).plot(ax) is ax
    assert cp.trace_sections(plans).plot().get_figure() is not ax.get_figure()
    assert cp.trace_targets(plans).plot(ax) is ax


def test_a_formula_of_the_user_stays_one_and_a_title_of_a_plan_becomes_none(
    plans: Corpus,
) -> None:
    ax = Figure().subplots()
    theirs = ax.text(0, 0, "$x^2$")
    cp.trace_terms(plans, ["$ 100 $"]).plot(ax)
    (ours,) = [text for text in ax.texts if text is not theirs]
    assert (theirs.get_parse_math(), ours.get_parse_math()) == (True, False)


# Files


@pytest.mark.slow
def test_files_are_the_same_in_every_process_and_time_zone(tmp_path: Path) -> None:
    code = (
        "import sys, crossplan as cp\n"
        "plan = cp.load_plan('2026-2030')\n"
        "made = cp.evaluation.construct_predecessor(plan, seed=1)\n"
        "result = cp.compare_terms(made.plan, plan)\n"
        "for path in sys.argv[1:]:\n"
        "    cp.save_figure(result.plot(), path, caption=result.caption())\n"
    )
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        (tmp_path / seed).mkdir()
        paths = [tmp_path / seed / f"keyness.{suffix}" for suffix in ("svg", "pdf", "png")]
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "MPLBACKEND": "agg"}
        subprocess.run([sys.executable, "-c", code, *paths], check=True, env=environment)
    for path in paths:
        data = path.read_bytes()
        assert data == (tmp_path / "1" / path.name).read_bytes(), path.name
        if path.suffix != ".png":
            assert not re.search(rb"20[23]\d-\d\d-\d\dT|D:20\d\d|matplotlib v", data)


@pytest.mark.slow
def test_files_carry_their_caption(plans: Corpus, tmp_path: Path) -> None:
    sections = cp.trace_sections(plans)
    caption = sections.caption()
    paths = [tmp_path / f"sections.{suffix}" for suffix in ("svg", "pdf", "png", "PNG")]
    ax = sections.plot()
    for path in paths:
        assert cp.save_figure(ax, path, caption=caption) == path
    assert caption in paths[0].read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(paths[1]) as document:
        said = document.get_metadata_dict(skip_empty=True)
    assert said == {"Subject": caption}
    with Image.open(paths[2]) as picture:
        assert picture.info["Description"] == caption
        assert "Software" not in picture.info
        assert round(picture.info["dpi"][0]) == 200
        assert picture.convert("L").getextrema() == (0x22, 255)  # ink on white
    assert paths[3].read_bytes() == paths[2].read_bytes()


@pytest.mark.parametrize("name", ["figure.jpg", "figure", "figure.svgz"])
def test_other_forms_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(cp.errors.OutputError, match=r"\.svg, \.pdf, \.png"):
        cp.save_figure(Figure().subplots(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_place_that_is_not_there_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(cp.errors.OutputError, match="Choose another name or place"):
        cp.save_figure(Figure().subplots(), tmp_path / "missing" / "figure.svg")


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "figure.png"
    path.write_bytes(b"what was there")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crossplan.files.give_usual_rights", full)
    with pytest.raises(cp.errors.OutputError, match="No space left"):
        cp.save_figure(Figure().subplots(), path)
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_figure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    others = Figure().subplots(2), Figure().subplots()
    for value in (None, "figure", 3, [], [None], [others[0][0], others[1]]):
        with pytest.raises(cp.errors.ArgumentError, match="Axes of one figure"):
            cp.save_figure(value, path)  # type: ignore[arg-type]
    assert not path.exists()
    assert cp.save_figure(others[0], path) == path
    assert cp.save_figure(figure_of(others[1]), path) == path


def test_labels_that_would_be_cut_off_are_given_room(fifth: cp.Plan) -> None:
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots(figsize=(9, 10))
    draw_measures(fifth, ax)
    svg_bytes(figure, "measures")
    box = ax.get_tightbbox()
    assert box is not None
    assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
    # What is cut off by nothing is left as the user made it.
    other, small = plt.subplots()
    other.subplots_adjust(left=0.4)
    small.plot([0, 1], [0, 1])
    svg_bytes(other, "line")
    assert other.subplotpars.left == 0.4


@pytest.mark.parametrize("glyphs", ["paths", "text"])
def test_what_no_xml_may_hold_does_not_break_a_file(plans: Corpus, glyphs: style.Glyphs) -> None:
    hostile = 'a\x0c<script>alert("人权")</script>\x01&'
    ax = cp.trace_terms(plans, [hostile]).plot(Figure().subplots())
    data = svg_bytes(ax, "hostile", glyphs=glyphs, caption=hostile)
    root = etree.fromstring(data)
    assert not list(root.iter("{*}script"))
    assert "alert" in "".join(root.itertext("{*}description"))


def test_text_stays_text_where_a_page_brings_the_font(figures: Mapping[str, Drawn]) -> None:
    ax = figures["statuses"].draw(blank_figure(9, 9).subplots(), "zh")
    as_text, as_paths = svg_bytes(ax, "a", glyphs="text"), svg_bytes(ax, "a")
    texts = [element.text for element in etree.fromstring(as_text).iter("{*}text")]
    assert "民主权利" in texts
    assert b"crossplan Noto Sans SC" in as_text
    assert b"<text" not in as_paths
    assert len(as_text) < len(as_paths) / 3
    # Blanks at the ends are lost in a page, so nothing may hang on them.
    assert not [text for text in texts if text != text.strip(" ")]


# Marks


def marks_of(ax: Axes) -> list[str]:
    root = etree.fromstring(svg_bytes(ax, "marks"))
    ids = [str(element.get("id")) for element in root.iter("{*}g") if element.get("id")]
    assert len(set(ids)) == len(ids)
    return [name for name in ids if name.startswith(tuple(f"{p}:" for p in PURPOSES))]


@pytest.mark.slow
def test_marks_lead_to_what_is_there(
    figures: Mapping[str, Drawn], constructed_pair: ConstructedPredecessor, plans: Corpus
) -> None:
    both = [constructed_pair.plan, constructed_pair.successor]
    passages = {
        part
        for plan in [*plans.values(), *both]
        for heading in (plan.introduction, *plan.headings)
        for part in [heading.id, *(passage.id for passage in heading.passages or ())]
    }
    targets = {
        target.id for corpus in (plans, Corpus(both)) for target in cp.trace_targets(corpus).targets
    }
    terms = set(cp.term_frequencies(both).totals) | {"人权", "法治", "就业"}
    counted: Counter[str] = Counter()
    for name, figure in figures.items():
        found = marks_of(figure.draw(Figure().subplots(), "zh"))
        counted[name] = len(found)
        for mark in found:
            purpose, _, rest = mark.partition("#")[0].partition(":")
            if purpose == "to":
                assert rest in passages | targets, mark
            elif purpose == "link":
                old, _, new = rest.partition("|")
                assert {old, new} <= passages, mark
            elif purpose == "show":
                section, _, status = rest.rpartition(":")
                assert section in passages, mark
                assert status in COLORS, mark
            else:
                assert rest in terms, mark
    unmarked = {name for name in NAMES if not counted[name]}
    assert unmarked == {"cloud", "dispersion", "rates"}


def test_every_heading_and_link_of_the_lineage_is_marked(plans: Corpus) -> None:
    sections = cp.trace_sections(plans)
    found = set(marks_of(sections.plot(Figure().subplots())))
    headings = {f"to:{h.id}" for plan in plans.values() for h in plan.headings}
    links = {f"link:{x.old.id}|{x.new.id}" for x in sections.links if x.old and x.new}
    assert found == headings | links


def test_every_bar_of_the_statuses_is_marked_and_as_long_as_its_count(
    constructed_pair: ConstructedPredecessor,
) -> None:
    comparison = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    ax = comparison.plot(Figure().subplots())
    bars = {bar.get_gid(): bar.get_width() for bar in ax.patches}  # type: ignore[attr-defined]
    section = comparison.revised.query("new_id.str.startswith('2026-2030/1.5/')")
    assert bars["show:2026-2030/1.5:revised"] == section["new_id"].nunique()
    alive = comparison.table["new_id"].dropna().nunique()
    assert sum(width for width in bars.values() if width > 0) == alive
    assert -sum(width for width in bars.values() if width < 0) == len(comparison.dropped)


def test_marks_that_come_again_are_numbered() -> None:
    ax = Figure().subplots()
    for height in range(3):
        lead_to(ax.text(0, height, "x"), "2026-2030/1.5")
    for _ in range(2):  # numbered once, however often a figure is written
        assert marks_of(ax) == ["to:2026-2030/1.5", "to:2026-2030/1.5#2", "to:2026-2030/1.5#3"]


# Colours

DEFICIENCIES = ("protanomaly", "deuteranomaly", "tritanomaly")
# In CAM02-UCS, where 1 is about what a trained eye just sees side by side.
FAR_ENOUGH = 15.0


def seen(colour: Any, deficiency: str | None, alpha: float = 1.0) -> np.ndarray:
    """Give a colour on white as a reader with a full deficiency, or none, sees it."""
    from colorspacious import cspace_convert

    rgb = np.array(to_rgb(colour)) * alpha + 1 - alpha
    if deficiency:
        sight = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
        rgb = np.clip(cspace_convert(rgb, sight, "sRGB1"), 0, 1)
    return np.asarray(cspace_convert(rgb, "sRGB1", "CAM02-UCS"))


def nearest(colours: Mapping[str, tuple[Any, float]]) -> tuple[float, str]:
    """Give the least distance of two colours, and which they are to whom."""
    return min(
        (
            float(np.linalg.norm(seen(*one_as(colours[a], d)) - seen(*one_as(colours[b], d)))),
            f"{a}, {b} ({d})",
        )
        for d in (None, *DEFICIENCIES)
        for a, b in itertools.combinations(colours, 2)
    )


def one_as(colour: tuple[Any, float], deficiency: str | None) -> tuple[Any, str | None, float]:
    return colour[0], deficiency, colour[1]


@pytest.mark.parametrize(
    ("colours", "figure"),
    [
        ({name: (colour, 1.0) for name, colour in COLORS.items()}, "statuses"),
        (
            {name: band_of(name, moved=False) for name in ("kept", "renamed", "merged", "split")}
            | {"moved": band_of("kept", moved=True)},
            "lineage",
        ),
        ({name: (colour, 1.0) for name, colour in RATE_COLOURS.items()}, "rates"),
        ({"target": (style.BLUE, 1.0), "reached": (style.ORANGE, 1.0)}, "histories"),
        ({"more": (style.BLUE, 1.0), "less": (style.ORANGE, 1.0)}, "keyness, dispersion"),
        ({"section": (style.BLUE, 1.0), "chapter": (style.FAINT, 1.0)}, "measures"),
        (
            {
                "new": (style.GREEN_INK, 1.0),
                "other": (style.INK, 1.0),
                "dropped": (style.ORANGE, 1.0),
            },
            "signs of the lineage",
        ),
    ],
)
def test_colour_blind_readers_tell_areas_apart(
    colours: dict[str, tuple[Any, float]], figure: str
) -> None:
    distance, pair = nearest(colours)
    assert distance >= FAR_ENOUGH, f"{figure}: {pair}"


def test_where_colours_come_near_signs_tell_apart() -> None:
    # Green and grey are near each other for two of the three; each ambition has a sign and
    # a group of rows of its own, and the direction of the line says it a third time.
    assert nearest({n: (c, 1.0) for n, c in AMBITION_COLOURS.items()})[0] < FAR_ENOUGH
    assert len(set(AMBITION_MARKERS.values())) == len(AMBITION_COLOURS)
    assert len(set(RATE_MARKERS.values())) == len(RATE_COLOURS)
    # Terms through the plans: no two of the first forty have both colour and sign in common.
    signs = [(sign(number)["color"], sign(number)["marker"]) for number in range(42)]
    assert len(set(signs)) == 42
    neighbours = itertools.pairwise(sign(number)["marker"] for number in range(42))
    assert all(one != other for one, other in neighbours)


def test_what_is_written_can_be_read() -> None:
    def luminance(colour: str) -> float:
        shares = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in to_rgb(colour)
        ]
        return float(np.dot(shares, [0.2126, 0.7152, 0.0722]))

    # As WCAG has it for text: 4.5 to 1, and 3 to 1 for what stands in large or bold signs.
    for colour, least in (
        (style.INK, 4.5),
        (style.QUIET, 4.5),
        (style.BLUE, 4.5),
        (style.WINE, 4.5),
        (style.GREEN_INK, 4.5),
        (style.ORANGE, 3.0),
        (style.GREEN, 3.0),
    ):
        assert 1.05 / (luminance(colour) + 0.05) >= least, colour


# What single figures show


def test_a_text_is_cut_to_its_room() -> None:
    title = "提升生态系统多样性稳定性持续性"
    assert fitted(title, 10, 9) == title
    cut = fitted(title, 1, 9)
    assert cut.endswith("…")
    assert 0.85 < text_width(cut, 9) <= 1


def test_the_history_shows_one_unit_in_each_picture(plans: Corpus) -> None:
    texts = texts_of(cp.trace_targets(plans).plot(Figure().subplots()))
    assert "孕产妇死亡率（/10万）" in texts
    assert "二氧化硫排放总量（↓%）" in texts
    assert {"人均预期寿命（岁）", "74.5", "↑1岁"} <= set(texts)
    english = texts_of(cp.trace_targets(plans).plot(Figure().subplots(), lang="en"))
    assert "Maternal mortality (/10万)" in english


def test_a_figure_in_another_unit_than_the_title_says_so() -> None:
    template = cp.load_plan("2021-2025")
    plans = []
    for year, value, unit in (
        (2001, 5500.0, "亿元"),
        (2002, 8000.0, "亿元"),
        (2003, 1.6, "万亿元"),
    ):
        told = Target(
            id=f"p{year}/1/t1",
            plan=f"p{year}",
            section="",
            indicator="构造的债券",
            comparator="=",
            value=value,
            unit=unit,
            kind="level",
        )
        of_year = replace(template, id=f"p{year}", start_year=year, end_year=year)
        plans.append(replace(of_year, curated_targets=(told,), indicators=()))
    trace = cp.trace_targets(Corpus(plans))
    for ax in (trace.plot(), trace.plot_history("构造的债券")):
        written = {text.get_text() for text in ax.texts}
        assert {"5500", "8000", "1.6万亿元"} <= written
        assert "1.6" not in written


def test_steps_of_the_histories_stand_inside_their_pictures(plans: Corpus) -> None:
    from crossplan.targets.history_figure import COLUMNS, PANEL_WIDTH, comparable_histories

    trace = cp.trace_targets(plans)
    ax = trace.plot(Figure().subplots())
    steps = [
        line
        for collection in ax.collections
        for line in getattr(collection, "get_segments", list)()
        if np.max(collection.get_linewidth(), initial=0) > 2
    ]
    histories = comparable_histories(trace)
    assert len(steps) == sum(map(len, histories.values()))
    columns = [int(line[0][0] // PANEL_WIDTH) for line in steps]
    assert columns == [place % COLUMNS for place, h in enumerate(histories.values()) for _ in h]


def test_one_plan_alone_can_be_drawn(fifth: cp.Plan) -> None:
    alone = Corpus([fifth])
    for result in (
        cp.trace_targets(alone),
        cp.trace_sections(alone),
        cp.trace_terms(alone, "人权"),
    ):
        svg_bytes(result.plot(Figure().subplots()), "alone")
        assert "2026—2030" in result.caption()


def texts_of(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_bars_of_keyness_stand_on_the_side_of_their_plan(
    constructed_pair: ConstructedPredecessor,
) -> None:
    comparison = cp.compare_terms(constructed_pair.plan, constructed_pair.successor)
    ax = comparison.plot(top=5)
    widths = [bar.get_width() for bar in ax.patches]  # type: ignore[attr-defined]
    assert len(widths) == 10
    table = comparison.table
    expected = [*table[table["g2"] > 0].head(5)["term"], *table[table["g2"] < 0].head(5)["term"]]
    assert sorted(texts_of(ax)[::2]) == sorted(expected)
    assert sum(width > 0 for width in widths) == 5


def test_names_in_the_scatter_do_not_cover_each_other(
    constructed_pair: ConstructedPredecessor,
) -> None:
    ax = cp.compare_terms(constructed_pair.plan, constructed_pair.successor).plot_rates(top=40)
    figure_of(ax).draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) >= 20
    for place, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:place])


def test_no_line_goes_over_a_plan_without_text(plans: Corpus) -> None:
    ax = cp.trace_terms(plans, ["人权"]).plot()
    rates = np.asarray(ax.lines[0].get_ydata(), dtype=float)
    assert np.isnan(rates).tolist() == [True] * 4 + [False]
    assert len(ax.patches) == 4


def test_the_map_has_a_cell_for_each_term_and_section(fifth: cp.Plan) -> None:
    result = cp.term_frequencies(fifth, by="section")
    ax = result.plot_map(["残疾人", "法治"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["残疾人", "法治"]
    counts = result.wide().loc[["残疾人", "法治"]].to_numpy()
    assert [int(text) for text in texts_of(ax)] == counts[counts > 0].tolist()


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_a_caption_may_hold_any_character(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"figure{suffix}"
    cp.save_figure(Figure().subplots(), path, caption="甲\ud800乙\x00丙\u202e丁")
    assert path.stat().st_size > 500
