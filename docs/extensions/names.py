"""How names of the library are shown and found.

Docstrings write `Plan` or `MeasureComparison.to_review`, without the module in which it
stands, and signatures carry every type. The pages link the first and leave out the second,
which the docstring says in words below.
"""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpydoc.xref
from docutils import nodes
from numpydoc.docscrape_sphinx import SphinxDocString
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.inspect import signature, stringify_signature

import crossplan

DIRECTIVE = re.compile(r"^\.\. autoclass:: (crossplan\S+)", re.MULTILINE)


def documented_classes(folder: Path) -> dict[str, str]:
    """Give the classes that have a place in the reference, by their last name."""
    pages = (page.read_text(encoding="utf-8") for page in sorted(folder.glob("*.rst")))
    classes = [name for page in pages for name in DIRECTIVE.findall(page)]
    errors = [
        f"crossplan.errors.{name}"
        for name, value in vars(crossplan.errors).items()
        if inspect.isclass(value) and issubclass(value, crossplan.CrossplanError)
    ]
    return {name.rpartition(".")[2]: name for name in [*classes, *errors]}


def find_by_its_end(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Find a name of ours that is written without its module."""
    if node["refdomain"] != "py":
        return None
    node["refspecific"] = True
    # A class is documented under its public name, and not that of the module it stands in.
    last = node["reftarget"].rpartition(".")[2]
    target = app.config.numpydoc_xref_aliases.get(last, node["reftarget"])
    return env.domains.python_domain.resolve_xref(
        env, node["refdoc"], app.builder, node["reftype"], target, node, content
    )


def is_made_by_hand(value: type) -> bool:
    """Tell whether a class is there to be called, and not only to be given."""
    parameters = signature(value).parameters.values()
    optional = all(parameter.default is not parameter.empty for parameter in parameters)
    return optional or "Parameters\n" in (inspect.getdoc(value) or "")


def show_signature(
    _app: Sphinx,
    what: str,
    _name: str,
    value: Any,
    _options: Any,
    shown: str | None,
    returned: str | None,
) -> tuple[str, str | None] | None:
    """Leave the types out, and of what nobody makes by hand the arguments as well."""
    if shown is None:
        return None
    if what == "exception" or (what == "class" and not is_made_by_hand(value)):
        return "", None
    try:
        bare = stringify_signature(
            signature(value, bound_method=what == "method"), show_annotation=False
        )
    except (TypeError, ValueError):
        return None
    return bare, returned


def say_what_the_class_says(show: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a class says of an attribute, also where the attribute says less itself.

    All results share `table`; which columns it has, only the class knows.
    """

    def process(self: Any, name: str, described: Any, look_at_the_attribute: bool) -> Any:  # noqa: FBT001
        return show(self, name, described, look_at_the_attribute and not described)

    return process


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect all of this."""
    numpydoc.xref.DEFAULT_LINKS.clear()  # they lead to the sites of others
    SphinxDocString._process_param = say_what_the_class_says(SphinxDocString._process_param)  # noqa: SLF001
    app.config.numpydoc_xref_aliases = documented_classes(Path(app.srcdir, "api"))
    app.connect("missing-reference", find_by_its_end)
    app.connect("autodoc-process-signature", show_signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
