"""The priors of the crude market and the published pairs of elasticities, as rows of tables."""

from __future__ import annotations

from typing import Any

from builders.crude_rows import FACTS
from threatpoint.world.parameters import ALL, parameter

COLUMNS = (
    "key", "horizon", "value", "low", "high", "law", "unit", "prior", "source", "page", "known",
    "note",
)  # fmt: skip
PAIR_COLUMNS = (
    "name", "horizons", "e_d", "e_s", "weight", "spread", "correlation", "source", "page", "known",
    "note",
)  # fmt: skip


def keys() -> list[list[Any]]:
    """One row a key and horizon."""
    return [line for given in FACTS["key"] for line in _lines(given)]


def _lines(given: dict[str, Any]) -> list[list[Any]]:
    if "registry" in given:
        return [_registered(given)]
    told = FACTS["sources"][given["source"]]
    prior = "yes" if told["text"].startswith("prior") or "prior" in given.get("note", "") else "no"
    return [
        [given["key"], horizon, *(f"{x:g}" for x in numbers), given["law"], given["unit"], prior,
         told["text"], told["page"], told["known"], given.get("note", "")]
        for horizon, numbers in given["numbers"].items()
    ]  # fmt: skip


def _registered(given: dict[str, Any]) -> list[Any]:
    name, scope = given["registry"]
    row = parameter(name, scope=scope)
    return [
        given["key"], ALL, *(f"{x:g}" for x in (row.value, row.low, row.high)), given["law"],
        row.unit, "yes" if row.prior else "no", row.source, row.page, given["known"],
        given.get("note", row.convention),
    ]  # fmt: skip


def pairs() -> list[list[Any]]:
    """One row a pair: who published both numbers, and at which horizons they are drawn."""
    about, found = FACTS["pairs"], []
    for name in FACTS["horizons"]["short"]:
        told, pair = FACTS["sources"][name], about[name]
        at = " ".join(horizon for horizon, names in FACTS["horizons"].items() if name in names)
        found.append(
            [name, at, pair["e_d"], pair["e_s"], about["weight"], about["spread"],
             about["correlation"], told["text"], told["page"], told["known"],
             f"weight and spread are priors; correlation: {about['correlation_source']}"]
        )  # fmt: skip
    return found
