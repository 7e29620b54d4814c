"""From Altair charts to inline SVG that follows the page's colours and speaks to screen readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from altair import TopLevelMixin

INK, MUTED, GRID, PAPER = "#010101", "#020202", "#030303", "#040404"
SENDER, TARGET, THIRD = "#d55e00", "#0072b2", "#009e73"
"""Okabe and Ito: vermillion, blue, bluish green."""

VARIABLES = {
    INK: "ink",
    MUTED: "muted",
    GRID: "grid",
    PAPER: "paper",
    SENDER: "sender",
    TARGET: "target",
    THIRD: "third",
}
"""Colour in the chart -> CSS variable of the page, so that one drawing serves light and dark."""

FONT = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Fitted', sans-serif"
FACE = "".join(
    f"@font-face{{font-family:'DejaVu Fitted';font-weight:{weight};src:local('{name}');"
    "size-adjust:87%}"
    for weight, name in (("normal", "DejaVu Sans"), ("bold", "DejaVu Sans Bold"))
)
"""Where no font of the width of Arial is installed: DejaVu Sans, a letter as wide as Arial's.

The charts leave room for letters of that width, and nothing of a picture may leave its frame.
"""
_PREFIX = "{http://www.w3.org/2000/svg}"


def inline(chart: TopLevelMixin, key: str, title: str, description: str) -> str:
    """The chart as an `<svg>` element for HTML.

    Args:
        chart: an Altair chart that uses the colours above.
        key: unique on the page; prefixes every id.
        title: read out as the name of the picture.
        description: what it shows, in a sentence or two.
    """
    import vl_convert

    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(_spec(chart)))
    for element in root.iter():
        element.tag = element.tag.removeprefix(_PREFIX)
        _clean(element, key)
    _name(root, key, title, description)
    return ElementTree.tostring(root, encoding="unicode")


LIGHT = {
    "paper": "#fff", "ink": "#16181b", "muted": "#565b62", "grid": "#d9dce0", "wash": "#f3f4f6",
    "sender": SENDER, "target": TARGET, "third": THIRD,
}  # fmt: skip
DARK = {
    "paper": "#14161a", "ink": "#e9eaec", "muted": "#a9aeb6", "grid": "#3a3f46", "wash": "#1e2126",
    "sender": "#f07d2b", "target": "#56b4e9", "third": "#2fbd92",
}  # fmt: skip
"""The variables of the page's style sheet, for drawings that stand alone."""


def standalone(drawing: str) -> str:
    """An `<svg>` element of the page as a file of its own, light and dark."""
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in look.items()) for look in (LIGHT, DARK)
    )
    style = (
        f"<style>{FACE}svg{{{light}background:var(--paper)}}"
        f"@media (prefers-color-scheme:dark){{svg{{{dark}}}}}</style>"
    )
    head, rest = drawing.split(">", 1)
    if "xmlns=" not in head:
        head = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{head}>{style}{rest}\n"


def _spec(chart: TopLevelMixin) -> dict[str, Any]:
    """The Vega-Lite specification, without background and with the page's type."""
    spec = chart.to_dict()
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": MUTED, "titleColor": MUTED}
    axis = text | {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    spec["background"] = None
    spec["config"] = {
        "view": {"stroke": None},
        "axis": axis | {"gridColor": GRID, "domain": False, "ticks": False},
        "text": {"font": FONT, "fontSize": 12, "color": INK},
        "title": {"font": FONT, "fontSize": 13, "color": INK, "anchor": "start"},
    }
    return spec


def _clean(element: ElementTree.Element, key: str) -> None:
    """Page colours instead of fixed ones, unique ids, no attributes that say nothing."""
    style = []
    for attribute in ("fill", "stroke"):
        variable = VARIABLES.get(element.get(attribute, "").lower())
        if variable:
            style.append(f"{attribute}:var(--{variable})")
            del element.attrib[attribute]
    if style:
        element.set("style", ";".join(style))
    for attribute in list(element.attrib):
        noise = attribute.startswith("aria-") or attribute in ("role", "class", "pointer-events")
        if noise or attribute.startswith("xmlns") or "xlink" in attribute:
            del element.attrib[attribute]
        elif attribute == "id":
            element.set("id", f"{key}-{element.get('id')}")
        else:
            linked = re.sub(r"url\(#", f"url(#{key}-", element.get(attribute, ""))
            element.set(attribute, linked)


def _name(root: ElementTree.Element, key: str, title: str, description: str) -> None:
    """Title and description as the first children, and a size that follows the column."""
    width = root.attrib.pop("width")
    root.attrib.pop("height")
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    root.set("style", f"max-width:{float(width):.0f}px")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(tag, {"id": f"{key}-{tag}"})
        element.text = text
        root.insert(place, element)
