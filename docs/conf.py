"""How Sphinx builds the manual: `make docs`. Nothing is fetched, neither here nor by a reader."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the builders lie beside the package, not in it

from threatpoint import __version__  # noqa: E402
from threatpoint.brief.theme import DARK, FONT, LIGHT  # noqa: E402

project = "Threatpoint"
author = "The Threatpoint developers"
copyright = author  # noqa: A001
version = release = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "builders.manual.sphinx", "builders.manual.mathml"]
html_math_renderer = "mathml"
exclude_patterns = ["_build"]
default_role = "code"
nitpicky = True
smartquotes = False  # `--pdf` is no dash

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
add_module_names = False

nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_show_tb = True
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
os.environ["IPYTHONDIR"] = str(HERE / "_ipython")  # charts of a notebook become pictures

html_theme = "furo"
html_title = "Threatpoint"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_show_sphinx = False
html_copy_source = False


def colours(look: dict[str, str]) -> dict[str, str]:
    """Those of the page, as the theme names them."""
    return {
        "font-stack": FONT,
        "color-brand-primary": look["link"],
        "color-brand-content": look["link"],
        "color-foreground-primary": look["ink"],
        "color-foreground-secondary": look["muted"],
        "color-foreground-muted": look["muted"],
        "color-background-primary": look["paper"],
        "color-background-secondary": look["panel"],
        "color-background-border": look["line"],
        "color-code-background": look["panel"],
        "color-inline-code-background": look["panel"],
    }


html_theme_options = {
    "light_css_variables": colours(LIGHT),
    "dark_css_variables": colours(DARK),
}
