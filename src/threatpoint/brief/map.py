"""The map of control as SVG: Albers equal area, shares by oblast, hatched as well as coloured.

Polygons of the front may not ship, so an oblast has one colour: how much of it is held, not where.
Where labels stand is written down in `map_labels.csv`, for each of the two frames; `map.svg.j2`
draws what is placed here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.prose import environment
from threatpoint.brief.theme import NARROW, WIDE
from threatpoint.errors import ThreatpointError
from threatpoint.front import data as front_data
from threatpoint.front import outlines

if TYPE_CHECKING:
    from threatpoint.brief.prose import Said
    from threatpoint.front.front import FrontResult

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

    def line(self, coords: Iterable[tuple[float, float]]) -> str:
        """Path data of a line, one digit, repeated points dropped."""
        texts = ["{:.1f} {:.1f}".format(*self.at(x, y)) for x, y in coords]
        kept = (text for n, text in enumerate(texts) if not n or texts[n - 1] != text)
        return f"M{'L'.join(kept)}"

    def path(self, shape: Any) -> str:
        """Outline of a (multi)polygon as path data."""
        drawn = shape.simplify(DETAIL / self.scale)
        polygons = getattr(drawn, "geoms", [drawn])
        rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
        return "".join(f"{self.line(ring.coords)}Z" for ring in rings)


def frame(width: int) -> View:
    """The view of a width.

    Raises:
        ThreatpointError: a width that is not drawn.
    """
    if width not in FRAMES:
        raise ThreatpointError(f"map: width {width} is not drawn; choose {WIDE} or {NARROW}")
    _, west, south, east, north, _ = FRAMES[width]
    corners = [
        outlines.point(x, y) for x in (west, (west + east) / 2, east) for y in (south, north)
    ]
    (left, right), (bottom, top) = ((min(ends), max(ends)) for ends in zip(*corners, strict=True))
    scale = width / (right - left)
    return View(left, top, scale, width, (top - bottom) * scale)


def control_map(result: FrontResult, said: Said, width: int) -> str:
    """The map as an `<svg>` element for HTML.

    Args:
        result: shares and claims by oblast, pockets.
        said: `front.map`: title and description are read out; state and source stand below.
        width: WIDE or NARROW, pixels.

    Raises:
        MissingExtraError: shapely or pyproj is not installed.
        ThreatpointError: a width that is not drawn.
    """
    view, narrow = frame(width), width <= NARROW
    pockets, notes = pocket_rows(result), (said.all("state"), said.all("source"))
    return (
        environment(autoescape=True)
        .get_template("map.svg.j2")
        .render(
            key=f"map-{width}",
            view=view,
            tall=view.height + FRAMES[width][-1],
            said=said,
            style=_packed("templates/map.css"),
            classes=[(text, gap) for _, text, gap in CLASSES],
            lands=_lands(view),
            oblasts=_oblasts(result, view),
            river=view.line(outlines.river()),
            pockets=[view.place(row) for row in pockets],
            labels=list(_labels(result, pockets, view)),
            notes=[one for line in notes for one in line] if narrow else map(" ".join, notes),
            narrow=narrow,
        )
    )


def _lands(view: View) -> list[str]:
    """The neighbours, cut at the frame."""
    from shapely.geometry import box

    right, bottom = view.left + view.width / view.scale, view.top - view.height / view.scale
    window = box(view.left, bottom, right, view.top).buffer(5 / view.scale)
    cut = (shape.intersection(window) for shape in outlines.shapes()["countries"].values())
    return [view.path(shape) for shape in cut if not shape.is_empty]


def _oblasts(result: FrontResult, view: View) -> list[Row]:
    """Code, outline, class of the share held (None for none), and whether only claimed."""
    return [
        {
            "code": item.oblast.code,
            "path": view.path(outlines.shapes()["oblasts"][item.oblast.code]),
            "held": next(k for k, (end, *_) in enumerate(CLASSES) if item.share < end)
            if item.share
            else None,
            "claimed": item.oblast.code in result.claimed and not item.share,
        }
        for item in result.held
    ]


def pocket_rows(result: FrontResult) -> list[Row]:
    """Place of every pocket, size and month of its latest figure."""
    rows = []
    for row in front_data.rows("pockets.csv"):
        own = (p for p in result.pockets if p.item.startswith(row["pocket"]))
        last = max(own, key=lambda p: p.period)
        size = words.area(last.low, last.high).replace(" to ", words.DASH)
        rows.append({**row, "label": f"{size}, {last.period}"})
    return rows


def _labels(result: FrontResult, pockets: Sequence[Row], view: View) -> Iterator[Row]:
    """Names where `map_labels.csv` puts them; shares where an oblast is held or claimed."""
    texts: dict[str, tuple[str, Sequence[str]]] = {
        code: ("state", [name.upper()]) for code, name in outlines.country_names().items()
    }
    texts |= {p["pocket"]: ("mark", [f"{p['pocket']} pocket", p["label"]]) for p in pockets}
    for item in result.held:
        told = item.share or item.oblast.code in result.claimed
        share = [words.part(item.share)] if told else []
        texts[item.oblast.code] = ("name" if told else "quiet", [item.oblast.name, *share])
    for row in csv.DictReader(_packed("map_labels.csv").splitlines()):
        style, lines = texts.get(row["key"], ("", ()))
        shown = lines and (row["always"] == "yes" or style != "quiet")
        if shown and row["map"] == FRAMES[view.width][0]:
            x, y = view.place(row)
            size = SIZES[style][view.width <= NARROW]
            top = y + size * (0.35 - 0.56 * (len(lines) - 1))
            placed = [(top + 1.12 * size * k, line) for k, line in enumerate(lines)]
            yield {"style": style, "size": size, "x": x, "lines": placed}


def _packed(name: str) -> str:
    """A file beside the code."""
    return (resources.files("threatpoint.brief") / name).read_text(encoding="utf-8")
