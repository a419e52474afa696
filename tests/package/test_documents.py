"""README and documentation: what they show runs, and gives what they say."""

import ast
import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from paths import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if DOCS / "gallery" not in path.parents)
DOCUMENTS = [ROOT / "README.md", *PAGES]
PROJECT = [ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")]
LINE = 100
# A block of Python, and what it gives where that follows.
BLOCK = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def run(source: str, names: dict[str, object]) -> str:
    """Run a block as a notebook does: what is printed, and then what the last line gives."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    value = None
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "<document>", "exec"), names)  # noqa: S102 - our own documents
        if isinstance(last, ast.Expr):
            expression = ast.Expression(last.value)
            value = eval(compile(expression, "<document>", "eval"), names)  # noqa: S307 - likewise
    return printed.getvalue() + ("" if value is None else repr(value))


@pytest.mark.slow
@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_python_in_documents_gives_what_they_say(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for source, said in BLOCK.findall(path.read_text(encoding="utf-8")):
        given = run(source, names)
        if said:
            assert given.split() == said.split(), source


def test_what_a_document_says_is_looked_at() -> None:
    blocks = [block for path in PAGES for block in BLOCK.findall(path.read_text(encoding="utf-8"))]
    assert [said for _, said in blocks if said]
    assert run("print(1)\nnumber = 2\nnumber", {}) == "1\n2"


@pytest.mark.parametrize("path", [*DOCUMENTS, *PROJECT], ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        assert target.startswith("http") or (path.parent / target).exists(), target


@pytest.mark.parametrize("path", [ROOT / "README.md", *PROJECT], ids=name_of)
def test_lines_fit_a_screen(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > LINE and not line.startswith("|")] == []


def test_the_architecture_names_files_that_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    there = [path.as_posix() for path in ROOT.glob("src/crossplan/**/*")]
    there += [path.as_posix() for path in ROOT.glob("tests/**/*.py")]
    named = set(re.findall(r"`([\w/]+\.(?:py|toml))`", page)) - {
        "corrections.toml",
        "pyproject.toml",
    }
    assert not [name for name in named if not any(path.endswith(f"/{name}") for path in there)]
