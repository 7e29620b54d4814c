"""The market of many members, each with its policy, its horizon and its numbers, at once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.oil.cleared import baseline
from threatpoint.oil.clearing import clear
from threatpoint.oil.crude import Crude
from threatpoint.oil.done import with_policy
from threatpoint.oil.inputs import OPEC, market_of_day
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.priors import priors_of
from threatpoint.oil.rows import times

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.setting import Setting
    from threatpoint.oil.volumes import Volumes
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

Values = Mapping[str, Any]

USED = ("refusal", "swap", "middlemen")
"""Numbers that an act needs besides the market's."""


@dataclass(frozen=True, eq=False)
class Task:
    """The market of some members.

    Attributes:
        economy, setting: the table and its market.
        wedges: label -> what its policy does.
        horizons: label -> horizon whose priors it takes.
        numbers: label -> numbers in place of the priors', or None.
        opec: a key of `OPEC`.
    """

    economy: Economy
    setting: Setting
    wedges: Mapping[Hashable, Wedges]
    horizons: Mapping[Hashable, str]
    numbers: Mapping[Hashable, Values | None]
    opec: str

    @property
    def for_trade(self) -> dict[Hashable, Wedges]:
        """Label -> what the equilibrium of trade is left to do."""
        return {label: self.setting.for_trade(each) for label, each in self.wedges.items()}

    def given(self, incomes: Array | None = None) -> dict[Hashable, Volumes]:
        """Label -> what the market gives its economy, at these real incomes (N,) or (D, N)."""
        labels, outlets = list(self.wedges), self.setting.outlets
        plain, done = self._plain, self._done
        use = self._use(labels, incomes)
        after = clear(replace(done, income=times(use, outlets.use.T)), throw=False)
        left, dearer = self._rest
        volumes = self.setting.link.volumes(after, left, use, dearer)
        whole = OilOutcome(baseline(plain), after, outlets, "", self.opec)
        return {
            label: replace(
                each,
                words=OPEC[self.opec],
                market=replace(whole.of(d), horizon=self.horizons[label]),
                policy=self.wedges[label],
            )
            for d, (label, each) in enumerate(zip(labels, volumes, strict=True))
        }

    @cached_property
    def _rest(self) -> tuple[Array, Array]:
        """(D, N) what policies leave of the seller's other goods, and add to their price."""
        left = [self.setting.left(each) for each in self.wedges.values()]
        dearer = [self.setting.dearer(each) for each in self.wedges.values()]
        return np.array(left), np.array(dearer)

    @cached_property
    def _plain(self) -> Crude:
        """The markets of all members before anything is done."""
        keys = list(next(iter(self._values.values())))
        together = {k: np.array([one[k] for one in self._values.values()]) for k in keys}
        return market_of_day(self.setting.outlets, together, self.opec)

    @cached_property
    def _done(self) -> Crude:
        """The same with what is done; members of one policy go together.

        Raises:
            PolicyError: a stop of purchases that nobody makes.
        """
        for wedges in {id(each): each for each in self.wedges.values()}.values():
            self.setting.require_purchases(wedges)
        alike: dict[int, list[int]] = {}
        for d, label in enumerate(self.wedges):
            alike.setdefault(id(self.wedges[label]), []).append(d)
        found: dict[int, Crude] = {}
        labels = list(self.wedges)
        for rows in alike.values():
            at = np.array(rows)
            values = {key: np.array([self._values[labels[d]][key] for d in rows])
                      for key in USED}  # fmt: skip
            part = self._plain.pick(at)
            part = with_policy(part, self.setting.outlets, self.wedges[labels[rows[0]]], values)
            found |= {d: part.pick(np.array([k])) for k, d in enumerate(rows)}
        return Crude.joined([found[d] for d in range(len(labels))])

    @cached_property
    def _values(self) -> dict[Hashable, Values]:
        """The numbers of each member: central priors, and what is given in their place."""
        base = self.setting.outlets.base
        central = {name: priors_of(name, base).central for name in set(self.horizons.values())}
        return {
            label: central[self.horizons[label]] | dict(self.numbers[label] or {})
            for label in self.wedges
        }

    def _use(self, labels: Sequence[Hashable], incomes: Array | None) -> Array:
        """(D, N) what incomes make of each economy's use."""
        n = len(self.economy.countries)
        if incomes is None:
            return np.ones((len(labels), n))
        elasticity = np.array([float(self._values[label]["income"]) for label in labels])
        return np.broadcast_to(incomes, (len(labels), n)) ** elasticity[:, None]
