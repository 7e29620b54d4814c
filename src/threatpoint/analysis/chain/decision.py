"""The decision table: what each side can do, and what every room says of it, in the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.chain.acts import OIL, key_of
from threatpoint.analysis.chain.tree import KEPT, MONTHS, hardest_first, within_year
from threatpoint.front.paths import with_support
from threatpoint.spread import Spread, carried_by

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Asking
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.array_types import Array
    from threatpoint.talks.freeze import Chance

NOTHING, HIT, STOP, SANCTION, SUPPORT, BOTH = "nothing", "hit", "stop", "oil", "support", "both"
"""Kinds of options."""
MORE_AID = 0.2
"""Change of support of the option that gives more, as a share of all."""
COVERS: Mapping[str, float | None] = {
    "as announced": None, "all": 1.0, "half": 0.5, "none": 0.0
}  # fmt: skip
"""What the others cover if the leaver ends its support -> the share; None: what they announced."""


@dataclass(frozen=True, eq=False)
class Option:
    """A row of the table.

    Attributes:
        key: short and stable.
        kind: one of the kinds above.
        name: of the threat, of the sanction, or what the others cover.
        targets: who is hit or stops.
        sender: (K,) change of the sender's income, USD bn a year; None where trade is not touched.
        others: (K,) the same of the targets.
        loss: (K,) what the attacker loses a month, USD bn; None without talks.
        ground: (K,) km2 in twelve months; None without a front.
        pays: (K,) what the others pay for support, EUR bn a year; None where it stays as it is.
        gives_in: target -> share of the draws in which it gives in to this threat.
        freeze: chance of one within a year; None without talks.
        prior: whether a cell rests on priors alone: the change of support.
        of: the lever of a combination.
    """

    key: str
    kind: str
    name: str = ""
    targets: tuple[str, ...] = ()
    sender: Array | None = None
    others: Array | None = None
    loss: Array | None = None
    ground: Array | None = None
    pays: Array | None = None
    gives_in: Mapping[str, float] = field(default_factory=dict[str, float])
    freeze: Chance | None = None
    prior: bool = False
    of: Option | None = None


@dataclass(frozen=True, eq=False)
class Decision:
    """All options of a chain; `decision_of` keeps that of the last ones."""

    chain: Chain

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """From nothing to combinations."""
        found = [Option("nothing", NOTHING, **self._about(None, 0.0)), *self._threats()]
        found += self._sanctions()
        found += self._supports()
        return (*found, *self._both(found))

    # -- rows -----

    def _threats(self) -> Iterator[Option]:
        """Each threat on all, and on the one target that it is likeliest carried out on."""
        game = self.chain.game
        if game is None:
            return
        order = hardest_first(game)
        for name in reversed(order):
            asking = game.threats[name].asking
            gives = game.giving(name)
            if len(asking.parties) > 1:
                beliefs = {p: Spread(game.belief(name, p)).mean for p in asking.parties}
                best = max(beliefs, key=lambda party: beliefs[party])
                yield self._hit(asking, asking.hit(best), (best,), {best: gives[best]})
            key = asking.all_hit if not asking.answered else f"{asking.all_hit} answered"
            yield self._hit(asking, key, asking.parties, gives)
        for stops in dict.fromkeys(game.threats[name].asking.stops for name in order):
            asking = game.threats[stops].asking
            if asking.stop() in self.chain.worlds:
                yield self._act(asking.stop(), STOP, stops, asking.parties, asking)

    def _hit(
        self, asking: Asking, key: str, targets: tuple[str, ...], gives: Mapping[str, float]
    ) -> Option:
        return self._act(key, HIT, asking.name, targets, asking, gives)

    def _act(
        self, key: str, kind: str, name: str, targets: tuple[str, ...], asking: Asking,
        gives: Mapping[str, float] | None = None,
    ) -> Option:  # fmt: skip
        worlds, parties = self.chain.worlds, asking.question.parties
        others = [worlds.usd_bn(key, parties[party]) for party in targets]
        return Option(
            key, kind, name, targets,
            sender=worlds.usd_bn(key, asking.question.senders),
            others=np.sum(others, axis=0),
            gives_in=gives or {},
            **self._about(key, 0.0),
        )  # fmt: skip

    def _sanctions(self) -> Iterator[Option]:
        """Sanctions on energy itself."""
        senders = self._senders
        for name in self.chain.situation.oil:
            key = key_of(OIL, name)
            own = self.chain.worlds.usd_bn(key, senders) if senders else None
            yield Option(key, SANCTION, name, sender=own, **self._about(key, 0.0))

    @property
    def _senders(self) -> tuple[str, ...]:
        return self.chain.threats[0].question.senders if self.chain.threats else ()

    def _supports(self) -> Iterator[Option]:
        """The leaver's support ends and the others cover some of it; or there is more of it."""
        rooms = self.chain.rooms
        if rooms.support is None or rooms.attacker is None:
            return
        for name, covers in COVERS.items():
            change = rooms.support_change(covers)
            about = self._about(None, change) | {"pays": rooms.support_pays(covers), "prior": True}
            yield Option(f"support {name}", SUPPORT, name, **about)
        about = self._about(None, MORE_AID) | {"pays": rooms.more_pays(MORE_AID), "prior": True}
        yield Option("support more", SUPPORT, "more", **about)

    def _both(self, found: list[Option]) -> Iterator[Option]:
        """The lever that costs the attacker most, with more support."""
        levers = [o for o in found if o.loss is not None and o.kind in (SANCTION, STOP, HIT)]
        more = next((o for o in found if o.key == "support more"), None)
        if not levers or more is None:
            return
        best = max(levers, key=lambda o: float(np.nanmedian(o.loss if o.loss is not None else 0)))
        about = self._about(best.key, MORE_AID) | {"pays": more.pays, "prior": True}
        yield Option(
            "both", BOTH, best.name, best.targets, best.sender, best.others, of=best, **about
        )

    # -- what every room says -----

    def _about(self, key: str | None, change: Array | float) -> dict[str, Any]:
        """Loss, ground and chance of a freeze of an act with a change of support."""
        return {
            "loss": self._loss(key),
            "ground": self._ground(change),
            "freeze": self._freeze(key, change),
        }

    def _loss(self, key: str | None) -> Array | None:
        if not self.chain.attacker:
            return None
        return np.zeros(self.chain.draws) if key is None else self.chain.loss(key)

    def _ground(self, change: Array | float) -> Array | None:
        rooms = self.chain.rooms
        if rooms.front is None:
            return None
        factor = self._monthly(rooms.drift_factor(change), rooms.front.gains.shape[1])
        return with_support(rooms.front, factor).ground(MONTHS)

    def _monthly(self, factor: Array, months: int) -> Array:
        """(K, months) or (K, 1); beyond the year the last month goes on."""
        if factor.ndim < 2:
            return factor[:, None]
        last = np.repeat(factor[:, -1:], months - factor.shape[1], axis=1)
        return np.concatenate([factor, last], axis=1)

    def _freeze(self, key: str | None, change: Array | float) -> Chance | None:
        """Within a year: where the front went, and what the change of support does to it."""
        rooms, loss = self.chain.rooms, self._loss(key)
        if rooms.attacker is None:
            return None
        factor = rooms.drift_factor(change)
        mean = factor.mean(axis=1) if factor.ndim > 1 else factor
        return within_year(rooms, 0.0 if loss is None else loss, mean)

    def driver(self, option: Option) -> str:
        """Group of inputs that carries most of the option's most uncertain outcome; "" if none.

        Of the chance of a freeze where there is one, else of the sender's income.
        """
        if option.freeze is not None:
            parts = carried_by(self.chain.groups, option.freeze.each, option.freeze.refuses)
        elif option.sender is not None:
            parts = carried_by(self.chain.groups, option.sender)
        else:
            return ""
        return next(iter(parts), "")


@lru_cache(maxsize=KEPT)
def decision_of(chain: Chain) -> Decision:
    """The decision table of a chain, made once: page, rows and talks all read it."""
    return Decision(chain)
