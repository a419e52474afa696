"""The pages of the documentation that show what was measured."""

from pathlib import Path

from benchmarks.rows import Row, table
from benchmarks.timing import machine

DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"


def answers(rows: list[Row]) -> str:
    """Give all that is printed."""
    return f"{table(rows)}\n\n{machine()}"


def write(page: Path, measured: str) -> None:
    """Put what was measured between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", encoding="utf-8")
