"""Figures: losses and the game of a chain as numbers with ranges, by threat, economy and target.

Value: the median of the draws; range: 5 to 95 % of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.acts import HIT, OIL, key_of
from threatpoint.analysis.chain.inputs import COST_GROUP, TABLE, cost_key
from threatpoint.analysis.measures import BITE, COST, GAIN, NEEDED, STRUCK
from threatpoint.quantity import Ranged
from threatpoint.spread import Spread, carried_by
from threatpoint.strategy.game import COMPLY, PUNISHED, RETALIATES

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Asking
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.chain.game import DrawnThreat
    from threatpoint.array_types import Array

USD, PERCENT = "USD bn", "%"


@dataclass(frozen=True, eq=False)
class Figures:
    """What a chain that was drawn says of trade and of the game."""

    chain: Chain

    # -- a threat carried out on all its targets -----

    def carried(self, threat: str, answered: bool = False) -> str:
        """Key of a threat carried out on all, without or with its answer; "" if not drawn."""
        asked = HIT, threat, answered
        acts = self.chain.asked.acts.items()  # all hit comes before each alone
        return next((k for k, act in acts if (act.kind, act.name, act.answered) == asked), "")

    def percent(self, threat: str, codes: Sequence[str], answered: bool = False) -> Ranged | None:
        """Change in real income of some economies as one, %; None where it was not drawn."""
        key = self.carried(threat, answered)
        return ranged(self.chain.worlds.percent_of(key, codes), PERCENT) if key else None

    def money(self, threat: str, codes: Sequence[str], answered: bool = False) -> Ranged | None:
        """The same in the economy's money a year."""
        key, worlds = self.carried(threat, answered), self.chain.worlds
        if not key:
            return None
        places = [worlds.economy.country(code) for code in codes]
        return ranged(worlds.money[:, worlds.at(key), places].sum(axis=1), worlds.economy.unit)

    def driver(self, threat: str, codes: Sequence[str]) -> str:
        """The input that carries most of the spread of a change; "" with few draws."""
        key = self.carried(threat)
        return self.carries(self.chain.worlds.percent_of(key, codes)) if key else ""

    # -- a sanction on energy -----

    def price(self, sanction: str) -> Ranged | None:
        """Change of the world price of crude, %; None where no market was drawn."""
        return self._crude(sanction, self.chain.worlds.price, PERCENT)

    def receipts(self, sanction: str) -> Ranged | None:
        """Change of what the seller earns from crude, USD bn a month."""
        return self._crude(sanction, self.chain.worlds.receipts, USD)

    def _crude(self, sanction: str, found: Array, unit: str) -> Ranged | None:
        key, worlds = key_of(OIL, sanction), self.chain.worlds
        values = found[:, worlds.at(key)] if key in worlds else np.full(1, np.nan)
        return None if np.isnan(values).all() else ranged(values, unit)

    def under(self, sanction: str, code: str) -> float:
        """Change in real income of an economy, %: the median; NaN where it was not drawn."""
        key, worlds = key_of(OIL, sanction), self.chain.worlds
        return Spread(worlds.percent_of(key, (code,))).median if key in worlds else math.nan

    # -- a threat to one target, the others going on and spared; USD bn a year -----

    def asks(self, threat: str) -> bool:
        """Whether a threat asks somebody for something."""
        return self.chain.game is not None and threat in self.chain.game.threats

    def of_target(self, threat: str, party: str, measure: str) -> Ranged | None:
        """One of the measures; the belief needed is a share. None where the draws lack it."""
        found = self.drawn(threat, party, measure)
        return None if found is None else ranged(found, "" if measure == NEEDED else USD)

    def drawn(self, threat: str, party: str, measure: str) -> Array | None:
        """(K,) of it."""
        if not self.asks(threat) or party not in self._asking(threat).parties:
            return None
        if measure in (NEEDED, GAIN, BITE, COST):
            return getattr(self._threat(threat), measure)[party]
        members = self._asking(threat).question.parties[party]
        if measure == STRUCK:
            return self.chain.worlds.usd_bn(self._asking(threat).hit(party), members)
        return self._stops(self._asking(threat), party)

    # -- a threat to all of them; USD bn a year -----

    def sender(self, threat: str, letter: str = PUNISHED) -> Ranged | None:
        """Change of the senders' income if all are punished (P), hit back too (R), or give in (C).

        None where it was not drawn.
        """
        return self._on_all(threat, letter) if self.asks(threat) else None

    def sender_percent(self, threat: str, letter: str = PUNISHED) -> float:
        """The same of the senders as one, %: the median; NaN where it is no trade or not drawn."""
        if not self.asks(threat):
            return math.nan
        asking, worlds = self._asking(threat), self.chain.worlds
        key = self._key(asking, letter)
        return Spread(worlds.percent_of(key, asking.question.senders)).median if key else math.nan

    def _key(self, asking: Asking, letter: str) -> str:
        """Of the act on all targets; "" where there is none."""
        if letter == COMPLY:
            return asking.stop() if asking.question.rule.demand is None else ""
        return self.carried(asking.name, letter == RETALIATES)

    def others(
        self, threat: str, letter: str = PUNISHED, parties: Sequence[str] = ()
    ) -> Ranged | None:
        """The same of some or all targets, what giving in costs them beyond trade included."""
        if not self.asks(threat):
            return None
        return self._on_all(threat, letter, parties or self._asking(threat).parties)

    def _on_all(self, threat: str, letter: str, parties: Sequence[str] = ()) -> Ranged | None:
        asking = self._asking(threat)
        if letter == COMPLY and asking.question.rule.demand is not None:
            beyond = self._beyond_trade(asking, parties)
            return ranged(beyond, USD) if parties else Ranged.exactly(0.0, USD)
        key = self._key(asking, letter)
        members = [code for party in parties for code in asking.question.parties[party]]
        codes = members or asking.question.senders
        return ranged(self.chain.worlds.usd_bn(key, codes), USD) if key else None

    def _stops(self, asking: Asking, party: str) -> Array:
        """(K,) income of a party that gives in alone: in trade, or as the file says."""
        if asking.question.rule.demand is not None:
            return self._beyond_trade(asking, (party,))
        return self.chain.worlds.usd_bn(asking.stop(party), asking.question.parties[party])

    def _beyond_trade(self, asking: Asking, parties: Sequence[str]) -> Array:
        nobody = np.full(self.chain.draws, np.nan)
        costs = [self.chain.values.get(cost_key(asking, party), nobody) for party in parties]
        return -np.sum(costs, axis=0)

    def _threat(self, name: str) -> DrawnThreat:
        game = self.chain.game
        assert game is not None
        return game.threats[name]

    def _asking(self, name: str) -> Asking:
        return self._threat(name).asking

    # -- what carries it -----

    def carries(self, values: Array) -> str:
        """The group of inputs that carries most of the spread of a figure of trade or the game."""
        return next(iter(carried_by(self._groups, values)), "")

    @property
    def _groups(self) -> dict[str, Array]:
        """Groups of the inputs that a figure of trade can depend on."""
        asked = self.chain.asked
        moving = {item.group or item.key for item in asked.inputs if item.key in asked.of_worlds}
        moving |= {TABLE, COST_GROUP}
        return {name: x for name, x in self.chain.groups.items() if name in moving}


def ranged(values: Array, unit: str) -> Ranged:
    """Median and range of the draws."""
    return Spread(values, unit=unit).ranged()


def figures_of(chain: Chain | None) -> Figures | None:
    """None where trade was not drawn."""
    return Figures(chain) if chain is not None and chain.worlds.drawn else None
