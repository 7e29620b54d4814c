"""What the build of the manual does on the way: docstrings, links on names, texts outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.util.logging import getLogger

import threatpoint
from builders.manual import DOCS, equations, outside, write
from builders.manual.docstrings import restructured
from builders.write import ROOT

FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video)\b[^>]*\bsrc=\"(?:https?:)?//[^\"]*"
    r"|<link\b[^>]*\bhref=\"(?:https?:)?//[^\"]*"
    r"|(?:@import |url\()[\"']?(?:https?:)?//[^\"')]*"
)
"""What a browser would fetch from elsewhere by itself; a link that a reader follows is none."""
MADE_INSIDE = re.compile(r"[(,]\s*_\w+\s*[:=,]")
"""A signature with a private argument."""
TYPED = ("class", "obj", "data", "attr")
"""Kinds of references that Sphinx makes of the types of a signature."""


def setup(app: Any) -> dict[str, bool]:
    """Connect all of it."""
    app.connect("builder-inited", lambda _: write())
    app.connect("autodoc-process-docstring", _docstring)
    app.connect("autodoc-process-signature", _signature)
    app.connect("source-read", _source)
    app.connect("missing-reference", _type_of_a_signature)
    app.connect("build-finished", _nothing_fetched)
    return {"parallel_read_safe": True}


def _docstring(_: Any, kind: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    lines[:] = restructured(lines)


def _signature(_: Any, kind: str, name: str, thing: Any, options: Any, of: str, gives: str) -> Any:
    """Nothing of a class that only a function makes: it takes what nobody else has."""
    return ("", gives) if kind == "class" and MADE_INSIDE.search(of or "") else None


def _source(app: Any, page: str, text: list[str]) -> None:
    """Links to texts outside lead to their copies; a name of the model leads to its entry."""
    path = Path(app.env.doc2path(page))
    if path.suffix == ".md" and "made" not in path.relative_to(DOCS).parts:
        text[0] = outside.relinked(text[0], path, path, ROOT)
        known = _known(page == "theory")
        text[0] = equations.linked(text[0], known)


def _known(theory: bool) -> Callable[[str], bool]:
    """Which full names have an entry that a page may link: the theory also has its functions."""
    return (lambda place: bool(place)) if theory else equations.public


def _type_of_a_signature(app: Any, env: Any, node: Any, shown: Any) -> Any:
    """A public class by its public name; any other type of a signature stays text."""
    name = node["reftarget"].rsplit(".", 1)[-1]
    if node.get("refdomain") != "py" or node.get("refexplicit") or node["reftype"] not in TYPED:
        return None
    if name not in threatpoint._places():
        return shown
    domain = env.get_domain("py")
    place = f"threatpoint.{name}"
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", place, node, shown) or shown


def _nothing_fetched(app: Any, error: Exception | None) -> None:
    """A page that would fetch something is a warning, and so an error of `make docs`."""
    if error is not None or app.builder.format != "html":
        return
    for path in sorted(Path(app.outdir).rglob("*.*")):
        if path.suffix in (".html", ".css"):
            for found in FETCHED.finditer(path.read_text(encoding="utf-8")):
                getLogger(__name__).warning("%s would fetch %s", path.name, found[0])
