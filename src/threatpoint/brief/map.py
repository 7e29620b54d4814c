"""The map of control as SVG: Albers equal area, shares by oblast, hatched as well as coloured.

Polygons of the front may not ship, so an oblast has one colour: how much of it is held, not where.
Where labels stand is written down in `map_labels.csv`, for each of the two frames.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import Any

from threatpoint.brief.theme import NARROW, WIDE
from threatpoint.errors import ThreatpointError
from threatpoint.front import outlines

Row = Mapping[str, Any]
FRAMES = {
    WIDE: ("wide", 21.8, 44.0, 40.6, 52.9, 96),
    NARROW: ("narrow", 28.2, 44.1, 40.4, 52.6, 152),
}
"""Width -> name, west, south, east, north in degrees, and pixels of the foot."""
CLASSES = (
    (0.05, "under 5 %", 13.0),
    (0.60, "5–60 %", 9.0),
    (0.90, "60–90 %", 6.5),
    (1.01, "over 90 %", 4.2),
)
"""Upper end of the share, words, distance of the hatch lines in pixels."""
DETAIL = 0.7
"""Outlines are drawn to so many pixels."""
SIZES = {"name": (11.5, 10.5), "mark": (11, 10), "quiet": (10, 10), "state": (10, 10)}
"""Type of a label, wide and narrow, pixels."""
KEYS = (
    '<path class="claim" d="M0 -4h20"/><text x="25">claimed, none held</text>'
    '<path class="river" d="M140 -4h20"/><text x="165">Dnieper</text>'
    '<path class="pocket" d="M228 -10l6 6l-6 6l-6 -6Z"/><text x="239">pocket, about here</text>'
)
"""What lines and marks mean."""


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

    def place(self, row: Row) -> tuple[float, float]:
        """Pixels of a row with longitude and latitude."""
        return self.at(*outlines.point(float(row["longitude"]), float(row["latitude"])))


def control_map(
    oblasts: Sequence[Row],
    pockets: Sequence[Row],
    notes: Sequence[Sequence[str]],
    width: int,
    key: str,
    title: str,
    description: str,
) -> str:
    """The map as an `<svg>` element for HTML.

    Args:
        oblasts: code, name, share held (0 to 1), label (the share in words), claimed (bool).
        pockets: name, label, longitude and latitude, degrees.
        notes: lines below the map, each of sentences that stand alone on a narrow map.
        width: WIDE or NARROW, pixels.
        key: prefixes the ids.
        title: read out as the name of the picture.
        description: what it shows.

    Raises:
        MissingExtraError: shapely or pyproj is not installed.
        ThreatpointError: a width that is not drawn.
    """
    if width not in FRAMES:
        raise ThreatpointError(f"map: width {width} is not drawn; choose {WIDE} or {NARROW}")
    view = frame(width)
    style = _packed("templates/map.css")
    tall, key = view.height + FRAMES[width][-1], f"{key}-{width}"
    body = (
        f"{_ground(view)}{_oblasts(oblasts, view, key)}"
        f'<path class="river" d="M{"L".join(_points(outlines.river(), view))}"/>'
        f"{_pockets(pockets, view)}{labels(oblasts, pockets, view)}"
    )
    return (
        f'<svg class="control-map" viewBox="0 0 {width} {tall:.0f}" role="img" '
        f'style="max-width:{width}px" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc><style>{style}</style>'
        f'<defs>{_patterns(key)}<clipPath id="{key}-frame"><rect width="{width}" '
        f'height="{view.height:.0f}"/></clipPath></defs>'
        f'<g clip-path="url(#{key}-frame)">{body}</g>{_foot(notes, view, key)}</svg>'
    )


def frame(width: int) -> View:
    """The view of a width."""
    _, west, south, east, north, _ = FRAMES[width]
    middle = (west + east) / 2
    corners = [outlines.point(x, y) for x in (west, middle, east) for y in (south, north)]
    left, right = (end(x for x, _ in corners) for end in (min, max))
    bottom, top = (end(y for _, y in corners) for end in (min, max))
    scale = width / (right - left)
    return View(left, top, scale, width, (top - bottom) * scale)


# -- shapes -----


def _path(shape: Any, view: View) -> str:
    """Outline of a (multi)polygon as path data."""
    drawn = shape.simplify(DETAIL / view.scale)
    polygons = getattr(drawn, "geoms", [drawn])
    rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join(_points(ring.coords, view)) + "Z" for ring in rings)


def _points(coords: Iterable[tuple[float, float]], view: View) -> list[str]:
    """Pixels with one digit, repeated ones dropped."""
    texts = ["{:.1f} {:.1f}".format(*view.at(x, y)) for x, y in coords]
    return [text for n, text in enumerate(texts) if not n or texts[n - 1] != text]


def _patterns(key: str) -> str:
    """One hatch per class."""
    return "".join(
        f'<pattern id="{key}-h{k}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><line class="hatch" y2="{gap}"/></pattern>'
        for k, (_, _, gap) in enumerate(CLASSES)
    )


def _swatch(shape: str, share: float, key: str) -> str:
    """Colour and hatch of a share over a shape, given as attributes of an element."""
    k = next(k for k, (end, *_) in enumerate(CLASSES) if share < end)
    colour = f'<{shape} class="held" opacity="{0.18 + 0.22 * k:.2f}"/>'
    return f'{colour}<{shape} fill="url(#{key}-h{k})"/>'


def _ground(view: View) -> str:
    """Sea and neighbours."""
    from shapely.geometry import box

    right, bottom = view.left + view.width / view.scale, view.top - view.height / view.scale
    window = box(view.left, bottom, right, view.top).buffer(5 / view.scale)
    cut = (shape.intersection(window) for shape in outlines.shapes()["countries"].values())
    land = "".join(f'<path class="land" d="{_path(s, view)}"/>' for s in cut if not s.is_empty)
    return f'<rect class="sea" width="{view.width}" height="{view.height:.0f}"/>{land}'


def _oblasts(rows: Sequence[Row], view: View, key: str) -> str:
    """Ground, colour and hatch where held, border, and a dashed one where only claimed."""
    outlined, fills, edges, claims = "", "", "", ""
    shapes = outlines.shapes()["oblasts"]
    for row in rows:
        outlined += f'<path id="{key}-{row["code"]}" d="{_path(shapes[row["code"]], view)}"/>'
        again = f'use href="#{key}-{row["code"]}"'
        fills += f'<{again} class="free"/>'
        fills += _swatch(again, row["share"], key) if row["share"] else ""
        edges += f'<{again} class="edge"/>'
        claims += f'<{again} class="claim"/>' if row["claimed"] and not row["share"] else ""
    return f"<defs>{outlined}</defs>{fills}{edges}{claims}"


def _pockets(rows: Sequence[Row], view: View) -> str:
    return "".join(
        f'<path class="pocket" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z"/>'
        for x, y in map(view.place, rows)
    )


# -- labels -----


def labels(oblasts: Sequence[Row], pockets: Sequence[Row], view: View) -> str:
    """Names where `map_labels.csv` puts them; shares where an oblast is held or claimed."""
    lines: dict[str, tuple[str, Sequence[str]]] = {
        code: ("state", [name.upper()]) for code, name in outlines.country_names().items()
    }
    lines |= {row["name"]: ("mark", [f"{row['name']} pocket", row["label"]]) for row in pockets}
    for row in oblasts:
        told = row["share"] or row["claimed"]
        texts = [row["name"], row["label"]] if told else [row["name"]]
        lines[row["code"]] = ("name" if told else "quiet", texts)
    return "".join(
        _label(*lines[row["key"]], *view.place(row), view.width)
        for row in _places(FRAMES[view.width][0])
        if row["key"] in lines and (row["always"] == "yes" or lines[row["key"]][0] != "quiet")
    )


def _places(name: str) -> list[dict[str, str]]:
    """Where the labels of a frame stand."""
    rows = csv.DictReader(_packed("map_labels.csv").splitlines())
    return [row for row in rows if row["map"] == name]


def _packed(name: str) -> str:
    """A file beside the code."""
    return (resources.files("threatpoint.brief") / name).read_text(encoding="utf-8")


def _label(style: str, lines: Sequence[str], x: float, y: float, width: int) -> str:
    """Lines of text about a point."""
    size = SIZES[style][width <= NARROW]
    top = y + size * (0.35 - 0.56 * (len(lines) - 1))
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{top + 1.12 * size * k:.1f}">{escape(line)}</tspan>'
        for k, line in enumerate(lines)
    )
    return f'<text class="label {style}" style="font-size:{size}px">{spans}</text>'


# -- foot -----


def _foot(notes: Sequence[Sequence[str]], view: View, key: str) -> str:
    """Keys of colours, lines and marks, the scale bar, and the notes under the map."""
    narrow, y = view.width <= NARROW, view.height + 16
    start, top, step, low, end = (0, 8, 84, 44, 64) if narrow else (140, -10, 96, 24, 24)
    parts = [_text(0, y, "Share of the oblast held")]
    parts += [_key(k, start + k * step, y + top, key) for k in range(len(CLASSES))]
    parts += [f'<g transform="translate(0 {y + low:.0f})">{KEYS}</g>', _bar(view, y + end)]
    lines = [one for line in notes for one in line] if narrow else map(" ".join, notes)
    first = y + end + (20 if narrow else 24)
    return "".join(parts) + "".join(
        _text(0, first + 15 * k, line, "note") for k, line in enumerate(lines)
    )


def _key(k: int, x: float, y: float, key: str) -> str:
    """What the colour and hatch of a class mean."""
    end, words, _ = CLASSES[k]
    shape = f'rect x="{x}" y="{y:.0f}" width="20" height="13"'
    box = f'<{shape} class="free"/>{_swatch(shape, end - 0.02, key)}<{shape} class="edge"/>'
    return box + _text(x + 25, y + 11, words)


def _bar(view: View, y: float) -> str:
    """200 km, true everywhere on the map."""
    long = 200e3 * view.scale
    x = view.width - long - 4
    bar = f'<path class="rule" d="M{x:.1f} {y - 9:.0f}v5h{long:.1f}v-5"/>'
    return f'{bar}<text x="{x - 6:.1f}" y="{y - 3:.0f}" text-anchor="end">200 km</text>'


def _text(x: float, y: float, words: str, style: str = "key") -> str:
    return f'<text class="{style}" x="{x:g}" y="{y:.0f}">{escape(words)}</text>'
