"""The table that ships with the package: the world of 2023, 32 economies and 15 sectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from threatpoint.errors import WorldError, require_label
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.flow import Flow
from threatpoint.world.horizons import horizon_sets
from threatpoint.world.shipped_market import crude_market

# a plain path: importlib.resources costs more time than the whole table
TABLES = Path(__file__).with_name("tables")

TARIFFS = ("collected", "statutory")
LABELS = ("services", "names", "sector_names", "groups", "residuals", "unit", "year")


def load_world(tariffs: Literal["collected", "statutory"] | str = "collected") -> Economy:
    """Load the shipped economy, USD million of 2023.

    Args:
        tariffs: "collected" for the duties collected between the United States and China (the
            baseline), "statutory" for the published averages of the rates in force, which imply
            about twice the revenue. Both are balanced tables.

    Raises:
        WorldError: an unknown set of tariffs.

    Example:
        >>> world = tp.load_world()
        >>> len(world.countries), len(world.sectors), world.unit, world.year
        (32, 15, 'USD million', 2023)
    """
    require_label("set of tariffs", tariffs, TARIFFS, WorldError)
    labels = json.loads((TABLES / "world2023.json").read_text(encoding="utf-8"))
    with np.load(TABLES / "world2023.npz", allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    return _economy(arrays, labels, tariffs)


def _economy(arrays: dict[str, NDArray[Any]], labels: dict[str, Any], tariffs: str) -> Economy:
    """Join arrays and labels."""
    suffix = "" if tariffs == "collected" else "_statutory"
    countries, sectors = labels["countries"], labels["sectors"]
    tables = ("tariff", "inputs", "value_added", "final")
    for array in arrays.values():
        array.setflags(write=False)
    return Economy.from_arrays(
        countries,
        sectors,
        trade=arrays["trade"],
        **{name: arrays[name + suffix] for name in tables},
        **{name: labels[name] for name in LABELS},
        flows={name: _flow(name, about, arrays) for name, about in labels["flows"].items()},
        elasticities=_elasticities(countries, sectors, arrays, labels["elasticities"]),
        markets={"crude": crude_market(countries)},
        basis={name: arrays[f"{name}_basis"] for name in ("trade", *tables)},
        metadata={
            "title": "Threatpoint world 2023",
            "tariffs": tariffs,
            "sources": labels["sources"],
            "licences": labels["licences"],
            "fingerprint": labels["fingerprint"],
        },
    )


def _elasticities(
    countries: list[str],
    sectors: list[str],
    arrays: dict[str, NDArray[Any]],
    about: dict[str, str],
) -> dict[str, Elasticities]:
    """The shipped sets: those of all horizons, the ends of their ranges, and other cases.

    The cases are long as printed, with theta 1, and at the ends of the published range.
    """
    theta = {
        "long": arrays["theta"],
        "printed": arrays["theta_printed"],
        "low": np.where(np.array(sectors) == "OILGAS", arrays["theta"], 1.0),
        "published-low": arrays["theta_low"],
        "published-high": arrays["theta_high"],
    }
    stored = {
        name: Elasticities.of(
            countries, sectors, theta[name], arrays["phi"], horizon=name, source=source
        )
        for name, source in about.items()
    }
    first = {"long": stored.pop("long")}
    return first | horizon_sets(countries, sectors, arrays["theta"]) | stored


def _flow(name: str, about: dict[str, str], arrays: dict[str, NDArray[Any]]) -> Flow:
    values, known, basis = (arrays[f"flow_{name}{part}"] for part in ("", "_known", "_basis"))
    return Flow(name, about["sector"], values, known, basis, about["source"])
