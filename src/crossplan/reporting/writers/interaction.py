"""What makes the page answer: the table library, and our own script.

The tables are those of DataTables, from the file that itables ships (both MIT). Its
package is not imported; only the file is used.
"""

import re
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from crossplan.errors import CrossplanError

NOTICE = (
    "Tables by DataTables with jQuery, from the package itables; all under the MIT licence. "
    "The notices of their authors stand at the end of the script."
)
EXPORTS = re.compile(r"(?<![\w$])export\s*\{([^}]*)\};?")
JQUERY = re.compile(r"([\w$]+) as jQuery\b")
# What would send the browser for a map of the script.
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
# What would end a script or style sheet inside of a page, or begin a comment there.
MARKUP = re.compile(r"<(?=!--|/?script|/style)", re.IGNORECASE)


@cache
def script() -> str:
    """Give the whole script of the page: a module that needs no other."""
    library = SOURCE_MAP.sub("", library_file("dt_bundle.js")).rstrip()
    exports = EXPORTS.search(library)
    jquery = JQUERY.search(exports[1]) if exports else None
    if exports is None or jquery is None:
        raise CrossplanError(
            "the table library of the installed itables is not laid out as expected. Install a "
            "version that is known to work: pip install 'itables==2.9.1'"
        )
    ours = files("crossplan.reporting").joinpath("templates", "report.js").read_text("utf-8")
    library = library[: exports.start()] + library[exports.end() :]
    # In a block of its own, so that no name of ours meets one of the library's.
    whole = f"{library}\n{{\nconst jQuery = {jquery[1]};\n{ours}}}\n"
    return MARKUP.sub(r"\\x3c", whole)


@cache
def table_style() -> str:
    """Give the style sheet of the table library."""
    return MARKUP.sub(r"\\3c ", library_file("dt_bundle.css"))


def library_file(name: str) -> str:
    """Read a file of the table library from the installed itables."""
    package = find_spec("itables")
    for folder in (package and package.submodule_search_locations) or ():
        if (path := Path(folder, "html", name)).is_file():
            return path.read_text(encoding="utf-8")
    raise CrossplanError(
        "the report needs the table library that the package itables brings, and it is not "
        "complete. Install it anew: pip install --force-reinstall itables"
    )
