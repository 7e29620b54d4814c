"""Why the figure of a single sender is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.prose import say
from threatpoint.equilibrium import results

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.equilibrium import Solution

Row = Mapping[str, Any]
NAMED = 3
"""Targets named beside the sender."""


def why(reading: Reading) -> list[str]:
    """What explains the sender's figure, as far as the rows say it; empty for a group."""
    rows, solution = reading.of_role("sender"), reading.main.solution
    if solution is None or len(rows) != 1 or words.negligible(rows[0]["real_income_percent"]):
        return []
    row = {**rows[0], "real_income_percent": reading.main.percent(rows[0]["country"])}
    facts = {
        "row": row,
        "ended": _ended(reading, solution),
        "sides": _one_sided(reading),
        **_points(row),
        **_squeezed(reading, row, solution),
    }
    return say("losses.why", reading, facts).all("why")


def _points(row: Row) -> dict[str, list[tuple[str, float]]]:
    """Parts and their percentage points: with the sign of the whole, and against it."""
    keys = ("factor_income", "tariff_revenue", "deficit")
    found = [(key, row[f"from_{key}_points"]) for key in keys]
    found = [item for item in found if not words.negligible(item[1])]
    same = [item for item in found if item[1] * row["real_income_percent"] > 0]
    against = [item for item in found if item not in same]
    return {"same": sorted(same, key=lambda item: -abs(item[1])), "against": against}


def _ended(reading: Reading, solution: Solution) -> list[tuple[str, float, float]]:
    """Code, imports and exports between sender and targets given up, % of its GDP."""
    place = reading.economy.country
    size = {code: float(reading.economy.gdp[place(code)]) for code in reading.targets}
    targets = sorted(size, key=lambda code: -size[code])[:NAMED]
    change = results.goods_change(solution)
    found = []
    for code in (reading.sender, *targets):
        n = place(code)
        others = reading.targets if code == reading.sender else reading.senders
        m = [place(other) for other in others]
        gone = [max(-float(flows.sum()), 0.0) for flows in (change[n, m], change[m, n])]
        bought, sold = (100 * money / float(reading.economy.gdp[n]) for money in gone)
        found.append((code, bought, sold))
    return found if targets and max(found[0][1:]) >= words.SMALLEST else []


def _one_sided(reading: Reading) -> list[tuple[str, float]]:
    """Direction and what stopping it alone costs the sender, %."""
    known = [(name, reading.analysis.directed(name)) for name in ("imports", "exports")]
    solved = [(name, o) for name, o in known if o is not None and o.solution is not None]
    return [(name, outcome.percent(reading.sender)) for name, outcome in solved]


def _squeezed(reading: Reading, row: Row, solution: Solution) -> dict[str, Any]:
    """Exports to third countries that are lost (0 if none, or if the wage does not rise), and the
    goods that lose most of them, if their output shrinks.
    """
    sold = results.export_rows(solution, row["country"], reading.targets)
    lost = -sum(sector["others"] for sector in sold)
    goods = [s for s in sold if s["sector"] not in reading.economy.services]
    goods = [s for s in goods if s["others"] < 0 and s["output"] <= -words.SMALLEST]
    return {
        "lost": max(lost, 0.0) if row["wage_percent"] >= words.SMALLEST else 0.0,
        "most": min(goods, key=lambda sector: sector["others"], default=None),
    }
