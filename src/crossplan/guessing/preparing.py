"""From a file of any kind to a text in which each heading has a line of its own."""

import hashlib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from crossplan.corpora.encoding import decode
from crossplan.corpora.traced import Edit, TracedText
from crossplan.guessing.guess import Guess
from crossplan.model import Witness
from crossplan.readers.document import read_file


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, as it was got.

    Attributes
    ----------
    text : str
        The decoded text of a text file; of other kinds, their lines.
    witness : Witness
    """

    text: str
    witness: Witness

    @property
    def lines(self) -> list[str]:
        """The lines, without their breaks."""
        return self.text.splitlines()


def read_file_text(path: Path) -> FileText:
    """Read a file, or a folder of the pages of one document.

    Raises
    ------
    UnreadableTextError
    """
    document = read_file(path)
    data = b"".join(original.data for original in document.originals)
    form = document.originals[0].form
    if form == "text" and len(document.originals) == 1:
        text, encoding = decode(data, path)
        note = ""
    else:
        text, encoding = "".join(f"{line}\n" for line in document.lines), form
        note = f"read from {form}, line by line"
    witness = Witness(
        name=document.name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        characters=len(text),
        source=f"a file of one's own: {document.name}",
        note=note,
    )
    return FileText(text, witness)


def prepared(text: str, guess: Guess) -> TracedText:
    """Return each heading a line of its own, and leave out what stands after the end."""
    starts = line_starts(text)
    edits = [Edit(starts[guess.end], len(text))] if guess.end < len(starts) - 1 else []
    edits += [Edit(starts[line] + at, starts[line] + at, "\n") for line, at in guess.breaks]
    for line, after in guess.broken:
        first = text[starts[line] : starts[line + 1]].rstrip()
        blanks = text[starts[after] : starts[after + 1]]
        indent = len(blanks) - len(blanks.lstrip())
        edits.append(Edit(starts[line] + len(first), starts[after] + indent))
    return TracedText.begin(text).edited(edits)


def line_starts(text: str) -> list[int]:
    r"""Return the offset of each line, and the length of the text.

    Examples
    --------
    >>> line_starts("一、\n总体")
    [0, 3, 5]
    """
    return [0, *accumulate(map(len, text.splitlines(keepends=True)))]
