"""Rows of pairs: what each economy, or several as one, is to another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.leverage.pairs import ratio
from threatpoint.analysis.leverage.parties import Who
from threatpoint.policy.scope import listed

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.array_types import Array
    from threatpoint.policy.scope import Selector

MILLION = 1e4
"""A percent of an income, in money for each million of it."""


def rows(
    found: Slopes, of: Selector | None = None, over: Selector | None = None
) -> list[dict[str, Any]]:
    """One row an ordered pair, the most dependent first; a group that is named is one.

    Args:
        found: the map.
        of: who has power; None: every economy that is no group of many states.
        over: over whom; likewise.

    Raises:
        PolicyError: unknown words.
    """
    sides = (_each(found, words, what) for words, what in ((of, "of"), (over, "over")))
    return sorted(_pairs(found, *sides), key=lambda row: -_known(row["loss_percent"]))


def _known(value: float) -> float:
    return value if math.isfinite(value) else -math.inf


def _each(found: Slopes, words: Selector | None, what: str) -> list[Who]:
    """Each word as one."""
    economy = found.economy
    single = [code for code in economy.countries if code not in economy.residuals]
    each = single if words is None else listed(words, what)
    return [who for word in each if (who := Who.of(found, word, what))]


def _pairs(found: Slopes, of: Sequence[Who], over: Sequence[Who]) -> Iterator[dict[str, Any]]:
    trade = found.solution.trade.sum(axis=2)
    for a in of:
        for b in over:
            if not set(a.at) & set(b.at):
                yield {"of": a.label, "over": b.label} | pair(found, trade, a, b)


def pair(found: Slopes, trade: Array, a: Who, b: Who) -> dict[str, float]:
    """What a is to b, first order, for 1 % of all trade between them and of a's productivity.

    Args:
        found: the map.
        trade: (N n, N i) money.
        a: who has power.
        b: over whom.
    """
    lost, own = (_share(found, who, other) for who, other in ((b, a), (a, b)))
    growth = found.growth[np.ix_(b.at, a.at)].sum() / _income(found, b)
    return {
        "trade": float(trade[np.ix_(a.at, b.at)].sum() + trade[np.ix_(b.at, a.at)].sum()),
        "power": float(ratio(np.array(lost), np.array(own))),
        "loss_percent": lost,
        "loss_per_million": MILLION * lost,
        "own_percent": own,
        "own_per_million": MILLION * own,
        "friend": float(growth),
    }


def _share(found: Slopes, who: Who, other: Who) -> float:
    """Percent of its real income that one loses for 1 % of all trade with another."""
    lost = found.lost[list(who.at)].sum(axis=(0, 3))
    both = lost[np.ix_(who.at, other.at)].sum() + lost[np.ix_(other.at, who.at)].sum()
    return float(both) / _income(found, who)


def _income(found: Slopes, who: Who) -> float:
    return float(found.income[list(who.at)].sum()) or math.nan
