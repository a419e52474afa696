"""The font of the page: so much of it as the page has characters."""

from base64 import b64encode
from io import BytesIO

from crossplan.figures.fonts import FAMILY, font_file


def font_face(page: str) -> str:
    """Give the style rule that brings the font for a page.

    Parameters
    ----------
    page : str
        The page; its markup may count as text.
    """
    data = b64encode(web_font(page)).decode("ascii")
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: 100 900; '
        f'src: url("data:font/woff;base64,{data}") format("woff"); }}'
    )


def web_font(text: str) -> bytes:
    """Cut the font down to the characters of a text, the same bytes every time."""
    import uharfbuzz

    # fontTools.ttLib.TTFont would do the same, and load what knows each table of a font.
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).set({ord(character) for character in text})
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file())))
    subset = uharfbuzz.subset(face, wanted)
    font = SFNTReader(BytesIO(subset.blob.data))
    packed = BytesIO()
    woff = SFNTWriter(packed, len(font.tables), font.sfntVersion, flavor="woff")
    for name in font.tables:
        woff[name] = font[name]
    woff.close()
    return packed.getvalue()
