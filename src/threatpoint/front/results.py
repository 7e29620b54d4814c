"""The front as tables: who holds what, drift by source, what to expect, a force, the lines."""

from __future__ import annotations

from dataclasses import replace

from threatpoint import words
from threatpoint.front.force import Force
from threatpoint.front.front import FrontResult, Held
from threatpoint.front.paths import Paths
from threatpoint.front.territory import Side
from threatpoint.tables import Column, Row, Table, columns

AHEAD = (3, 6, 12, 18)
"""Months for which the ground gained is shown."""


def areas(result: FrontResult, oblast: str | None = None) -> Table:
    """What is held or claimed, largest area first; one oblast whatever is held of it.

    Raises:
        TalksError: unknown oblast.
    """
    rows = [_area(item, result) for item in result.chosen(oblast)]
    (gain,) = columns("front-areas", "gain_km2")
    gain = replace(gain, heading=f"Gain in {words.month(result.month)}, km²")
    (since,) = columns("front-areas", "gained_km2")
    since = replace(since, heading=f"Since {words.day(result.gained.first)}, km²")
    return Table(
        "front-areas",
        f"Area held by oblast on {words.day(result.observed)}"
        + ("" if oblast else "; oblasts neither held nor claimed left out"),
        columns(
            "front-areas", "name", "-code", "share_held", "held_km2", gain, since, "claimed",
            "-observed", "-official_area_km2",
        ),
        [row for row in rows if oblast or row["share_held"] or row["claimed"]],
        note="Gain: since the last observation before the month, up to the day of this one. Held, "
        "km²: share times the official area of the oblast; added up "
        f"{words.area(sum(item.area for item in result.held))}, where the polygons measure "
        f"{words.area(result.total)} in all.",
    )  # fmt: skip


def drift(result: FrontResult) -> Table:
    """The gain of the month by source, km²; without rows where there is none."""
    counts = result.drift.counts if result.drift else ()
    rows = [{"source": s, "value": value, "period": result.month} for s, value in counts]
    caption = f"Gain in {words.month(result.month)} by source, km²"
    return Table("front-drift", caption, columns("front-drift", "source", "value", "-period"), rows)


def ahead(paths: Paths) -> Table:
    """Ground gained after some months, km²: as a map would show it, half and 90 of 100 paths."""
    rows = []
    for months in AHEAD:
        shown = paths.shown(months)
        ends = {"ground_km2_low": shown.low, "ground_km2_high": shown.high}
        rows.append({"months": months, "ground_km2": shown.median, **ends})
    (ground,) = columns("front-ahead", "ground_km2")
    ground = replace(ground, write=lambda row: words.hundreds(row["ground_km2"]))
    return Table(
        "front-ahead",
        f"Ground gained after {words.day(paths.known.day)}, km²",
        columns(
            "front-ahead", "months", ground,
            Column("ground_km2", "90 of 100 paths", "rounded range", write=_ends),
        ),
        rows,
        note="Both models of the paths hold half of the weight; neither knows a month of loss.",
    )  # fmt: skip


def force(found: Force) -> Table:
    """A force by its size: cost a year, soldiers in rotation, brigades freed."""
    rows = []
    for size in found.sizes:
        row: dict[str, float] = {"soldiers": size}
        for name, spread in found.spreads(size).items():
            row |= {name: spread.median, f"{name}_low": spread.low, f"{name}_high": spread.high}
        rows.append(row)
    spans = [Column(key, "Range", "rounded range") for key in ("cost", "needed", "brigades")]
    keys = [
        part for pair in zip(("cost", "needed", "brigades"), spans, strict=True) for part in pair
    ]
    return Table(
        "front-force",
        "A force to secure the rear: cost a year, soldiers in rotation, brigades freed",
        columns("front-force", "soldiers", *keys),
        rows,
        note="Ranges hold 90 of 100 draws; brigades freed rest on priors.",
        deciding=("cost",),
    )


def sides(result: FrontResult) -> Table:
    """Area and people on each side of the lines."""
    return Table(
        "front-lines",
        "Area and people (registered on 1 January 2021) on each side of three lines",
        columns(
            "front-lines", "line", "side", "area_km2",
            Column("population_thousand", "People, m", "number", write=_million),
            Column("population_thousand", "Range", "number range", write=_millions),
            "missing",
        ),
        [_side(side) for side in result.lines],
        note="People are spread evenly inside an oblast, which is a prior; the range puts all or "
        "none of a divided oblast's people on the side.",
    )  # fmt: skip


def _area(item: Held, result: FrontResult) -> Row:
    return {
        "code": item.oblast.code,
        "name": item.oblast.name,
        "observed": result.observed.isoformat(),
        "share_held": item.share,
        "held_km2": item.area,
        "gain_km2": item.gain,
        "gained_km2": result.gained.of(item.oblast.code),
        "claimed": next((c.claim.claim for c in result.claims if c.oblast == item.oblast), ""),
        "official_area_km2": item.oblast.official_area,
    }


def _side(side: Side) -> Row:
    return {
        "line": words.capital(side.line),
        "side": side.side,
        "area_km2": side.area,
        "population_thousand": side.population,
        "population_thousand_low": side.population_low,
        "population_thousand_high": side.population_high,
        "missing": words.listing(side.without_population) or words.DASH,
    }


def _ends(row: Row) -> str:
    return words.hundreds(row["ground_km2_low"], row["ground_km2_high"])


def _million(row: Row) -> str:
    return words.number(row["population_thousand"] / 1e3)


def _millions(row: Row) -> str:
    ends = (row[f"population_thousand_{end}"] / 1e3 for end in ("low", "high"))
    return words.number_span(*ends)
