"""Rows of flows: who can cut each, whom that hurts how much, and at what cost to who cuts it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.analysis.leverage.pairs import ratio
from threatpoint.analysis.leverage.parties import Parties, Who
from threatpoint.errors import PolicyError, shown

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.scope import Selector

Row = dict[str, Any]


class Side(NamedTuple):
    """Flows as one of their sides can cut them; arrays are (P n, P i, S j), money for a log.

    Attributes:
        can: flows that it can cut and that hurt somebody who is asked about.
        own: what it loses.
        theirs: what the one that is asked about loses.
        imports: whether it is the importer.
    """

    can: Mask
    own: Array
    theirs: Array
    imports: bool


def rows(
    found: Slopes, of: Selector | None, over: Selector | None, cut: float, top: int | None
) -> list[Row]:
    """See `Leverage.flows`."""
    require_share(cut)
    if top is not None and not (isinstance(top, int) and top > 0):
        raise PolicyError(f"top: {shown(top)} is not a whole number from 1 on, or None for all")
    cutters, hurt = Who.of(found, of, "of"), Who.of(found, over, "over")
    listed = Asked(Parties.of(found, cutters, hurt), cutters, hurt).rows(cut, top)
    if not listed:
        names = (who.label if who else "everybody" for who in (cutters, hurt))
        what = "leverage of {} over {}".format(*names)
        raise PolicyError(f"{what}: the table has no trade that could be cut")
    return listed


def between(found: Slopes, of: Who, over: Who, cut: float) -> list[Row]:
    """All flows between the two; none where they do not trade."""
    return Asked(Parties.of(found, of, over), of, over, direct=True).rows(cut, None)


def require_share(cut: float) -> None:
    """Refuse a share that cannot be cut.

    Raises:
        PolicyError: not above 0 and at most 1.
    """
    if not (isinstance(cut, int | float) and 0 < cut <= 1):
        raise PolicyError(f"cut: {shown(cut)} is not a share above 0 and at most 1; 0.01 is 1 %")


@dataclass(frozen=True, eq=False)
class Asked:
    """Who is asked about.

    Attributes:
        parties: the world with each of the two as one.
        cutters: who cuts; None stands for each in turn.
        hurt: who is hurt; None stands for the other side of each flow.
        direct: only flows between the two.
    """

    parties: Parties
    cutters: Who | None
    hurt: Who | None
    direct: bool = False

    def rows(self, cut: float, top: int | None) -> list[Row]:
        """The flows asked about, most harm first."""
        sides = [self._side(True), self._side(False)]
        return [self._row(sides[at], n, i, j, cut) for at, n, i, j in _largest(sides, top)]

    def _side(self, imports: bool) -> Side:
        """All flows as their importers, or their exporters, can cut them."""
        lost, each = self.parties.lost, np.arange(len(self.parties.each))
        importer, exporter = lost[each, each], lost[each, :, each].transpose(1, 0, 2)
        own, other = (importer, exporter) if imports else (exporter, importer)
        theirs = lost[self.parties.place(self.hurt)] if self.hurt else other
        decides, felt = self._decides, self._felt
        pairs = decides[:, None] & felt if imports else felt[:, None] & decides
        can = (self.parties.trade > 0) & pairs[:, :, None]
        return Side(can, own, theirs, imports)

    @property
    def _decides(self) -> Mask:
        """(P,) who cuts: the one named, or all but groups of many states and who is to be hurt."""
        if self.cutters:
            return self._only(self.cutters)
        hurt = self._only(self.hurt) if self.hurt else False
        return ~(self.parties.many | hurt)

    @property
    def _felt(self) -> Mask:
        """(P,) who is on the other side: anybody where the one that is hurt is named."""
        if self.hurt:
            return self._only(self.hurt) if self.direct else np.ones_like(self.parties.many)
        return ~self.parties.many

    def _only(self, who: Who) -> Mask:
        return np.arange(len(self.parties.each)) == self.parties.place(who)

    def _row(self, side: Side, n: int, i: int, j: int, cut: float) -> Row:
        """One flow as one side can cut it."""
        p, (of, other) = self.parties, (n, i) if side.imports else (i, n)
        over = p.place(self.hurt) if self.hurt else other
        loss, own = (cut * float(x[n, i, j]) for x in (side.theirs, side.own))
        also, also_loss = self._besides({of, over}, n, i, j)
        members = {"of": of, "over": over, "importer": n, "exporter": i}
        return {
            **{key: p.each[at].label for key, at in members.items()},
            **{f"{key}_members": p.codes(at) for key, at in members.items()},
            "sector": p.found.economy.sectors[j],
            "trade": float(p.trade[n, i, j]),
            "loss": loss,
            "loss_percent": 100 * loss / self._income(over),
            "own_cost": own,
            "own_percent": 100 * own / self._income(of),
            "ratio": float(ratio(np.array(loss), np.array(own))) if loss > 0 else math.nan,
            "also": also,
            "also_loss": cut * also_loss,
            "barrels": self._in_barrels(i, p.found.economy.sectors[j]),
        }

    def _in_barrels(self, exporter: int, sector: str) -> bool:
        """Whether the flow goes through the market of crude where it is solved."""
        known = self.parties.barrels
        return bool(known and known[0] in self.parties.codes(exporter) and known[1] == sector)

    def _besides(self, named: set[int], n: int, i: int, j: int) -> tuple[str, float]:
        """Which other single economy loses most, and how much for a log; "" where none does."""
        lost = np.where(self.parties.many, -np.inf, self.parties.lost[:, n, i, j])
        lost[list(named)] = -np.inf
        most = int(np.argmax(lost))
        return (self.parties.each[most].label, float(lost[most])) if lost[most] > 0 else ("", 0.0)

    def _income(self, at: int) -> float:
        return float(self.parties.income[at]) or math.nan


def _largest(sides: list[Side], top: int | None) -> Iterator[tuple[int, int, int, int]]:
    """Side, importer, exporter and sector, most harm first; of equal ones in order."""
    harm = np.stack([np.where(side.can, side.theirs, -np.inf) for side in sides])
    order = np.argsort(-harm, axis=None, kind="stable")[: int(np.isfinite(harm).sum())]
    for flat in order[:top]:
        at, n, i, j = map(int, np.unravel_index(flat, harm.shape))
        yield at, n, i, j
