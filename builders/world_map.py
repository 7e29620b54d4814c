"""Write the outlines of the world map: Natural Earth in the Equal Earth projection, in pixels.

    python -m builders.world_map

The source is `maps/` under $THREATPOINT_DATA; the result is `src/threatpoint/brief/world_map.json`,
so that no library for maps is needed to draw it. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from builders import data
from builders.front import NEIGHBOURS, OBLASTS, _features
from builders.sources import data_directory
from builders.write import ROOT
from threatpoint.files import write_whole

TARGET = ROOT / "src" / "threatpoint" / "brief" / "world_map.json"
PROJECTION = "+proj=eqearth +ellps=WGS84"
"""Equal Earth (Savric, Patterson and Jenny 2019), so that areas are true."""
SOUTH, NORTH = -56.0, 76.0
"""Degrees: without Antarctica."""
WIDTH, DETAIL, LEAST = 640, 0.35, 0.6
"""Pixels of the map, to which outlines are simplified, and (square) of the smallest island."""
STEP = 2.0
"""Degrees: the frame is a curve in the projection."""


def outlines(source: Path) -> dict[str, Any]:
    """ISO code -> projected shape, in pixels from the upper left corner."""
    from shapely import transform
    from shapely.affinity import affine_transform
    from shapely.geometry import box

    frame = box(-180, SOUTH, 180, NORTH)
    project, flat = _projection(), {}
    for code, shape in _countries(source).items():
        cut = shape.intersection(frame).segmentize(STEP)
        if not cut.is_empty:
            flat[code] = transform(cut, project)
    left, _, right, top = transform(frame.segmentize(STEP), project).bounds
    scale = WIDTH / (right - left)
    shift = [scale, 0, 0, -scale, -left * scale, top * scale]
    return {code: affine_transform(shape, shift) for code, shape in sorted(flat.items())}


def _projection() -> Any:
    """From rows of degrees to rows of metres."""
    import numpy as np
    from pyproj import Transformer

    change = Transformer.from_crs("EPSG:4326", PROJECTION, always_xy=True).transform
    return lambda points: np.column_stack(change(points[:, 0], points[:, 1]))


def _countries(source: Path) -> dict[str, Any]:
    """ISO code -> shape in degrees: Natural Earth's, with parts that belong to one code joined.

    The source draws who holds a place, not whose it is: Crimea goes to Ukraine.
    """
    from shapely import union_all
    from shapely.geometry import shape

    codes, known = data.toml("world_map")["codes"], {}
    for item in _features(source / NEIGHBOURS):
        code = item["properties"]["iso3"]
        known.setdefault(codes.get(code, code), []).append(shape(item["geometry"]).buffer(0))
    known.pop("ATA")
    crimea = union_all([shape(f["geometry"]) for f in _features(source / OBLASTS) if _crimea(f)])
    found = {code: union_all(parts) for code, parts in known.items()}
    held = found["RUS"].intersection(crimea.convex_hull)
    return found | {
        "RUS": found["RUS"].difference(held),
        "UKR": found["UKR"].union(held).union(crimea),
    }


def _crimea(item: dict[str, Any]) -> bool:
    return item["properties"]["name"] in ("Crimea", "Sevastopol")


def drawn(shape: Any) -> dict[str, Any]:
    """Path data, and where a name stands: the middle of the largest part."""
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda part: -part.area)
    kept = [part for part in parts if part.area >= LEAST] or parts[:1]
    inner = parts[0].representative_point()
    return {
        "path": "".join(_path(part.simplify(DETAIL)) for part in kept),
        "at": [round(inner.x, 1), round(inner.y, 1)],
    }


def _path(polygon: Any) -> str:
    """The rings of a polygon, to a tenth of a pixel, each point from the one before."""
    return "".join(_ring(ring.coords[:-1]) for ring in (polygon.exterior, *polygon.interiors))


def _ring(points: Any) -> str:
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(tenths)]
    start = " ".join(_tenth(value) for value in tenths[0])
    return f"M{start}l{' '.join(f'{_tenth(x)} {_tenth(y)}' for x, y in steps)}Z"


def _tenth(value: int) -> str:
    """Tenths of a pixel as short as can be: -5 -> '-.5'."""
    return f"{value / 10:g}".replace("0.", ".", 1) if abs(value) < 10 else f"{value / 10:g}"


def build(source: Path, target: Path = TARGET) -> None:
    """Write the table."""
    about = data.toml("world_map")
    shapes = outlines(source)
    high = max(shape.bounds[3] for shape in shapes.values())
    found = {
        "about": about["about"],
        "size": [WIDTH, round(high, 1)],
        "unions": about["unions"],
        "countries": {code: drawn(shape) for code, shape in shapes.items()},
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    write_whole(target, text.replace('},"', '},\n"') + "\n")


if __name__ == "__main__":
    build(data_directory(None, (OBLASTS, NEIGHBOURS)))
