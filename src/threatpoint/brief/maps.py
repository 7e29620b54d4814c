"""The map of control as SVG: Albers equal area, shares by oblast, hatched as well as coloured.

Polygons of the front may not ship, so an oblast has one colour: how much of it is held, not where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.map_labels import Box, Label, Placed, place
from threatpoint.brief.theme import FACE, FONT
from threatpoint.errors import ThreatpointError
from threatpoint.files import require_writable, write_whole
from threatpoint.front import data as front_data
from threatpoint.front import outlines

if TYPE_CHECKING:
    from threatpoint.front.front import FrontResult, Held

WIDE, NARROW = 760, 350
FRAMES = {WIDE: (21.8, 44.0, 40.6, 52.9), NARROW: (28.2, 44.1, 40.4, 52.6)}
"""West, south, east, north in degrees; the narrow map leaves out the west."""
CLASSES = (
    (0.05, "under 5 %", 13.0),
    (0.60, "5–60 %", 9.0),
    (0.90, "60–90 %", 6.5),
    (1.01, "over 90 %", 4.2),
)
"""Upper end of the share, words, distance of the hatch lines in pixels."""
FOOT = 96
DETAIL = 0.7
"""Outlines are drawn to so many pixels."""
SMALL = 2e9
"""A unit below so many square metres is named only if it is held."""
HALO = (
    "text-anchor:middle;paint-order:stroke;stroke:var(--paper,#fff);stroke-width:3px;"
    "stroke-linejoin:round"
)
INK, MUTED, PAPER = "var(--ink,#16181b)", "var(--muted,#565b62)", "var(--paper,#fff)"
RULES = {
    "text": f"font-family:{FONT};fill:{INK}",
    ".sea": "fill:var(--wash,#f3f4f6)",
    ".land": f"fill:{PAPER};stroke:var(--grid,#c9cdd2);stroke-width:.8",
    ".free": f"fill:{PAPER}",
    ".edge": f"fill:none;stroke:{MUTED};stroke-width:.9",
    ".held": "fill:#cc79a7",
    ".hatch": f"stroke:{INK};stroke-opacity:.5;stroke-width:1.2",
    ".claim": f"fill:none;stroke:{INK};stroke-width:2;stroke-dasharray:5 3",
    ".river": "fill:none;stroke:#0072b2;stroke-width:2;stroke-linejoin:round",
    ".pocket": f"fill:#e69f00;stroke:{INK};stroke-width:1",
    ".rule": f"fill:none;stroke:{INK};stroke-width:2",
    ".lead": f"stroke:{MUTED};stroke-width:.8",
    ".name": f"font-weight:bold;{HALO}",
    ".mark": HALO,
    ".note": "font-size:10.5px",
    ".quiet": f"fill:{MUTED};{HALO}",
    ".state": f"fill:{MUTED};letter-spacing:.06em;{HALO}",
}
"""Look of the parts; each rule is kept to the map, so that it does not leak into the page."""
STYLE = "".join(f".control-map {selector}{{{rule}}}" for selector, rule in RULES.items())
DARK = (
    "@media (prefers-color-scheme:dark){svg{--paper:#14161a;--ink:#e9eaec;--muted:#a9aeb6;"
    "--grid:#3a3f46;--wash:#1e2126}}"
)


@dataclass(frozen=True)
class View:
    """From metres of the projection to pixels."""

    left: float
    top: float
    scale: float
    width: int
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixels of a point."""
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    @property
    def frame(self) -> Box:
        """Where labels may stand."""
        return 2.0, 2.0, self.width - 2.0, self.height - 2.0


def control_map(result: FrontResult, width: int = WIDE, key: str = "front") -> str:
    """The map as an `<svg>` element for HTML; `key` prefixes its ids.

    Raises:
        MissingExtraError: shapely or pyproj is not installed.
        ThreatpointError: a width that is not drawn.
    """
    if width not in FRAMES:
        raise ThreatpointError(f"map: width {width} is not drawn; choose {WIDE} or {NARROW}")
    view, key = _view(width), f"{key}-{width}"
    parts = [_patterns(key), _ground(view), _oblasts(result, view, key), _claims(result, key)]
    parts += [_river(view), _pockets(view), *_words(result, view)]
    body = f'<g clip-path="url(#{key}-frame)">{"".join(parts)}</g>{_foot(result, view, key)}'
    tall = view.height + FOOT + (56 if width == NARROW else 0)
    return (
        f'<svg class="control-map" viewBox="0 0 {width} {tall:.0f}" role="img" '
        f'style="max-width:{width}px" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(title(result))}'
        f'</title><desc id="{key}-desc">{escape(description(result))}</desc>'
        f'<style>{STYLE}</style><clipPath id="{key}-frame"><rect width="{width}" '
        f'height="{view.height:.0f}"/></clipPath>{body}</svg>'
    )


def write_map(result: FrontResult, path: Path, width: int = WIDE) -> Path:
    """Write the map as an SVG file of its own, light and dark.

    Raises:
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_writable(path, "--map", (".svg",))
    text = control_map(result, width)
    text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    text = text.replace("<style>", f"<style>{FACE}{DARK}", 1)
    write_whole(path, text + "\n")
    return path


def title(result: FrontResult) -> str:
    """The finding in one line."""
    first = ", ".join(f"{h.oblast.name} {percent(h.share)}" for h in partly(result))
    return f"{held_words(result)}; of it in part: {first}"


def description(result: FrontResult) -> str:
    """Alt text: every oblast with a share, the claims without one, the pockets."""
    what = front_data.about()["front_control.csv"]["what"]
    shares = "; ".join(f"{h.oblast.name} {percent(h.share)}" for h in result.held if h.share)
    none = ", ".join(c.oblast.name for c in result.claims if not c.share)
    pockets = "; ".join(f"{p.item} {span(p.low, p.high)} km² ({p.period})" for p in result.pockets)
    return (
        f"Map of oblasts: {what}, {day_words(result)}. {shares}. "
        f"Claimed, none held: {none or 'no oblast'}. All other oblasts 0 %. Across the border: "
        f"{pockets}. The front inside an oblast is not drawn."
    )


def held_words(result: FrontResult) -> str:
    """The area held, with its day: '112 415 km² held on 13 March 2025'."""
    return f"{words.number(result.total)}{words.SPACE}km² held on {day_words(result)}"


def counts() -> str:
    """What counts as held, in the words of the table."""
    return front_data.about()["front_control.csv"]["counts"]


def day_words(result: FrontResult) -> str:
    """The day of observation in words."""
    return f"{result.observed.day} {result.observed:%B %Y}"


def partly(result: FrontResult) -> list[Held]:
    """Oblasts held in part, 1 to 98 %, largest share first."""
    return sorted((h for h in result.held if 0.01 <= h.share < 0.98), key=lambda h: -h.share)


def percent(share: float) -> str:
    """A share in percent; one digit below 10, never rounded to 0 or 100."""
    return f"{100 * share:.1f} %" if share < 0.1 or share > 0.985 else f"{100 * share:.0f} %"


def span(low: float, high: float) -> str:
    """A range, or one number."""
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


# -- parts -----------------------------------------------------------------------------------


def _view(width: int) -> View:
    """A view that shows the frame of this width."""
    west, south, east, north = FRAMES[width]
    corners = [
        outlines.point(x, y) for x in (west, (west + east) / 2, east) for y in (south, north)
    ]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    scale = width / (right - left)
    return View(left, top, scale, width, (top - bottom) * scale)


def _path(shape: Any, view: View) -> str:
    """Outline of a (multi)polygon as path data."""
    drawn = shape.simplify(DETAIL / view.scale)
    polygons = getattr(drawn, "geoms", [drawn])
    rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join(_points(ring.coords, view)) + "Z" for ring in rings)


def _points(coords: Iterable[tuple[float, float]], view: View) -> list[str]:
    """Pixels with one digit, repeated ones dropped."""
    found: list[str] = []
    for x, y in coords:
        text = "{:.1f} {:.1f}".format(*view.at(x, y))
        if not found or found[-1] != text:
            found.append(text)
    return found


def _patterns(key: str) -> str:
    """One hatch per class."""
    return "<defs>" + "".join(
        f'<pattern id="{key}-h{k}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><line class="hatch" y2="{gap}"/></pattern>'
        for k, (_, _, gap) in enumerate(CLASSES)
    ) + "</defs>"  # fmt: skip


def _class(share: float) -> int:
    return next(k for k, (end, *_) in enumerate(CLASSES) if share < end)


def _swatch(shape: str, share: float, key: str) -> str:
    """Colour and hatch of a share over a shape, given as attributes of an element."""
    k = _class(share)
    colour = f'<{shape} class="held" opacity="{0.18 + 0.22 * k:.2f}"/>'
    return f'{colour}<{shape} fill="url(#{key}-h{k})"/>'


def _ground(view: View) -> str:
    from shapely.geometry import box

    right, bottom = view.left + view.width / view.scale, view.top - view.height / view.scale
    window = box(view.left, bottom, right, view.top).buffer(5 / view.scale)
    cut = (shape.intersection(window) for shape in outlines.shapes()["countries"].values())
    land = "".join(f'<path class="land" d="{_path(s, view)}"/>' for s in cut if not s.is_empty)
    return f'<rect class="sea" width="{view.width}" height="{view.height:.0f}"/>{land}'


def _oblasts(result: FrontResult, view: View, key: str) -> str:
    """Every oblast: ground, colour and hatch where held, border."""
    share = {item.oblast.code: item.share for item in result.held}
    outlined, fills, edges = [], [], []
    for code, shape in outlines.shapes()["oblasts"].items():
        outlined.append(f'<path id="{key}-{code}" d="{_path(shape, view)}"/>')
        again = f'use href="#{key}-{code}"'
        fills.append(f'<{again} class="free"/>')
        if share[code] > 0:
            fills.append(_swatch(again, share[code], key))
        edges.append(f'<{again} class="edge"/>')
    fills = [f"<defs>{''.join(outlined)}</defs>", *fills]
    return "".join(fills + edges)


def _claims(result: FrontResult, key: str) -> str:
    """A dashed border around what is claimed and not held at all."""
    return "".join(
        f'<use href="#{key}-{c.oblast.code}" class="claim"/>' for c in result.claims if not c.share
    )


def _river(view: View) -> str:
    return f'<path class="river" d="M{"L".join(_points(outlines.river(), view))}"/>'


def _pocket_points(view: View) -> list[tuple[str, float, float]]:
    return [
        (row["pocket"], *view.at(*outlines.point(float(row["longitude"]), float(row["latitude"]))))
        for row in front_data.rows("pockets.csv")
    ]


def _pockets(view: View) -> str:
    return "".join(
        f'<path class="pocket" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z"/>'
        for _, x, y in _pocket_points(view)
    )


def _words(result: FrontResult, view: View) -> list[str]:
    """All labels, placed so that none covers another; a line leads to those that moved far."""
    marks = [(x - 7, y - 7, x + 7, y + 7) for _, x, y in _pocket_points(view)]
    labels = [*_pocket_labels(result, view), *_oblast_labels(result, view), *_ground_labels(view)]
    placed = place(labels, marks, view.frame)
    return [_lead(item) for item in placed if item.label.needed] + [item.svg() for item in placed]


def _lead(item: Placed) -> str:
    """A thin line from a label to its point if it stands away from it."""
    left, top, right, bottom = item.box
    x, y = item.label.x, item.label.y
    if left <= x <= right and top <= y <= bottom:
        return ""
    end = (min(max(x, left), right), min(max(y, top), bottom))
    return f'<path class="lead" d="M{x:.1f} {y:.1f}L{end[0]:.1f} {end[1]:.1f}"/>'


def _pocket_labels(result: FrontResult, view: View) -> list[Label]:
    """Size and month of the latest figure of each pocket."""
    labels = []
    for name, x, y in _pocket_points(view):
        last = max((p for p in result.pockets if p.item.startswith(name)), key=lambda p: p.period)
        size = 11 if view.width == WIDE else 10
        text = (f"{name} pocket", f"{span(last.low, last.high)} km², {last.period}")
        label = Label(text, x, y, size, "mark", needed=True)
        half = (label.box(x, y)[2] - label.box(x, y)[0]) / 2
        above = name == front_data.rows("pockets.csv")[0]["pocket"]
        labels.append(replace(label, x=x + half + 10, y=y - 9 if above else y + 13))
    return labels


def _oblast_labels(result: FrontResult, view: View) -> list[Label]:
    """Held and claimed oblasts first, with their share; the others if there is room."""
    claimed = {c.oblast.code for c in result.claims}
    shapes, first, rest = outlines.shapes()["oblasts"], [], []
    size = 11.5 if view.width == WIDE else 10.5
    for item in result.held:
        shape = shapes[item.oblast.code]
        x, y = view.at(*shape.representative_point().coords[0])
        if not (0 <= x <= view.width and 0 <= y <= view.height):
            continue
        if item.share or item.oblast.code in claimed:
            text = (item.oblast.name, percent(item.share) if item.share else "0 %")
            first.append(Label(text, x, y, size, "name", needed=True))
        elif shape.area > SMALL:
            rest.append(Label((item.oblast.name,), x, y, 10, "quiet", 16))
    return first + rest


def _ground_labels(view: View) -> list[Label]:
    """Neighbours by name, where they have room."""
    from shapely.geometry import box

    right, bottom = view.left + view.width / view.scale, view.top - view.height / view.scale
    window = box(view.left, bottom, right, view.top)
    for shape in outlines.shapes()["oblasts"].values():
        window = window.difference(shape)
    labels = []
    for code, shape in outlines.shapes()["countries"].items():
        part = shape.intersection(window).buffer(-26 / view.scale)  # room for the word
        part = max(getattr(part, "geoms", [part]), key=lambda p: p.area)
        if not part.is_empty:
            x, y = view.at(*part.representative_point().coords[0])
            name = outlines.country_names()[code].upper()
            labels.append(Label((name,), x, y, 10, "state", 60))
    return labels


def _foot(result: FrontResult, view: View, key: str) -> str:
    """Legend, scale bar, date and source under the map."""
    narrow, y = view.width == NARROW, view.height + 16
    step = 84 if narrow else 96
    parts = [f'<text x="0" y="{y:.0f}" font-size="11">Share of the oblast held</text>']
    for k, (end, share, _) in enumerate(CLASSES):
        x, top = (k * step, y + 8) if narrow else (140 + k * step, y - 10)
        shape = f'rect x="{x}" y="{top:.0f}" width="20" height="13"'
        parts.append(f'<{shape} class="free"/>')
        parts.append(_swatch(shape, end - 0.02, key) + f'<rect class="edge" {shape[5:]}/>')
        parts.append(f'<text x="{x + 25}" y="{top + 11:.0f}" font-size="11">{share}</text>')
    parts.append(_second_row(view, y + (44 if narrow else 24)))
    parts += _source(result, y + (84 if narrow else 48), narrow)
    return "".join(parts)


def _second_row(view: View, y: float) -> str:
    """Keys of lines and marks, and the scale bar."""
    long = 200e3 * view.scale
    x = view.width - long - 4
    low = y + (20 if view.width == NARROW else 0)
    return (
        f'<path class="claim" d="M0 {y - 4:.0f}h20"/><text x="25" y="{y:.0f}" font-size="11">'
        f'claimed, none held</text><path class="river" d="M140 {y - 4:.0f}h20"/>'
        f'<text x="165" y="{y:.0f}" font-size="11">Dnieper</text>'
        f'<path class="pocket" d="M228 {y - 10:.0f}l6 6l-6 6l-6 -6Z"/><text x="239" y="{y:.0f}" '
        f'font-size="11">pocket, about here</text>'
        f'<path class="rule" d="M{x:.1f} {low - 9:.0f}v5h{long:.1f}v-5"/>'
        f'<text x="{x - 6:.1f}" y="{low - 3:.0f}" font-size="11" text-anchor="end">200 km</text>'
    )


def _source(result: FrontResult, y: float, narrow: bool) -> list[str]:
    """Date and source, broken into lines that fit."""
    first = f"State of {day_words(result)}. Where the front runs inside an oblast is not shown."  # fmt: skip # noqa: E501
    last = "Control: computed from DeepState polygons. Outlines: Natural Earth. Albers equal area."
    lines = [first, last]
    if narrow:
        lines = [*first.replace(". ", ".\n").split("\n"), *last.replace(". ", ".\n", 1).split("\n")]
    return [
        f'<text x="0" y="{y + 15 * k:.0f}" font-size="10.5" class="note">{escape(line)}</text>'
        for k, line in enumerate(lines)
    ]
