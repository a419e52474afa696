"""How the site is built: `make docs` writes it to `site/`."""

import os
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))

# The pages show what the package ships, not what the person who builds them has fetched.
os.environ["CROSSPLAN_HOME"] = str(HERE / "gallery" / "no-texts-of-your-own")
os.environ["CROSSPLAN_CACHE"] = "off"

import crossplan  # noqa: E402 - reads the environment

# The gallery looks every name up in every module, those of earlier versions among them.
warnings.filterwarnings("ignore", r"crossplan\.\w+ is now", FutureWarning)

project = "crossplan"
author = "The crossplan authors"
version = release = crossplan.__version__
language = "en"

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx_gallery.gen_gallery",
    "columns",
    "figures",
    "links",
    "mathml",
    "names",
    "self_contained",
]
exclude_patterns = ["gallery_examples"]
nitpicky = True
# Types of other libraries, whose sites no build reaches.
nitpick_ignore_regex = [("py:.*", r"(collections\.abc|nx|pandas|pathlib|pd)\..+|Axes|Figure")]

myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"
numpydoc_show_class_members = False
numpydoc_xref_param_type = True
numpydoc_xref_ignore = "all"

sphinx_gallery_conf = {
    "examples_dirs": "gallery_examples",
    "gallery_dirs": "gallery",
    "filename_pattern": r"/plot_",
    "within_subsection_order": "FileNameSortKey",
    "image_srcset": ["2x"],
    "abort_on_example_error": True,
    "capture_repr": ("_repr_html_",),
    "download_all_examples": False,
    "min_reported_time": 10_000,
    "remove_config_comments": True,
    "show_memory": False,
    "show_signature": False,
    "write_computation_times": False,
}

html_theme = "furo"
pygments_dark_style = "github-dark"
html_title = f"crossplan {release}"
html_static_path = ["static"]
html_css_files = ["crossplan.css"]
html_copy_source = False
html_show_copyright = False
html_show_sourcelink = False
