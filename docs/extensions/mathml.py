"""Formulas become MathML when the site is built, so that no page needs a script for them.

The conversion is that of docutils, on which Sphinx stands.
"""

from typing import Any

from docutils import nodes
from docutils.utils.math import MathError, latex2mathml
from sphinx.application import Sphinx
from sphinx.util.logging import getLogger

logger = getLogger(__name__)


def formula(node: nodes.math | nodes.math_block, *, block: bool) -> str:
    """Write a formula as MathML, or warn where it cannot be read."""
    text = node.astext()
    try:
        return str(latex2mathml.tex2mathml(text, as_block=block))
    except MathError as error:
        logger.warning("the formula %r cannot be read: %s", text, error, location=node)
        return ""


def show_inline(translator: Any, node: nodes.math) -> None:
    """Write a formula inside a line."""
    translator.body.append(formula(node, block=False))
    raise nodes.SkipNode


def show_block(translator: Any, node: nodes.math_block) -> None:
    """Write a formula on lines of its own."""
    translator.body.append(f'<div class="formula">{formula(node, block=True)}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Make this the way in which formulas are written."""
    app.add_html_math_renderer("mathml", (show_inline, None), (show_block, None))
    app.config.html_math_renderer = "mathml"  # type: ignore[attr-defined]
    return {"parallel_read_safe": True, "parallel_write_safe": True}
