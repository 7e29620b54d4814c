"""Outlines of oblasts and countries, projected: Albers equal area, so that areas are true.

Needs shapely and pyproj (extra "maps"); they are imported when first used.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from threatpoint.errors import require_extra
from threatpoint.front.data import TABLES, rows

ALBERS = "+proj=aea +lat_1=46 +lat_2=51 +lat_0=48.5 +lon_0=31.5 +ellps=WGS84 +units=m"
"""Albers equal area with standard parallels inside the mapped area (Snyder 1987, pp. 98-103)."""
NORTH, SOUTH, EAST = 54.4, 43.1, 42.9
"""Where a line that leaves the mapped land is carried to, degrees."""


def _need() -> None:
    require_extra("maps", "the map and its areas", "shapely", "pyproj")


@cache
def _project() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", ALBERS, always_xy=True).transform


@cache
def shapes() -> dict[str, dict[str, Any]]:
    """Shapely geometries in metres: {"oblasts": {code: ...}, "countries": {code: ...}}.

    Raises:
        MissingExtraError: shapely or pyproj is not installed.
    """
    _need()
    found = json.loads((TABLES / "outlines.json").read_text(encoding="utf-8"))
    return {kind: {item["code"]: _shape(item) for item in items} for kind, items in found.items()}


@cache
def country_names() -> dict[str, str]:
    """Names of the countries on the map, by code."""
    found = json.loads((TABLES / "outlines.json").read_text(encoding="utf-8"))
    return {item["code"]: item["name"] for item in found["countries"]}


def _shape(item: dict[str, Any]) -> Any:
    """The projected shape; touching rings are made valid."""
    from shapely.geometry import MultiPolygon, Polygon

    polygons = [[_ring(ring) for ring in rings] for rings in item["polygons"]]
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons]).buffer(0)


def _ring(ring: list[list[float]]) -> list[tuple[float, float]]:
    """Points of a ring in the projection."""
    x, y = _project()(*zip(*ring, strict=True))
    return list(zip(x, y, strict=True))


def point(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in the projection, metres."""
    _need()
    x, y = _project()(longitude, latitude)
    return float(x), float(y)


def river() -> list[tuple[float, float]]:
    """The line of the river in the projection, metres, north to south."""
    return [point(float(r["longitude"]), float(r["latitude"])) for r in rows("dnieper.csv")]


def east_of_river(shift: float = 0.0) -> Any:
    """Everything on the east (left) bank, the line moved `shift` km to the east; a polygon."""
    _need()
    from shapely.geometry import Polygon

    line = [(x + 1e3 * shift, y) for x, y in river()]
    north, south = point(EAST, NORTH)[1], point(EAST, SOUTH)[1]
    far = point(EAST, SOUTH)[0] + 3e5
    ring = [(line[0][0], north), *line, (line[-1][0], south), (far, south), (far, north)]
    return Polygon(ring)
