"""Parties: economies, of which several that act, or are hurt, together count as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.oil.setting import setting_of

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.scope import Selector


class Who(NamedTuple):
    """Economies that count as one.

    Attributes:
        label: their codes joined by "+", or the group's, as asked.
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
class Parties:
    """The world with some economies as one; P parties in the order of their first members.

    Attributes:
        found: the slopes.
        each: the parties; all economies once.
    """

    found: Slopes
    each: Sequence[Who]

    @classmethod
    def of(cls, found: Slopes, *named: Who | None) -> Parties:
        """Those named as one, every other economy by itself.

        Raises:
            PolicyError: an economy that is in two of them.
        """
        codes, groups = found.economy.countries, [who for who in named if who]
        home: dict[int, Who] = {}
        for who in groups:
            both = [codes[n] for n in who.at if n in home]
            if both:
                raise PolicyError(f"{both[0]} stands on both sides: it has no leverage over itself")
            home |= dict.fromkeys(who.at, who)
        each = (home.get(n, Who(code, (n,))) for n, code in enumerate(codes))
        return cls(found, list(dict.fromkeys(each)))

    def place(self, who: Who) -> int:
        """Position of one of them."""
        return list(self.each).index(who)

    @cached_property
    def many(self) -> Mask:
        """(P,) groups of many states, which decide nothing."""
        return np.array([who.label in self.found.economy.residuals for who in self.each])

    @cached_property
    def income(self) -> Array:
        """(P,) real income, money a year."""
        return self._member @ self.found.income

    @cached_property
    def trade(self) -> Array:
        """(P n, P i, S) trade that is listed, money a year; none inside a party."""
        trade = self._summed(self.found.solution.trade * self.found.sectors)
        home = np.arange(len(trade))
        trade[home, home] = 0.0
        return trade

    @cached_property
    def lost(self) -> Array:
        """(P k, P n, P i, S) as `Slopes.lost`."""
        lost = self.found.lost
        if len(self.each) == len(lost):
            return lost
        whole = np.tensordot(self._member, lost, axes=1)
        return np.stack([self._summed(one) for one in whole])

    def _summed(self, flows: Array) -> Array:
        """(P n, P i, S) of (N n, N i, S): over the members of both sides."""
        return np.einsum("pn,nij,qi->pqj", self._member, flows, self._member, optimize=True)

    @cached_property
    def _member(self) -> Array:
        """(P, N) 1 where an economy is of a party."""
        found = np.zeros((len(self.each), len(self.found.income)))
        for p, who in enumerate(self.each):
            found[p, list(who.at)] = 1.0
        return found

    def codes(self, p: int) -> tuple[str, ...]:
        """Of the members."""
        return tuple(self.found.economy.countries[n] for n in self.each[p].at)

    @cached_property
    def barrels(self) -> tuple[str, str] | None:
        """Seller and sector of the market of crude, through which its flows go where solved."""
        market = setting_of(self.found.economy)
        if market is None:
            return None
        at, economy = market.outlets, self.found.economy
        return economy.countries[at.seller], economy.sectors[at.sector]
