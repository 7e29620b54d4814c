"""The tree: what may come of a situation within a year, in at most five leaves that sum to 1.

In a draw the targets give in or not, the sender acts at its clock or not and then carries the
hardest threat out on whom it is tough on, and the attacker accepts a freeze or not, given what that
costs it and where the front went. The leaves are cut by a rule that stands here, not by what
happened: a freeze first, then who was hit by what, then who gave in, then nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.inputs import DECIDES
from threatpoint.errors import TalksError
from threatpoint.quantity import Ranged
from threatpoint.spread import Spread, carried_by, how_sure
from threatpoint.talks.freeze import Chance, freeze_over

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.chain.game import DrawnGame
    from threatpoint.analysis.chain.rooms import Rooms
    from threatpoint.array_types import Array, Mask

FREEZE, HIT, GIVES_IN, NOTHING = "freeze", "hit", "gives in", "nothing"
MONTHS = 12
TINY = 1e-12
KEPT = 4
"""Chains whose tree is kept."""
LEAST_DRAWS = 16
"""Draws that a variant must have for its mean to count."""


@dataclass(frozen=True, eq=False)
class Leaf:
    """One thing that may come.

    Attributes:
        kind: one of `FREEZE`, `HIT`, `GIVES_IN`, `NOTHING`.
        threat: that was carried out, of kind `HIT`; "" else.
        each: (K,) its probability in each draw.
        weights: (K,) of the draws.
        variants: variant of the model -> its probability there.
    """

    kind: str
    threat: str
    each: Array
    weights: Array
    variants: Mapping[str, float]

    @property
    def probability(self) -> float:
        """Over all draws, 0 to 1."""
        return Spread(self.each, self.weights).mean

    @property
    def ranged(self) -> Ranged:
        """In %, with its range over the variants of the model; the driver is the widest of them."""
        ends = [self.probability, *self.variants.values()]
        return Ranged(100 * ends[0], 100 * min(ends), 100 * max(ends), "%")


@dataclass(frozen=True, eq=False)
class Event:
    """Something that is in the first sentence, and how likely it is.

    Attributes:
        kind: as of a leaf.
        threat: of kind `HIT`.
        targets: about whom.
        each, weights: (K,).
    """

    kind: str
    threat: str
    targets: tuple[str, ...]
    each: Array
    weights: Array

    @property
    def probability(self) -> float:
        """Over all draws, 0 to 1."""
        return Spread(self.each, self.weights).mean

    @property
    def sure(self) -> str:
        """How sure it is that it comes, or that it does not."""
        return how_sure(max(self.probability, 1.0 - self.probability))


@dataclass(frozen=True, eq=False)
class Tree:
    """What may come of a chain within a year."""

    chain: Chain

    @property
    def weights(self) -> Array:
        """(K,) of the draws: what was seen by the date."""
        return self.chain.weight

    @property
    def effective(self) -> float:
        """Equally weighted draws that say as much."""
        return Spread(np.ones(self.chain.draws), self.weights).effective

    # -- the game -----

    @cached_property
    def _stops(self) -> dict[str, Mask]:
        """Target -> (K,) whether it gives in."""
        game = self.chain.game
        return {} if game is None else game.yields

    @cached_property
    def hit_by(self) -> dict[str, Array]:
        """Open threat -> (K,) chance that it is the hardest one carried out on anybody."""
        game = self.chain.game
        if game is None:
            return {}
        missed: Array = np.ones(self.chain.draws)
        found: dict[str, Array] = {}
        for name, none in self._spared(game):
            found[name] = missed - none
            missed = none
        return found

    def _spared(self, game: DrawnGame) -> Iterator[tuple[str, Array]]:
        """Threat -> (K,) chance that neither it nor a harder one is carried out on anybody.

        A sender that acts does so with one chance for all targets; given the common part of its
        resolve it is tough on each apart.
        """
        acts = self.chain.values["type_h"][:, None]
        mass = game.seen_mass / game.seen_mass.sum(axis=1)[:, None]
        hit: dict[str, Array] = {}
        for name in hardest_first(game):
            for party, chance in game.chosen[name].items():
                goes_on = ~self._stops[party][:, None]
                hit[party] = hit.get(party, 0.0) + chance / np.maximum(acts, TINY) * goes_on
            none = np.prod([1.0 - np.clip(each, 0.0, 1.0) for each in hit.values()], axis=0)
            yield name, 1.0 - acts[:, 0] * (1.0 - (none * mass).sum(axis=1))

    @cached_property
    def anybody_gives_in(self) -> Array:
        """(K,) 1 where some target gives in."""
        found = np.zeros(self.chain.draws, dtype=bool)
        for gives in self._stops.values():
            found = found | gives
        return found.astype(float)

    @cached_property
    def nobody_hit(self) -> Array:
        """(K,) chance that no threat is carried out on anybody."""
        return 1.0 - sum(self.hit_by.values(), np.zeros(self.chain.draws))

    # -- the talks -----

    @cached_property
    def loss(self) -> Array:
        """(K,) what the attacker loses a month by who gives in and who is hit, USD bn."""
        chain, found = self.chain, np.zeros(self.chain.draws)
        game = chain.game
        if game is None:
            return found
        for name, threat in game.threats.items():
            first = threat.asking.stops == name
            for party in threat.asking.parties:
                stop = threat.asking.stop(party)
                if first and stop in chain.worlds:
                    found = found + np.where(self._stops[party], chain.loss(stop), 0.0)
        return found

    @cached_property
    def freeze(self) -> Array:
        """(K,) chance of a freeze within a year; 0 without talks."""
        rooms = self.chain.rooms
        if rooms.attacker is None:
            return np.zeros(self.chain.draws)
        chance = within_year(rooms, self.loss).each  # none where the refusal is impossible
        return np.where(self.chain.whole, np.nan_to_num(chance), np.nan)

    # -- what it comes to -----

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """At most five, the likeliest first; their probabilities sum to 1."""
        found: list[tuple[str, str, Array]] = []
        goes_on = 1.0 - self.freeze
        if self.chain.rooms.attacker is not None:
            found.append((FREEZE, "", self.freeze))
        for name, each in self._shown_hits():
            found.append((HIT, name, goes_on * each))
        if self.chain.game is not None:
            quiet, gives = goes_on * self.nobody_hit, self.anybody_gives_in
            if any(known.any() for known in self.chain.game.known.values()):
                found.append((GIVES_IN, "", quiet * gives))
            found.append((NOTHING, "", quiet * (1.0 - gives)))
        elif found:
            found.append((NOTHING, "", goes_on))
        leaves = [self._leaf(*one) for one in found]
        return tuple(sorted(leaves, key=lambda leaf: -leaf.probability))

    def _shown_hits(self) -> Iterator[tuple[str, Array]]:
        """The two hardest threats; milder ones are told with the second."""
        items = list(self.hit_by.items())
        if len(items) > 2:
            rest = np.sum([each for _, each in items[1:]], axis=0)
            items = [items[0], (items[1][0], rest)]
        yield from items

    def _leaf(self, kind: str, threat: str, each: Array) -> Leaf:
        variants = {
            name: Spread(each[rows], self.weights[rows]).mean
            for name, rows in self.variants.items()
        }
        return Leaf(kind, threat, each, self.weights, variants)

    @property
    def named_variants(self) -> list[str]:
        """Words of the choices whose variants were told apart."""
        return list(dict.fromkeys(name.rpartition(" ")[0] for name in self.variants))

    @cached_property
    def variants(self) -> dict[str, Mask]:
        """Variant of the model -> (K,) the draws of it; those with too few are left out."""
        values = self.chain.values
        found: dict[str, Mask] = {}
        for key, words in VARIANTS.items():
            if key not in values:
                continue
            at = _variant(key, values[key])
            for level in np.unique(at):
                rows = at == level
                if (self.weights[rows] > 0).sum() >= LEAST_DRAWS:
                    found[f"{words} {level:g}"] = rows
        return found

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What the first sentence is about, in its order: each threat, giving in, a freeze."""
        game, found = self.chain.game, list[Event]()
        if game is not None:
            for name, each in self.hit_by.items():
                parties = game.threats[name].asking.parties
                found.append(Event(HIT, name, parties, each, self.weights))
            found += [
                Event(
                    GIVES_IN,
                    "",
                    (party,),
                    np.where(known, self._stops[party], np.nan),
                    self.weights,
                )
                for party, known in game.known.items()
            ]
        if self.chain.rooms.attacker is not None:
            found.append(Event(FREEZE, "", (), self.freeze, self.weights))
        return tuple(found)

    def carried(self, event: Event) -> dict[str, float]:
        """Group of inputs -> part of the variance of an event's chance that it alone carries."""
        return carried_by(self.chain.groups, event.each, self.weights)


@lru_cache(maxsize=KEPT)
def tree_of(chain: Chain) -> Tree:
    """The tree of a chain, made once."""
    return Tree(chain)


def within_year(rooms: Rooms, loss: Array | float, factor: Array | float = 1.0) -> Chance:
    """The chance of a freeze once a year has passed, over the paths of the front.

    In each draw of what the attacker wants and what a lever costs it, over the drifts of all draws:
    the range is then that of what is not known, not of what is still to come.

    Args:
        rooms: with an attacker.
        loss: (K,) USD bn a month.
        factor: (K,) drift after a change of support over that without it.

    Raises:
        TalksError: nobody's talks.
    """
    if rooms.attacker is None:
        raise TalksError("talks are not part of this situation")
    drifts = rooms.drifts * np.asarray(factor)
    return freeze_over(rooms.attacker, loss, drifts)


def _variant(key: str, values: Array) -> Array:
    """(K,) which variant of the model a draw is of."""
    if key == "front_model":
        return (values >= 0.5).astype(float)
    return np.minimum(values, 1.0) if key == DECIDES else values


VARIANTS = {
    DECIDES: "how a target decides",
    "type_which": "which threat is carried out",
    "closure": "closure",
    "theta_set": "published elasticities",
    "crude_pair": "pair of crude's elasticities",
    "front_model": "model of the front",
    "support_loan": "loan counted",
}
"""Input that picks a variant of the model -> its words."""


def hardest_first(game: DrawnGame) -> list[str]:
    """Open threats by what they cost all targets together, the median draw's largest first."""

    def size(name: str) -> float:
        bites = list(game.threats[name].bite.values())
        return float(np.nanmedian(np.nansum(bites, axis=0)))

    return sorted(game.open, key=size, reverse=True)
