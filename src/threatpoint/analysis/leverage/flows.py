"""Rows of flows: who can cut each, whom that hurts how much, and at what cost to who cuts it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.analysis.leverage.pairs import ratio
from threatpoint.errors import PolicyError, shown

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.scope import Selector

Row = dict[str, Any]


class Side(NamedTuple):
    """Flows as one of their sides can cut them; arrays are (N n, N i, S j), money for a log.

    Attributes:
        can: flows that it can cut and that hurt somebody who is asked about.
        own: what it loses.
        theirs: what the one that is asked about loses.
        imports: whether it is the importer; where it is named, both.
    """

    can: Mask
    own: Array
    theirs: Array
    imports: bool = True


def rows(
    found: Slopes,
    of: Selector | None,
    over: Selector | None,
    cut: float,
    top: int | None,
) -> list[Row]:
    """See `Leverage.flows`."""
    require_share(cut)
    asked = Asked(found, Who.of(found, of, "of"), Who.of(found, over, "over"))
    rows = asked.rows(cut, top)
    if not rows:
        raise PolicyError(f"{asked.words}: the table has no trade that could be cut")
    return rows


def between(found: Slopes, of: Who, over: Who, cut: float) -> list[Row]:
    """All flows between the two; none where they do not trade."""
    return Asked(found, of, over, direct=True).rows(cut, None)


def require_share(cut: float) -> None:
    """Refuse a share that cannot be cut.

    Raises:
        PolicyError: not above 0 and at most 1.
    """
    if not (isinstance(cut, int | float) and 0 < cut <= 1):
        raise PolicyError(f"cut: {shown(cut)} is not a share above 0 and at most 1; 0.01 is 1 %")


def _largest(sides: list[Side], top: int | None) -> Iterator[tuple[int, int, int, int]]:
    """Side, importer, exporter and sector, most harm first; of equal ones in order."""
    harm = np.stack([np.where(side.can, side.theirs, -np.inf) for side in sides])
    order = np.argsort(-harm, axis=None, kind="stable")[: int(np.isfinite(harm).sum())]
    for flat in order[:top]:
        at, n, i, j = map(int, np.unravel_index(flat, harm.shape))
        yield at, n, i, j


class Who(NamedTuple):
    """Economies that count as one.

    Attributes:
        label: their codes, or the group's, as asked.
        at: their positions.
    """

    label: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, found: Slopes, words: Selector | None, what: str) -> Who | None:
        """Those behind some words; None for none.

        Raises:
            PolicyError: words of no country or group.
        """
        if words is None:
            return None
        labels, codes = found.codes(words, what)
        return cls.named(found, "+".join(labels), codes)

    @classmethod
    def named(cls, found: Slopes, label: str, codes: Iterable[str]) -> Who:
        """Those of some codes, under a label."""
        return cls(label, tuple(map(found.economy.country, codes)))


@dataclass(frozen=True, eq=False)
class Asked:
    """Who is asked about.

    Attributes:
        found: the map.
        cutters, hurt: None stands for each in turn.
        direct: only flows between the two.
    """

    found: Slopes
    cutters: Who | None
    hurt: Who | None
    direct: bool = False

    def __post_init__(self) -> None:
        """Nobody is over itself.

        Raises:
            PolicyError: somebody who would cut and be hurt.
        """
        if self.cutters and self.hurt:
            both = [n for n in self.cutters.at if n in self.hurt.at]
            names = self.found.economy.countries
            if both:
                raise PolicyError(
                    f"{names[both[0]]} stands on both sides: it has no leverage over itself"
                )

    @property
    def words(self) -> str:
        """Who over whom."""
        of, over = (who.label if who else "everybody" for who in (self.cutters, self.hurt))
        return f"leverage of {of} over {over}"

    def rows(self, cut: float, top: int | None) -> list[Row]:
        """The flows asked about, most harm first."""
        sides = self.sides()
        return [self.row(sides[at], n, i, j, cut) for at, n, i, j in _largest(sides, top)]

    def sides(self) -> list[Side]:
        """The side of who is named, or the importers' of all flows and the exporters'."""
        if self.cutters is None:
            return [self._each(True), self._each(False)]
        inside = self._mask(self.cutters)
        others = self._mask(self.hurt) if self.hurt and self.direct else self._asked
        outside = others & ~inside
        can = (inside[:, None] & outside) | (outside[:, None] & inside)
        importer, exporter = self._by_side
        other = np.where(inside[:, None, None], exporter, importer)
        there = self._there & can[:, :, None]
        return [Side(there, self._lost(self.cutters), self._theirs(other))]

    def _each(self, imports: bool) -> Side:
        """All flows as their importers, or their exporters, can cut them."""
        importer, exporter = self._by_side
        own, other = (importer, exporter) if imports else (exporter, importer)
        buys, sells = (self._single, self._asked) if imports else (self._asked, self._single)
        can = self._there & buys[:, None, None] & sells[None, :, None]
        return Side(can, own, self._theirs(other), imports)

    @cached_property
    def _single(self) -> Mask:
        """(N,) who decides: no group of many states, and not who is asked to be hurt."""
        hurt = self.hurt.at if self.hurt else ()
        return ~(self._residual | np.isin(np.arange(len(self._residual)), hurt))

    @cached_property
    def _asked(self) -> Mask:
        """(N,) who can be on the other side: anybody where the hurt one is named."""
        return np.ones_like(self._residual) if self.hurt else ~self._residual

    @cached_property
    def _residual(self) -> Mask:
        return np.isin(self.found.economy.countries, self.found.economy.residuals)

    @cached_property
    def _there(self) -> Mask:
        """(N n, N i, S) trade that is cut."""
        there = (self.found.solution.trade > 0) & self.found.sectors
        home = np.arange(len(there))
        there[home, home] = False
        return there

    @cached_property
    def _by_side(self) -> tuple[Array, Array]:
        """(N n, N i, S) what the importer and what the exporter of each flow loses."""
        lost = self.found.lost
        each = np.arange(len(lost))
        return lost[each, each], lost[each, :, each].transpose(1, 0, 2)

    def _theirs(self, other: Array) -> Array:
        return self._lost(self.hurt) if self.hurt else other

    def _lost(self, who: Who) -> Array:
        """(N n, N i, S) what they lose together."""
        return self.found.lost[list(who.at)].sum(axis=0)

    def _mask(self, who: Who) -> Mask:
        return np.isin(np.arange(len(self.found.lost)), who.at)

    def row(self, side: Side, n: int, i: int, j: int, cut: float) -> Row:
        """One flow as one side can cut it."""
        economy = self.found.economy
        of = self.cutters or self._one(n if side.imports else i)
        over = self.hurt or self._one(i if n in of.at else n)
        loss, own = (cut * float(x[n, i, j]) for x in (side.theirs, side.own))
        also, also_loss = self._besides({*of.at, *over.at}, n, i, j)
        return {
            "of": of.label,
            "over": over.label,
            "of_members": self._codes(of),
            "over_members": self._codes(over),
            "importer": economy.countries[n],
            "exporter": economy.countries[i],
            "sector": economy.sectors[j],
            "trade": float(self.found.solution.trade[n, i, j]),
            "loss": loss,
            "loss_percent": 100 * loss / self._income(over),
            "own_cost": own,
            "own_percent": 100 * own / self._income(of),
            "ratio": float(ratio(np.array(loss), np.array(own))) if loss > 0 else math.nan,
            "also": also,
            "also_loss": cut * also_loss,
        }

    def _codes(self, who: Who) -> tuple[str, ...]:
        return tuple(self.found.economy.countries[n] for n in who.at)

    def _one(self, at: int) -> Who:
        return Who(self.found.economy.countries[at], (at,))

    def _besides(self, named: set[int], n: int, i: int, j: int) -> tuple[str, float]:
        """Which other single economy loses most, and how much for a log; "" where none does."""
        lost = np.where(self._residual, -np.inf, self.found.lost[:, n, i, j])
        lost[list(named)] = -np.inf
        most = int(np.argmax(lost))
        some = lost[most] > 0
        return (self.found.economy.countries[most], float(lost[most])) if some else ("", 0.0)

    def _income(self, who: Who) -> float:
        return float(self.found.income[list(who.at)].sum()) or math.nan
