"""The look of page and pictures: colours, type and sizes, each declared once, light and dark.

A chart is drawn in stand-in colours that become CSS variables of the page, so that one drawing
serves light, dark and print, and it speaks to screen readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from altair import TopLevelMixin

FONT = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Fitted', sans-serif"
FACE = "".join(
    f"@font-face{{font-family:'DejaVu Fitted';font-weight:{weight};src:local('{name}');"
    "size-adjust:87%}"
    for weight, name in (("normal", "DejaVu Sans"), ("bold", "DejaVu Sans Bold"))
)
"""Where no font of the width of Arial is installed: DejaVu Sans, a letter as wide as Arial's.

The charts leave room for letters of that width, and nothing of a picture may leave its frame.
"""
LIGHT = {
    "paper": "#ffffff", "ink": "#16181b", "muted": "#565b62", "line": "#d5d9de",
    "panel": "#f4f5f7", "sender": "#d55e00", "target": "#0072b2", "third": "#5f666e",
    "link": "#00568f", "on": "#ffffff",
    "loss-2": "#b35806", "loss-1": "#f3bf80", "about-0": "#e6e8eb", "gain-1": "#b2abd2",
    "gain-2": "#542788",
}  # fmt: skip
"""CSS variable -> colour: type and lines, roles (Okabe and Ito's vermilion and blue), map classes.

"on" is text on the full colour of a target. The two ends of the map stay apart for readers who do
not see red or green; they are no colours of a role.
"""
DARK = {
    "paper": "#14171a", "ink": "#eceef0", "muted": "#aab1b9", "line": "#373d44",
    "panel": "#1e2226", "sender": "#f08030", "target": "#56b4e9", "third": "#a9b0b8",
    "link": "#8ecbf2", "on": "#0c0e10",
    "loss-2": "#e58a2c", "loss-1": "#865a2a", "about-0": "#3a4047", "gain-1": "#5d5591",
    "gain-2": "#b9adf0",
}  # fmt: skip

WIDE, NARROW = 760, 350
"""Pixels of the two drawings of a chart."""
GLYPH = 7.4
"""Pixels to keep free for a character of the labels, as `svg.reserve`."""
ROLES = ("sender", "target", "third")
"""Roles, each with the variable of its name as its colour."""

COLOURS = {name: f"#0101{n:02x}" for n, name in enumerate(LIGHT)}
"""CSS variable -> the colour that stands for it in a chart."""
VARIABLES = {colour: name for name, colour in COLOURS.items()}
_TYPE = {f"{part}Font": FONT for part in ("label", "title")} | {
    f"{part}FontSize": 12 for part in ("label", "title")
}
CONFIG = {
    "view": {"stroke": None},
    "axis": _TYPE
    | {"titleFontWeight": "normal", "domain": False, "ticks": False, "gridColor": COLOURS["line"]}
    | {"labelColor": COLOURS["muted"], "titleColor": COLOURS["muted"]},
    "text": {"font": FONT, "fontSize": 12, "color": COLOURS["ink"]},
    "title": {"font": FONT, "fontSize": 13, "color": COLOURS["ink"], "anchor": "start"},
}
"""Of Vega-Lite."""
NUMBERS = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
"""Numbers on axes as in the text: thin spaces; a true minus is Vega's own."""
DROPPED = ("role", "class", "pointer-events")
"""Attributes of Vega that say nothing."""


class _Altair:
    """Altair, loaded when a chart is drawn: the page needs it, the terminal does not."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("altair"), name)


alt: Any = _Altair()


def style(selector: str = ":root") -> str:
    """Type and colours as CSS variables of a selector, light, dark and in print."""
    light, dark, paper = (
        f"{selector}{{{''.join(f'--{name}:{value};' for name, value in look.items())}}}"
        for look in (LIGHT | {"sans": FONT}, DARK, LIGHT)
    )
    dark = f"@media (prefers-color-scheme:dark){{{dark}}}"
    return f"{FACE}{light}{dark}@media print{{{paper}}}"


def inline(chart: TopLevelMixin, key: str, title: str, description: str) -> str:
    """An Altair chart in the stand-in colours as an `<svg>` element for HTML.

    Args:
        chart: drawn in `COLOURS`.
        key: unique on the page; prefixes every id.
        title: read out as the name of the picture.
        description: what it shows, in a sentence or two.
    """
    import vl_convert

    spec = chart.to_dict() | {"background": None, "config": CONFIG}
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS))
    for element in root.iter():
        element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        element.attrib = _cleaned(element.attrib, key)
    _name(root, key, title, description)
    return ElementTree.tostring(root, encoding="unicode")


def _cleaned(given: Mapping[str, str], key: str) -> dict[str, str]:
    """Page colours instead of fixed ones, unique ids, no attributes that say nothing."""
    kept: dict[str, str] = {}
    colours: list[str] = []
    for name, value in given.items():
        if name in ("fill", "stroke") and value.lower() in VARIABLES:
            colours.append(f"{name}:var(--{VARIABLES[value.lower()]})")
        elif name == "id":
            kept[name] = f"{key}-{value}"
        elif name not in DROPPED and not name.startswith(("aria-", "xmlns")):
            kept[name] = value.replace("url(#", f"url(#{key}-")
    return kept | ({"style": ";".join(colours)} if colours else {})


def _name(root: ElementTree.Element, key: str, title: str, description: str) -> None:
    """Title and description as the first children, and a size that follows the column."""
    width, _ = float(root.attrib.pop("width")), root.attrib.pop("height")
    named = {"role": "img", "aria-labelledby": f"{key}-title {key}-desc"}
    root.attrib |= named | {"style": f"max-width:{width:.0f}px"}
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        root.insert(place, ElementTree.Element(tag, {"id": f"{key}-{tag}"}))
        root[place].text = text
