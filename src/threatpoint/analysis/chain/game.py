"""The threat game in each draw: what each target loses, what the sender gains, who gives in.

A draw is one sender and one world. In it a target believes to be hit with the probability that this
sender has on record, in this world, after what was seen; it gives in where that reaches L / K. Over
the draws this is a probability: a rule of decision, not an estimate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.chain.inputs import DECIDES, WHICH, cost_key
from threatpoint.strategy.answers import break_even_beliefs
from threatpoint.strategy.history import Evidence
from threatpoint.strategy.opinions import COMMON_POINTS
from threatpoint.strategy.terms import Terms
from threatpoint.strategy.toughness import Draws, chances, over_hazard, weights
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Asking
    from threatpoint.analysis.chain.worlds import Worlds
    from threatpoint.array_types import Array, Mask
    from threatpoint.strategy.history import Step

Values = Mapping[str, "Array"]


@dataclass(frozen=True, eq=False)
class DrawnThreat(Shown):
    """A threat in each draw; (K,) a target each, USD bn a year.

    Attributes:
        asking: the threat.
        bite: K, what being hit costs a target, its stated answer included.
        cost: L, what giving in costs it; NaN where nobody says.
        gain: Gamma, what hitting it brings the sender.
    """

    asking: Asking
    bite: Mapping[str, Array]
    cost: Mapping[str, Array]
    gain: Mapping[str, Array]

    @cached_property
    def needed(self) -> dict[str, Array]:
        """Target -> belief from which it gives in; above 1 never, at or below 0 anyway."""
        return {p: break_even_beliefs(self.cost[p], self.bite[p]) for p in self.asking.parties}


def drawn_threat(asking: Asking, worlds: Worlds, values: Values, terms: Terms) -> DrawnThreat:
    """A threat on the worlds of the draws."""
    senders, bite, cost, gain = asking.question.senders, {}, {}, {}
    for party, members in asking.question.parties.items():
        hit = asking.hit(party)
        bite[party] = -worlds.usd_bn(hit, members) - terms.value("psi", party)
        cost[party] = _cost(asking, party, worlds, values) + terms.value("phi", party)
        gain[party] = worlds.usd_bn(hit, senders) + terms.value("kappa", party)
    return DrawnThreat(asking, bite, cost, gain)


def _cost(asking: Asking, party: str, worlds: Worlds, values: Values) -> Array:
    """What giving in costs a party: in trade, or as the file says; NaN where it does not."""
    members = asking.question.parties[party]
    if asking.question.rule.demand is None:
        return -worlds.usd_bn(asking.stop(party), members)
    return values.get(cost_key(asking, party), np.full(len(worlds.money), np.nan))


@dataclass(frozen=True, eq=False)
class DrawnGame(Shown):
    """All threats of a situation and the sender's type in each draw.

    Attributes:
        threats: name -> the threat; the one made first first.
        values: drawn inputs by key.
        history: what had come of the threats by the situation's date.
    """

    threats: Mapping[str, DrawnThreat]
    values: Values
    history: Sequence[Step] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Every target of any threat, those of the first threat first."""
        return tuple(dict.fromkeys(p for t in self.threats.values() for p in t.asking.parties))

    @cached_property
    def _types(self) -> Draws:
        """The drawn senders, (K, 1), with points of the common factor, (1, M)."""
        special: Any = import_module("scipy.special")
        at = (np.arange(COMMON_POINTS) + 0.5) / COMMON_POINTS
        share, s, years, rho = (
            self.values[f"type_{name}"][:, None] for name in ("share", "s", "years", "rho")
        )
        return Draws(special.logit(share), s, years, rho, special.ndtri(at)[None, :])

    @cached_property
    def _tough(self) -> dict[str, dict[str, Array]]:
        """Threat -> target -> (K, M) chance that the sender is tough on it."""
        gains: Any = {
            name: {party: gain[:, None] for party, gain in threat.gain.items()}
            for name, threat in self.threats.items()
        }
        return chances(gains, self._types)

    @cached_property
    def _seen(self) -> Evidence:
        return Evidence.of(self.history)

    @property
    def clocks(self) -> bool:
        """Whether some clock had passed, or a threat was carried out, by the date."""
        return bool(self._seen.passed or self._seen.struck)

    @cached_property
    def _acted(self) -> Any:
        return over_hazard(self.values["type_h"][:, None, None], np.ones(1), self._seen)

    @cached_property
    def seen_mass(self) -> Array:
        """(K, M) likelihood of what was seen."""
        size = (len(self.values["type_h"]), COMMON_POINTS)
        return np.broadcast_to(weights(self._tough, self._seen, self._acted), size)

    @cached_property
    def weight(self) -> Array:
        """(K,) likelihood of what was seen of the threats by the date."""
        return self.seen_mass.mean(axis=1)

    @property
    def open(self) -> tuple[str, ...]:
        """Threats that were not carried out yet."""
        return tuple(name for name in self.threats if name not in self._seen.struck)

    @cached_property
    def acting(self) -> dict[str, dict[str, Array]]:
        """Open threat -> target -> (K, M) chance of being hit at the next clock if it goes on."""
        return {
            name: {party: self._hit(name, party) for party in self.threats[name].asking.parties}
            for name in self.open
        }

    def _hit(self, name: str, party: str) -> Array:
        part = weights(self._tough, self._seen, self._acted, (name, party), 1)
        whole = self.seen_mass
        return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0.0)

    def belief(self, name: str, party: str) -> Array:
        """(K,) what a target believes of being hit at the next clock of a threat."""
        whole = self.seen_mass
        mass = (self.acting[name][party] * whole).sum(axis=1)
        return np.divide(mass, whole.sum(axis=1), out=np.zeros_like(mass), where=mass > 0.0)

    def decides(self, rule: Mask) -> Mask:
        """(K,) whether a target gives in: by the rule, or where the record decides the draw."""
        how = self.values.get(DECIDES)
        if how is None:
            return rule
        return np.where(how >= 1.0, how - 1.0 < self.values["type_conceded"], rule)

    @cached_property
    def gives_in(self) -> dict[str, dict[str, Mask]]:
        """Open threat -> target -> (K,) whether it gives in to it."""
        return {
            name: {
                party: self._decided(needed, self.belief(name, party))
                for party, needed in threat.needed.items()
            }
            for name, threat in self.threats.items()
            if name in self.open
        }

    def giving(self, name: str) -> dict[str, float]:
        """Target -> share of the draws in which it gives in to a threat, of those that can tell.

        NaN where nobody says what giving in costs.
        """
        found: dict[str, float] = {}
        for party, gives in self.gives_in[name].items():
            known = ~np.isnan(self.threats[name].needed[party])
            found[party] = float(gives[known].mean()) if known.any() else math.nan
        return found

    def _decided(self, least: Array, found: Array) -> Mask:
        """(K,) whether it gives in: what it finds is at least what it takes; not where unknown."""
        return self.decides((least <= 0.0) | (found >= least)) & ~np.isnan(least)

    @cached_property
    def chosen(self) -> dict[str, dict[str, Array]]:
        """Open threat -> target -> (K, M) chance that this one is carried out on it next.

        A sender that is tough on a target under several threats carries out the one that costs it
        least, or the hardest: a variant of the model, drawn by weight.
        """
        found: dict[str, dict[str, Array]] = {name: {} for name in self.open}
        for party in self.parties:
            names = [name for name in self.open if party in self.acting[name]]
            for name, chance in self._split(party, names).items():
                found[name][party] = chance
        return found

    def _split(self, party: str, names: list[str]) -> dict[str, Array]:
        """Threat to a target -> (K, M) chance that it is the one carried out."""
        if len(names) < 2:
            return {name: self.acting[name][party] for name in names}
        gains = np.array([self.threats[name].gain[party] for name in names])
        hardest = self.values[WHICH][:, None] > 0.5
        best = np.where(np.isnan(gains), -np.inf, gains).max(axis=0)
        harder: Array | float = 0.0
        found: dict[str, Array] = {}
        for name in sorted(names, key=lambda name: -self._bite(name, party)):
            chance = self.acting[name][party]
            least = np.where((self.threats[name].gain[party] >= best)[:, None], chance, 0.0)
            found[name] = np.where(hardest, np.maximum(chance - harder, 0.0), least)
            harder = np.maximum(harder, chance)
        return found

    def _bite(self, name: str, party: str) -> float:
        return float(np.nanmedian(self.threats[name].bite[party]))

    def feared(self, party: str) -> Array:
        """(K,) what a target expects to lose at the next clock if it goes on, USD bn a year."""
        whole, found = self.seen_mass.sum(axis=1), np.zeros(len(self.seen_mass))
        for name, chances_ in self.chosen.items():
            if party in chances_:
                mean = (chances_[party] * self.seen_mass).sum(axis=1) / np.where(
                    whole > 0, whole, 1
                )
                found = found + mean * np.nan_to_num(self.threats[name].bite[party])
        return found

    @cached_property
    def yields(self) -> dict[str, Mask]:
        """Target -> (K,) whether it gives in: what it fears is at least what giving in costs."""
        found: dict[str, Any] = {}
        for party in self.parties:
            costs = [
                t.cost[party] for n, t in self.threats.items() if party in t.cost and n in self.open
            ]
            cost = costs[0] if costs else np.full(len(self.seen_mass), np.nan)
            found[party] = self._decided(cost, self.feared(party))
        return found

    @cached_property
    def known(self) -> dict[str, Mask]:
        """Target -> (K,) whether it is known from which belief it gives in to some open threat."""
        found: dict[str, Any] = {}
        for name in self.open:
            for party, needed in self.threats[name].needed.items():
                found[party] = found.get(party, False) | ~np.isnan(needed)
        return found
