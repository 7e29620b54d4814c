"""The files of optimal tariffs and of tariff wars: every row of every table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.files import as_texts, finite, save
from threatpoint.strategy.tariffs.tables import path_rows, point_rows, rate_rows, war_path_rows
from threatpoint.strategy.tariffs.war import TariffWar

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.strategy.tariffs.optimal import OptimalTariff

Row = dict[str, Any]
KEYS = ("point", "side", "importer", "exporter", "sector", "step", "start", "economy")
"""What places a value in a file."""


def write(found: OptimalTariff | TariffWar, about: Row, file: Path) -> list[Path]:
    """Write all rows; returns the files. CSV: one value a row, with its table and keys."""
    rows = war_filed(found) if isinstance(found, TariffWar) else best_filed(found)
    return save({file: as_texts(file, about, finite(rows), KEYS)})


def war_filed(found: TariffWar) -> dict[str, list[Row]]:
    """All rows of a war, table by table."""
    each = list(enumerate(found.points, start=1))
    rates = [{"point": k, **row} for k, point in each for row in rate_rows(point.rates)]
    incomes = [
        {"point": k, "economy": code, "change_usd_bn": usd}
        for k, point in each
        for code, usd in point.by_country.items()
    ]
    led = [
        {"start": start, "led_to": None if k is None else k + 1}
        for start, k in found.starts.items()
    ]
    return {
        "war": point_rows(found),
        "war-rates": rates,
        "war-incomes": incomes,
        "war-path": war_path_rows(found),
        "war-starts": led,
    }


def best_filed(found: OptimalTariff) -> dict[str, list[Row]]:
    """All rows of the best tariffs, table by table."""
    return {
        "best": [_best(found)],
        "rates": rate_rows(found.rates),
        "incomes": [{"economy": c, "change_usd_bn": x} for c, x in found.changes.items()],
        "path": path_rows(found),
        "starts": [{"start": x, "gain_usd_bn": gain} for x, gain in found.starts.items()],
    }


def _best(found: OptimalTariff) -> Row:
    proof = found.second_order
    return {
        "importer": found.importer,
        "by": found.by,
        "mean_rate_percent": 100 * found.rate,
        "gain_usd_bn": found.gain,
        "loss_usd_bn": found.loss,
        "gain_gone_percent": 100 * found.gone if math.isfinite(found.gone) else found.gone,
        "slope_usd_bn": found.slope,
        "curvature": proof.curvature,
        "free_rates": proof.free,
        "held_rates": proof.held,
        "maximum": proof.words,
        "solves": found.solves,
    }
