"""The fonts of a Word report, for Latin and for Chinese letters.

They are those that Word has on Windows and on the Mac: Song for text, Hei for titles.
Other programs put a Song and a Hei of their own in the place of those.
"""

from docx.oxml.ns import qn

from crossplan.reporting.writers.word_elements import Element, make

TEXT = ("Times New Roman", "SimSun")
TITLE = ("Arial", "SimHei")
CODE = ("Courier New", "SimSun")
TITLED = {
    *("title", "subtitle", "heading 1", "heading 2", "heading 3", "heading 4"),
    *("contents", "caption", "table header", "counts", "header", "footer"),
}
CODED = {"listing", "code"}


def set_fonts(styles: Element) -> None:
    """Name the fonts of all styles.

    The template goes by a theme instead, which has no Chinese font and would be obeyed
    before a name. Styles of runs keep the font of their paragraph.
    """
    for properties in styles.iter(qn("w:rPr")):
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.insert(0, named(TEXT))
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")
    for style in styles.findall(qn("w:style")):
        name = style.find(qn("w:name")).get(qn("w:val")).lower()
        if style.get(qn("w:type")) == "paragraph" or name in CODED:
            style.get_or_add_rPr().insert(0, named(fonts_of(name)))


def fonts_of(name: str) -> tuple[str, str]:
    """Give the Latin and the Chinese font of a style."""
    if name in CODED:
        return CODE
    return TITLE if name in TITLED else TEXT


def named(fonts: tuple[str, str]) -> Element:
    """Name a Latin and a Chinese font."""
    latin, chinese = fonts
    return make("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)
