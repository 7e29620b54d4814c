"""Outlines of the shipped map as shapes that Altair draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.world_map import Limits, class_of, coloured, legend_words, shipped

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

RING = re.compile(r"M([^MZ]*)Z")
Point = tuple[float, float]


def shapes(economy: Economy, known: Mapping[str, float], found: Limits) -> list[dict[str, Any]]:
    """A feature a country: its outline in pixels of the map, its value and class."""
    owners, classes = coloured(economy), legend_words(found)
    return [
        {
            "type": "Feature",
            "geometry": {
                "type": "Polygon",  # islands and holes alike, as the path of the page has them
                "coordinates": list(rings(country["path"])),
            },
            "properties": _about(economy, owners.get(code, ""), known, found, classes),
        }
        for code, country in shipped()["countries"].items()
    ]


def _about(
    economy: Economy, own: str, known: Mapping[str, float], found: Limits, classes: list[str]
) -> dict[str, Any]:
    """Name, number and class of a country; no class where nothing is known."""
    if own not in known:
        return {"name": "not in the table", "shown": words.DASH, "class": None}
    shown = words.percent(known[own], True)
    kind = classes[class_of(known[own], found)]
    return {"name": economy.names.get(own, own), "shown": shown, "class": kind}


def rings(path: str) -> Iterator[list[Point]]:
    """Closed outlines of path data: a start, then steps relative to the point before."""
    for ring in RING.findall(path):
        numbers = [float(text) for text in re.findall(r"-?\d*\.?\d+", ring)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((round(x, 1), round(y, 1)))
        yield [*points, points[0]]
