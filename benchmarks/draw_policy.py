"""Random policies for the stress, put together as a user would: instruments on an economy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy import (
    CutOff,
    ExportBan,
    ExportTax,
    Instrument,
    Policy,
    Quota,
    StopBuying,
    Tariff,
    TradeCost,
    percent,
)
from threatpoint.policy.wedges import Wedges

if TYPE_CHECKING:
    from numpy.random import Generator

    from threatpoint.world.economy import Economy

Sides = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def policy(rng: Generator, e: Economy) -> tuple[Wedges, str, tuple[str, ...]]:
    """(wedges, words, kinds of instruments); instruments that contradict each other are redrawn."""
    wanted = int(rng.choice((1, 2, 3, 4), p=(0.5, 0.25, 0.15, 0.1)))
    items: tuple[Instrument, ...] = ()
    kinds: list[str] = []
    wedges = Wedges.none(e)
    for _ in range(20):
        if len(kinds) == wanted:
            break
        kind = str(rng.choice(sorted(KINDS)))
        try:
            more = KINDS[kind](rng, e, _sides(rng, e))
            wedges = Policy((*items, *more)).wedges(e)
        except PolicyError:
            continue
        items, kinds = (*items, *more), [*kinds, kind]
    words = Policy(items).describe() if items else "no instrument"
    return wedges, words, tuple(dict.fromkeys(kinds)) or ("none",)


def _sides(rng: Generator, e: Economy) -> Sides:
    """One or several countries on each side, and one, several or all sectors."""
    order = [e.countries[int(k)] for k in rng.permutation(len(e.countries))]
    first = int(rng.choice((1, 1, max(1, len(order) // 3), max(1, len(order) - 1))))
    second = int(rng.choice((1, 1, max(1, len(order) // 3), len(order))))
    ones, others = tuple(order[:first]), tuple(order[first:][:second]) or tuple(order[:1])
    if second == len(order):
        others = ("WORLD",)
    some = rng.random(len(e.sectors)) < rng.uniform(0.1, 1.0)
    sectors = tuple(code for code, take in zip(e.sectors, some, strict=True) if take)
    return ones, others, sectors or (str(rng.choice(e.sectors)),)


def _size(rng: Generator, negative: bool = True) -> float:
    """A rate, mostly ordinary, up to 1000 % plain and 10000 % as `percent`, or down to -95 %."""
    how = rng.random()
    if negative and how < 0.15:
        return -float(rng.uniform(0.01, 0.95))
    if how < 0.93:
        return float(np.exp(rng.uniform(np.log(1e-3), np.log(10.0))))
    return 10.0 if how < 0.96 else percent(float(rng.uniform(1000, 10000)))


def _enforcement(rng: Generator) -> float:
    """0, 1, between, or all but a trace."""
    return float(rng.choice((1.0, 1.0, 0.9, 0.0, 1 - 1e-6, rng.random(), rng.random())))


def _escape(rng: Generator) -> tuple[float, float]:
    """Enforcement, and what an escape costs."""
    level = _enforcement(rng)
    return level, 0.0 if level == 1 or rng.random() < 0.5 else _size(rng, negative=False)


def _cut_off(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    way: Any = str(rng.choice(("both", "imports", "exports")))
    return (CutOff(*at, way, *_escape(rng)),)


def _cut_off_all(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    """Everybody and everybody, with a leak."""
    leak = float(np.exp(rng.uniform(np.log(1e-4), np.log(0.5))))
    return (CutOff("WORLD", "WORLD", "all", "both", 1 - leak),)


def _export_ban(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    return (ExportBan(*at, *_escape(rng)),)


def _tariff(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    mode: Any = str(rng.choice(("set", "add")))
    level, cost = _escape(rng) if rng.random() < 0.4 else (1.0, 0.0)
    return (Tariff(*at, _size(rng), mode, level, cost),)


def _export_tax(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    return (ExportTax(*at, _size(rng)),)


def _trade_cost(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    return (TradeCost(*at, _size(rng, negative=False)),)


def _cancelling(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    """A subsidy that exactly offsets a cost."""
    rate = float(rng.choice((0.05, 0.1, 0.25, 0.5, 0.9)))
    return ExportTax(*at, -rate), TradeCost(*at, rate)


def _quota(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    volume = float(np.exp(rng.uniform(np.log(0.01), np.log(3.0))))
    payee: Any = str(rng.choice(("importer", "exporter")))
    return (Quota(*at, volume, payee),)


def _stop(rng: Generator, e: Economy, at: Sides) -> tuple[Instrument, ...]:
    goods = ("crude", "gas", "refined") if e.flows else at[2]
    good = str(rng.choice(goods))
    seller = "RUS" if e.flows and rng.random() < 0.7 else at[1]
    return (StopBuying(at[0], seller, good, _enforcement(rng)),)


KINDS: dict[str, Callable[[Generator, Economy, Sides], tuple[Instrument, ...]]] = {
    "cut-off": _cut_off,
    "cut-off of all by all": _cut_off_all,
    "export ban": _export_ban,
    "tariff": _tariff,
    "export tax or subsidy": _export_tax,
    "trade cost": _trade_cost,
    "cost offset by a subsidy": _cancelling,
    "quota": _quota,
    "a buyer stops": _stop,
}
