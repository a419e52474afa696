"""Files that harm a careless reader: bombs, traps and pretenders.

The bombs are small on disk: a block is packed once and stands in the stream many times.
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import dresses

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NEEDED_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
</Relationships>""",
}
DOCUMENT_START = f'<w:document xmlns:w="{WORD}"><w:body>'.encode()
DOCUMENT_END = b"</w:body></w:document>"
BLOCK = b"<w:p><w:r><w:t>\xe6\x9e\x84\xe9\x80\xa0</w:t></w:r></w:p>" * 50_000


class Packed(NamedTuple):
    """A member of an archive, as it stands there."""

    data: bytes
    checksum: int
    size: int


def packed(opening: bytes, closing: bytes, size: int) -> Packed:
    """Pack an opening, the block again and again, and a closing, to `size` bytes or so."""
    times = max(1, size // len(BLOCK))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(opening) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(closing) + packer.flush(zlib.Z_FINISH)
    checksum = zlib.crc32(opening)
    for _ in range(times):
        checksum = zlib.crc32(BLOCK, checksum)
    whole = len(opening) + times * len(BLOCK) + len(closing)
    return Packed(start + block * times + end, zlib.crc32(closing, checksum), whole)


@cache
def gzip_bomb(size: int) -> bytes:
    """Make a gzip stream that unpacks to `size` bytes of a page."""
    body = packed(b"<html><body>", b"</body></html>", size)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + body.data + struct.pack("<II", body.checksum, body.size & 0xFFFFFFFF)


def deflated(content: bytes) -> Packed:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Packed(packer.compress(content) + packer.flush(), zlib.crc32(content), len(content))


def archive(members: Sequence[tuple[str, Packed]]) -> bytes:
    """Write a ZIP of members that are already packed, which the zipfile module cannot."""
    body, directory = bytearray(), bytearray()
    for name, member in members:
        common = struct.pack(
            "<5H3I2H", 20, 0x800, 8, 0, 33,
            member.checksum, len(member.data), member.size, len(name.encode()), 0,
        )  # fmt: skip
        directory += b"PK\x01\x02\x14\x00" + common
        directory += struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + common + name.encode() + member.data
    number = len(members)
    end = struct.pack("<4H2IH", 0, 0, number, number, len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\x05\x06" + end


def word_file(document: Packed, *extra: tuple[str, Packed]) -> bytes:
    """Wrap a document part as a DOCX, with whatever else is to be in it."""
    needed = [(name, deflated(text.encode())) for name, text in NEEDED_PARTS.items()]
    return archive([*needed, ("word/document.xml", document), *extra])


@cache
def word_bomb(size: int = 3_000_000_000) -> bytes:
    """Make a DOCX of some megabytes whose document unpacks to `size` bytes, and says so."""
    return word_file(packed(DOCUMENT_START, DOCUMENT_END, size))


@cache
def lying_word_bomb(size: int = 3_000_000_000) -> bytes:
    """Make the same bomb, declared as a document of a thousand bytes."""
    return word_file(packed(DOCUMENT_START, DOCUMENT_END, size)._replace(size=1000))


def word_with_laughs() -> bytes:
    """Make a DOCX whose document would grow to a billion laughs."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "哈哈">' for n in range(10)
    )
    return word_file(deflated(document_of("&l9;", entities)))


def word_with_entity(address: str = "file:///etc/passwd") -> bytes:
    """Make a DOCX that asks for a file of the machine, or an address of the net."""
    return word_file(deflated(document_of("&secret;", f'<!ENTITY secret SYSTEM "{address}">')))


def word_with_paths() -> bytes:
    """Make a DOCX with members that would be written outside of a folder."""
    evil = deflated("构造的恶意文件".encode())
    names = ("../../evil.txt", "/tmp/evil.txt", "word/../../../evil.txt", "..\\..\\evil.txt")  # noqa: S108
    return word_file(deflated(document_of("构造的文件")), *((name, evil) for name in names))


def crowded_word_file(members: int = 60_000) -> bytes:
    """Make a DOCX with very many small members."""
    nothing = deflated(b"")
    return word_file(
        deflated(document_of("构造的文件")), *((f"x/{n}", nothing) for n in range(members))
    )


def deep_word_file(depth: int = 100_000) -> bytes:
    """Make a DOCX whose document is nested as deep as this."""
    nested = b"<w:sdt>" * depth + b"</w:sdt>" * depth
    return word_file(deflated(DOCUMENT_START + nested + DOCUMENT_END))


def document_of(words: str, entities: str = "") -> bytes:
    doctype = f"<!DOCTYPE w:document [{entities}]>" if entities else ""
    paragraph = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode()
    return doctype.encode() + DOCUMENT_START + paragraph + DOCUMENT_END


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """Write the objects of a PDF, of which the first is the catalogue, and their places."""
    body, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + rows + end % (len(objects) + 1, len(body))


def long_pdf(pages: int = 50_000) -> bytes:
    """Make a small PDF of very many empty pages: one page that is listed again and again."""
    kids = b"3 0 R " * pages
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )


def boundless_pdf(pages: int = 1_000_000) -> bytes:
    """Make a PDF that says it has so many pages, and has one."""
    return long_pdf(1).replace(b"/Count 1", b"/Count %d" % pages)


def circular_pdf() -> bytes:
    """Make a PDF whose tree of pages is its own branch."""
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])


@cache
def pdf_bomb(size: int = 1_000_000_000) -> bytes:
    """Make a PDF with one page, whose drawing commands unpack to `size` bytes."""
    stream = b"\x78\x9c" + packed(b"BT ", b" ET", size).data
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page,
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        ]
    )


def deep_page(depth: int = 100_000) -> bytes:
    return b"<html><body>" + b"<div>" * depth + "——构造".encode() + b"</div>" * depth


def page_with_long_attribute(size: int = 5_000_000) -> bytes:
    text = "<p>构造的页面</p></body></html>".encode()
    return b'<html><body><img alt="" src="data:image/png;base64,' + b"A" * size + b'">' + text


def page_with_many_attributes(number: int = 200_000) -> bytes:
    attributes = b" ".join(b"a%d=1" % n for n in range(number))
    return b"<html><body><p " + attributes + ">构造的页面</p>".encode()


def repeated(piece: str, size: int = 1_000_000) -> bytes:
    """Repeat a piece up to a size, for patterns that look back too often."""
    encoded = piece.encode()
    return encoded * (size // len(encoded))


def long_text(size: int = 60_000_000) -> bytes:
    """Make a text of the right kind, with marks and headings, that is far too long."""
    return repeated("一、构造的章\n\n（一）构造的节\n\n——构造的举措。其第二句。\n\n", size)


def write_long_text(path: Path, size: int = 60_000_000) -> Path:
    path.write_bytes(long_text(size))
    return path


REPEATED = {
    "dollars": "$_",
    "dashes": "——",
    "single-dash": "—",
    "sections": "（一）",
    "half-width-sections": "(一)",
    "blanks": " ",
    "wide-blanks": "\u3000",
    "line-ends": "\n",
    "scripts": "_{",
    "closed-scripts": "_{}",
    "braces": "{{",
    "links": "[[",
    "conversions": "-{",
    "angles": "<",
    "comments": "<!--",
    "references": "<ref>",
    "entities": "&#",
    "chapters": "一、\n",
    "readings": "权(",
    "digits": "1",
    "numerals": "一",
    "addresses": "http://",
}
MAKERS: dict[str, Callable[[], bytes]] = {
    "word-bomb.docx": word_bomb,
    "lying-word-bomb.docx": lying_word_bomb,
    "laughs.docx": word_with_laughs,
    "entity.docx": word_with_entity,
    "paths.docx": word_with_paths,
    "crowded.docx": crowded_word_file,
    "deep.docx": deep_word_file,
    "cut.docx": lambda: word_with_paths()[:400],
    "not-word.docx": lambda: archive([("readme.txt", deflated(b"constructed"))]),
    "long.pdf": long_pdf,
    "boundless.pdf": boundless_pdf,
    "circular.pdf": circular_pdf,
    "bomb.pdf": pdf_bomb,
    "header-only.pdf": lambda: b"%PDF-1.7\n",
    "deep.html": deep_page,
    "long-attribute.html": page_with_long_attribute,
    "many-attributes.html": page_with_many_attributes,
    "old.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "old.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "rich.rtf": lambda: rb"{\rtf1\ansi\ansicpg936 \u22269?\u23478?\par}",
    "picture.txt": dresses.picture,
    "zeros.txt": lambda: bytes(1_000_000),
    "invalid.txt": lambda: b"\xff\xfe\xfd\x80\x81" * 1000,
    "half-characters.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * 1000,
    "empty.txt": lambda: b"",
    "blank.txt": "\u3000\n \n\t\n\ufeff".encode,
    "one-line.txt": lambda: repeated("构造", 5_000_000),
}


def write_all(parent: Path) -> dict[str, Path]:
    """Write every hostile file into a folder, and a folder named like a file."""
    paths = {name: parent / name for name in [*MAKERS, *map(repeated_name, REPEATED)]}
    for name, make in MAKERS.items():
        paths[name].write_bytes(make())
    for name, piece in REPEATED.items():
        paths[repeated_name(name)].write_bytes(repeated(piece))
    folder = paths["folder.txt"] = parent / "folder.txt"
    folder.mkdir()
    return paths


def repeated_name(name: str) -> str:
    return f"repeated-{name}.txt"
