"""The front as tables: who holds what, the drift by source, both sides of the lines."""

from __future__ import annotations

from dataclasses import replace

from threatpoint import words
from threatpoint.front.front import FrontResult, Held
from threatpoint.front.territory import Side
from threatpoint.tables import Column, Row, Table, columns


def areas(result: FrontResult, oblast: str | None = None) -> Table:
    """What is held or claimed, largest area first; one oblast whatever is held of it.

    Raises:
        TalksError: unknown oblast.
    """
    rows = [_area(item, result) for item in result.chosen(oblast)]
    (gain,) = columns("front-areas", "gain_km2")
    gain = replace(gain, heading=f"Gain in {words.month(result.month)}, km²")
    return Table(
        "front-areas",
        f"Area held by oblast on {words.day(result.observed)}"
        + ("" if oblast else "; oblasts neither held nor claimed left out"),
        columns(
            "front-areas", "name", "-code", "share_held", "held_km2", gain, "claimed",
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
        "claimed": "claimed" if item.oblast.code in result.claimed else "",
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


def _million(row: Row) -> str:
    return words.number(row["population_thousand"] / 1e3)


def _millions(row: Row) -> str:
    ends = (row[f"population_thousand_{end}"] / 1e3 for end in ("low", "high"))
    return words.number_span(*ends)
