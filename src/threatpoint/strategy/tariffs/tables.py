"""Tables of optimal tariffs and of tariff wars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.strategy.tariffs.rates import ALL
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threatpoint.strategy.tariffs.found import SetRate
    from threatpoint.strategy.tariffs.optimal import OptimalTariff
    from threatpoint.strategy.tariffs.points import NashPoint
    from threatpoint.strategy.tariffs.war import TariffWar
    from threatpoint.world.economy import Economy

Row = dict[str, Any]
LEAD = 40
"""Rates shown; a file has all."""
DIFFER = {"uniform": (), "sector": ("what",), "partner": ("whose",), "both": ("whose", "what")}
"""Columns by which the rates of a side differ."""
AT = {"": "", "lowest": "held by the lowest", "highest": "held by the highest"}


def rates(economy: Economy, found: OptimalTariff) -> Table:
    """Every rate, the largest flow first."""
    rows = rate_rows(found.rates)
    return _rates(economy, rows, found.by, "Added tariffs that are best if nobody answers")


def war_rates(economy: Economy, war: TariffWar, point: NashPoint) -> Table:
    """The same of one Nash point."""
    rows = rate_rows(point.rates)
    return _rates(economy, rows, war.by, "Added tariffs that are best replies to each other", "who")


def _rates(economy: Economy, rows: list[Row], by: str, caption: str, *shown: str) -> Table:
    asked = (*shown, *DIFFER[by])
    hidden = [f"-{key}" for key in ("who", "whose", "what") if key not in asked]

    def called(word: str) -> str:
        return "all named" if word == ALL else economy.names.get(word, word)

    named = [
        {"who": words.listing([called(x) for x in row["importer"].split("+")]),
         "whose": called(row["exporter"]), "what": called_sector(economy, row["sector"]), **row}
        for row in rows
    ]  # fmt: skip
    named.sort(key=_size, reverse=True)
    return Table(
        "added-tariffs",
        f"{caption}, on top of those in force",
        columns(
            "added-tariffs", *asked, *hidden, "-importer", "-exporter", "-sector",
            "rate_percent", "imports_usd_bn", "held", "-slope_usd_bn",
        ),
        named,
        "USD bn",
        lead=LEAD,
        fold="",
    )  # fmt: skip


def _size(row: Row) -> float:
    return row["imports_usd_bn"]


def called_sector(economy: Economy, word: str) -> str:
    """A sector's name."""
    return "all named" if word == ALL else economy.sector_names.get(word, word)


def rate_rows(found: Iterable[SetRate]) -> list[Row]:
    """One row a rate."""
    return [
        {
            "importer": rate.importer,
            "exporter": rate.exporter,
            "sector": rate.sector,
            "rate_percent": 100 * rate.rate,
            "imports_usd_bn": rate.imports_usd_bn,
            "slope_usd_bn": rate.slope,
            "held": AT[rate.bound],
        }
        for rate in found
    ]


def path_rows(found: OptimalTariff) -> list[Row]:
    """One row a step: the gain, the rates and the largest slope."""
    weights = np.array([rate.imports_usd_bn for rate in found.rates])
    return [
        {
            "step": k,
            "by": step.by,
            "gain_usd_bn": step.value,
            "mean_rate_percent": 100 * float(np.average(np.expm1(step.u), weights=weights)),
            "least_rate_percent": 100 * float(np.expm1(step.u.min())),
            "most_rate_percent": 100 * float(np.expm1(step.u.max())),
            "slope_usd_bn": float(np.abs(step.slope / np.exp(step.u)).max() / 100.0),
        }
        for k, step in enumerate(found.path)
    ]


def path(found: OptimalTariff) -> Table:
    """The way to the best rates."""
    return Table(
        "tariff-path",
        "The way there, step by step",
        columns(
            "tariff-path", "step", "by", "gain_usd_bn", "mean_rate_percent",
            "least_rate_percent", "most_rate_percent", "slope_usd_bn",
        ),
        path_rows(found),
        "USD bn",
    )  # fmt: skip


def point_rows(war: TariffWar) -> list[Row]:
    """One row a point and side."""
    return [
        {
            "point": k + 1,
            "side": tested.side,
            "mean_rate_percent": 100 * point.means[s],
            "change_usd_bn": point.changes[s],
            "best": "yes" if tested.best else "no",
            "maximum": "yes" if tested.second_order.maximum else "no",
            "moved": tested.moved,
            "more_usd_bn": tested.more,
            "curvature": tested.second_order.curvature,
        }
        for k, point in enumerate(war.points)
        for s, tested in enumerate(point.tested)
    ]


def points(economy: Economy, war: TariffWar) -> Table:
    """All Nash points side by side."""
    rows = [
        {"name": words.listing([economy.names.get(x, x) for x in row["side"].split("+")]), **row}
        for row in point_rows(war)
    ]
    return Table(
        "tariff-war",
        "Added tariffs that are best replies to each other, and what they bring against none",
        columns(
            "tariff-war", "name", "point", "-side", "mean_rate_percent", "change_usd_bn", "best",
            "maximum", "-moved", "-more_usd_bn", "-curvature",
        ),
        rows,
        "USD bn",
    )  # fmt: skip


def war_path_rows(war: TariffWar) -> list[Row]:
    """One row a point, step and side."""
    return [
        {"point": k + 1, "step": step, "by": by, "side": side,
         "mean_rate_percent": 100 * means[s], "change_usd_bn": changes[s]}
        for k, point in enumerate(war.points)
        for step, (changes, means, by) in enumerate(point.path)
        for s, side in enumerate(war.sides)
    ]  # fmt: skip


def war_path(war: TariffWar) -> Table:
    """The way to each point."""
    return Table(
        "tariff-war-path",
        "The way there: rounds of replies, then Newton's steps on all rates at once",
        columns(
            "tariff-war-path", "step", "point", "by", "side", "mean_rate_percent", "change_usd_bn"
        ),
        war_path_rows(war),
        "USD bn",
    )
