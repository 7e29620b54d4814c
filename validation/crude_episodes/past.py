"""The crude market of January 2022, from its file, as the solver takes it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from threatpoint.oil.crude import Crude
from threatpoint.oil.inputs import market_of_day
from validation.crude_market import outlets

FILE = Path(__file__).with_name("january_2022.toml")


def read() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def known() -> dict[str, str]:
    """What -> month from which it could be known."""
    given = read()
    facts = {k: v for k, v in given["market"].items() if isinstance(v, dict)}
    facts |= {each["name"]: each["bought"] for each in given["outlet"]}
    return {name: fact["known"] for name, fact in facts.items()}


def market(values: Mapping[str, Any]) -> Crude:
    """The market before, for draws of the priors."""
    given, plain = read(), market_of_day(outlets(), values, "hold")
    draws, each = plain.draws, given["outlet"]
    codes = list(dict.fromkeys(one["buyer"] for one in each))
    fact = {k: v["value"] for k, v in given["market"].items() if isinstance(v, dict)}

    def wide(row: list[float]) -> np.ndarray:
        return np.repeat(np.array(row, dtype=np.float64)[None], draws, axis=0)

    bought, runs = wide([one["bought"]["value"] for one in each]), {}
    for one in each:
        runs[one["buyer"]] = one["runs"]
    haul = np.stack([_drawn(one["haul"], "haul", values, draws) for one in each], axis=1)
    room = np.stack([_ceiling(one, given["ceilings"], values, draws) for one in each], axis=1)
    others = fact["world"] - fact["home"] - sum(runs.values())
    pumped = fact["world"] - fact["home"] - bought[0].sum()
    none, one_each = np.zeros_like(bought), np.ones_like(plain.price)
    return replace(
        plain,
        world_price=fact["benchmark"] * one_each,
        price=fact["price"] * one_each,
        net_before=fact["price"] * one_each,
        landed=none, charge=none, levy=none, tax=none, to_seller=none, kept=np.ones_like(bought),
        quota=np.full_like(bought, np.inf), bought=bought, haul=haul, ceiling=room,
        buyer=np.array([codes.index(one["buyer"]) for one in each], dtype=np.intp),
        runs=np.append(wide(list(runs.values())), np.full((draws, 1), others), axis=1),
        income=np.ones((draws, len(codes) + 1)),
        elsewhere=plain.elsewhere * pumped / plain.elsewhere.sum(axis=1, keepdims=True),
        ships=(haul * bought).sum(axis=1),
        home=fact["home"] * one_each,
        cap=np.inf * one_each,
        own_fleet=bought.sum(axis=1),
    )  # fmt: skip


def stopped(before: Crude) -> Crude:
    """The embargo and the voluntary stops."""
    kept = [1.0 - one["stops"] for one in read()["outlet"]]
    return replace(before, kept=before.kept * np.array(kept))


def _drawn(given: float | str, item: str, values: Mapping[str, Any], draws: int) -> np.ndarray:
    """A number, or what the priors draw for a buyer."""
    base = outlets().base
    if isinstance(given, str):
        own = float(getattr(base, item)[base.buyers.index(given)])
        given = values.get(f"{item} {given}", own)
    return np.broadcast_to(np.asarray(given, dtype=np.float64), (draws,))


def _ceiling(
    one: Mapping[str, Any], given: Mapping[str, Any], values: Mapping[str, Any], draws: int
) -> np.ndarray:
    """Largest share of its buyer's runs, of the part that this outlet has."""
    whole = given[one["buyer"]]
    whole = one["buyer"] if whole == "shipped" else whole
    return _drawn(whole, "ceiling", values, draws) * one["ceiling_share"]
