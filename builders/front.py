"""Build the tables of the front: `python -m builders.front` with THREATPOINT_DATA set.

Reads `front/` and `maps/` of the source data and writes the small tables that ship in
`src/threatpoint/front/tables`; oblasts, claims, river and pockets are shipped as typed in. The same
input gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builders import data
from builders.sources import data_directory
from builders.write import ROOT, rows
from threatpoint.files import write_whole

TABLES = ROOT / "src" / "threatpoint" / "front" / "tables"
SHARES = "front/occupied_share_by_oblast_monthly.csv"
FIGURES = "front/figures.csv"
OBLASTS, NEIGHBOURS = "maps/ukraine_admin1_slim.geojson", "maps/world_110m_slim.geojson"
TYPED = ("oblasts.csv", "claims.csv", "dnieper.csv", "pockets.csv", "front_gains.csv")
FRAME = (19.0, 43.0, 43.0, 54.5)
"""West, south, east, north of the map, degrees."""
DIGITS = 3
COST_YEAR = 2024
"""Of the rate at which costs of a force are turned into euro."""


def codes() -> dict[str, str]:
    """Name in Natural Earth -> ISO 3166-2 code."""
    return {row["natural_earth_name"]: row["code"] for row in data.table("oblasts")}


def control(source: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the table of control, its columns by ISO code.

    Raises:
        ValueError: an oblast of the source is unknown, or a share is outside 0 to 1.
    """
    found, code = data.read(source / SHARES), codes()
    columns = [name for name in found[0] if name not in ("date", "total_km2")]
    strange = sorted(set(columns) ^ set(code))
    if strange:
        raise ValueError(f"control table and list of oblasts differ in: {', '.join(strange)}")
    for row in found:
        wrong = [name for name in columns if not 0.0 <= float(row[name]) <= 1.0]
        if wrong or float(row["total_km2"]) < 0.0:
            raise ValueError(f"{row['date']}: share or area out of range: {wrong or 'total'}")
    order = sorted(columns, key=lambda name: code[name])
    lines = [[row["date"], row["total_km2"], *(row[name] for name in order)] for row in found]
    return ["date", "total_km2", *(code[name] for name in order)], sorted(lines)


def outlines(source: Path) -> dict[str, list[dict[str, Any]]]:
    """Oblasts by ISO code and neighbouring countries by name; rings of [lon, lat]."""
    from shapely.geometry import box, shape

    code, oblasts = codes(), []
    for item in _features(source / OBLASTS):
        rings = _rings(shape(item["geometry"]))
        oblasts.append({"code": code[item["properties"]["name"]], "polygons": rings})
    around = []
    for item in _features(source / NEIGHBOURS):
        cut = shape(item["geometry"]).intersection(box(*FRAME))
        if not cut.is_empty:
            about = {"code": item["properties"]["iso3"], "name": item["properties"]["name"]}
            around.append(about | {"polygons": _rings(cut)})
    return {
        "oblasts": sorted(oblasts, key=lambda item: item["code"]),
        "countries": sorted(around, key=lambda item: item["code"]),
    }


def _features(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def _rings(geometry: Any) -> list[list[list[list[float]]]]:
    """Polygons, each a list of rings (outer first), rounded."""
    parts = getattr(geometry, "geoms", [geometry])
    polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    return [[_points(ring) for ring in (p.exterior, *p.interiors)] for p in polygons]


def _points(ring: Any) -> list[list[float]]:
    """Rounded points of a ring, repeated ones dropped."""
    kept: list[list[float]] = []
    for x, y in ring.coords:
        point = [round(x, DIGITS), round(y, DIGITS)]
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def figures(source: Path) -> list[tuple[str, ...]]:
    """Published figures: those of the source data, then those typed in."""
    known = [*data.read(source / FIGURES), *data.table("front_figures")]
    return [(kind(row["item"]), *row.values()) for row in known]


def force_costs() -> list[tuple[object, ...]]:
    """Cost of a soldier of a force for a year, in euro at the ECB's average rate of 2024."""
    rate = data.usd_per_eur()[COST_YEAR]
    return [
        (row["force"], f"{float(row['usd']) / rate:.0f}", row["usd"], *list(row.values())[2:])
        for row in data.table("force_costs")
    ]


def about(dates: list[str]) -> dict[str, dict[str, str]]:
    """What each file holds, from whom, under which licence."""
    known = data.toml("front")
    known["front_control.csv"]["date"] = f"{dates[0]} to {dates[-1]}, monthly"
    return known


def build(source: Path, folder: Path = TABLES) -> None:
    """Write all tables."""
    folder.mkdir(parents=True, exist_ok=True)
    heading, lines = control(source)
    rows(folder / "front_control.csv", heading, lines)
    names = ("kind", "item", "period", "value", "unit", "source")
    rows(folder / "front_figures.csv", names, figures(source))
    names = ("force", "eur", "usd", "source", "page", "published")
    rows(folder / "force_costs.csv", names, force_costs())
    for name in TYPED:
        write_whole(folder / name, data.text(name))
    _json(folder / "outlines.json", outlines(source), None)
    _json(folder / "front.json", about([line[0] for line in lines]), 1)


def kind(item: str) -> str:
    """The kind of a figure, from its words: "monthly gain", "net gain" or "pocket".

    Raises:
        ValueError: none of them.
    """
    if item.startswith(tuple(row["pocket"] for row in data.table("pockets"))):
        return "pocket"
    for word in ("monthly gain", "net gain"):
        if item.startswith(word):
            return word
    raise ValueError(f"figures: {item!r} is neither a monthly gain, a net gain nor a pocket")


def _json(path: Path, value: object, indent: int | None) -> None:
    separators = None if indent else (",", ":")
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=False)
    write_whole(path, text + "\n")


if __name__ == "__main__":
    build(data_directory(None, (SHARES, FIGURES, OBLASTS, NEIGHBOURS)))
