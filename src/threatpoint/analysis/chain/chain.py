"""Chain: what a situation's draws hold, room by room, and how they are solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.chain import worlds as found_worlds
from threatpoint.analysis.chain.acts import acts
from threatpoint.analysis.chain.asked import ChainAsked
from threatpoint.analysis.chain.game import DrawnGame, drawn_threat
from threatpoint.analysis.chain.inputs import TABLE, chain_inputs
from threatpoint.analysis.chain.rooms import Rooms, rooms_of
from threatpoint.analysis.ensemble.draws import require_draws
from threatpoint.situation.record import steps
from threatpoint.strategy.history import Step
from threatpoint.strategy.terms import Terms
from threatpoint.views import Tabled
from threatpoint.world.labelled import Labelled, dataset

if TYPE_CHECKING:
    import xarray as xr

    from threatpoint.analysis.chain.acts import Asking
    from threatpoint.analysis.chain.worlds import Worlds
    from threatpoint.array_types import Array, Mask
    from threatpoint.drawn_input import Input
    from threatpoint.front.paths import Paths
    from threatpoint.situation.model import Situation
    from threatpoint.support.programme import Programme
    from threatpoint.words import Closure, Horizon
    from threatpoint.world.economy import Economy

DRAWS, SEED = 256, 0
MONTHS = 12
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Chain(Tabled, view="threatpoint.analysis.views:CHAIN"):
    """A situation in draws.

    Example, after that of `solve_chain`:
        >>> chain.attacker, len(chain.threats)
        ('RUS', 2)

    Attributes:
        situation: what was asked.
        asked: acts, inputs, number of draws and seed.
        threats: the threats that ask for something, the one made first first.
        values: input key -> (K,).
        worlds: what every act does, in each draw.
        rooms: support, front and talks in each draw, as far as the situation has them.
        terms: political terms of the payoffs, at their central values.
    """

    situation: Situation
    asked: ChainAsked
    threats: Sequence[Asking]
    values: Mapping[str, Array]
    worlds: Worlds
    rooms: Rooms
    terms: Terms = field(default_factory=Terms)

    @property
    def draws(self) -> int:
        """K."""
        return self.asked.draws

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What is drawn."""
        return self.asked.inputs

    @cached_property
    def groups(self) -> dict[str, Array]:
        """Group of inputs -> (K, inputs) values; which table a draw has is a group too."""
        found: dict[str, list[Array]] = {}
        for item in self.inputs:
            if self.worlds.drawn or item.key not in self.asked.of_worlds:
                found.setdefault(item.group or item.key, []).append(self.values[item.key])
        groups: dict[str, Any] = {
            name: np.stack(columns, axis=1) for name, columns in found.items()
        }
        if self.worlds.drawn and self.asked.blocks > 1:
            groups[TABLE] = np.arange(self.draws) // self.asked.block
        return groups

    @cached_property
    def game(self) -> DrawnGame | None:
        """The threats in each draw; None where nobody is asked for anything.

        A threat without an equilibrium in any draw is left out.
        """
        if not self.threats:
            return None
        threats = {
            each.name: drawn_threat(each, self.worlds, self.values, self.terms)
            for each in self.threats
            if self.worlds.solved(self._asked_of(each)).any()
        }
        if not threats:
            return None
        return DrawnGame(threats, self.values, known_history(self.situation, threats))

    def _asked_of(self, threat: Asking) -> list[str]:
        """Keys of the acts that decide what comes of a threat."""
        keys = [each(p) for p in threat.parties for each in (threat.hit, threat.stop)]
        return [key for key in keys if key in self.worlds]

    @cached_property
    def whole(self) -> Mask:
        """(K,) whether a draw has every equilibrium that the game asks for; others are left out."""
        threats = () if self.game is None else self.game.threats.values()
        return self.worlds.solved(key for t in threats for key in self._asked_of(t.asking))

    @property
    def attacker(self) -> str:
        """Whose income the talks are about; "" without talks, or where the table has it not."""
        talks = self.situation.talks
        known = self.worlds.economy.countries
        return talks.attacker if talks is not None and talks.attacker in known else ""

    def loss(self, key: str) -> Array:
        """(K,) what an act costs the attacker, USD bn a month; 0 where there is none."""
        if not self.attacker:
            return np.zeros(self.draws)
        return -self.worlds.usd_bn(key, (self.attacker,)) / MONTHS

    @property
    def front(self) -> Paths | None:
        """Gains of the next months; None without talks, or where too little was known."""
        return self.rooms.front

    @property
    def support(self) -> Programme | None:
        """What had been announced; None without [support], or where nothing is on record."""
        return self.rooms.support

    def to_xarray(self) -> xr.Dataset:
        """Real income by draw, act and country, with weights and inputs, as an `xarray.Dataset`.

        Raises:
            MissingExtraError: xarray is not installed.
        """
        return _dataset(self)

    @cached_property
    def weight(self) -> Array:
        """(K,) likelihood of what was known on the date: clocks that passed, and the refusal.

        0 in draws without an equilibrium that the game asks for.
        """
        found = np.ones(self.draws)
        if self.game is not None:
            found = found * self.game.weight
        if self.rooms.attacker is not None:
            found = found * self.rooms.attacker.refuses
        return np.where(self.whole, found, 0.0)


def _dataset(chain: Chain) -> xr.Dataset:
    worlds, axes = chain.worlds, ("draw", "act", "country")
    table: dict[str, Labelled] = {
        "real_income": (axes, worlds.percent, {"unit": "% change"}),
        "real_income_money": (axes, worlds.money, {"unit": worlds.economy.unit}),
        "weight": (("draw",), chain.weight, {}),
        "inputs": (("draw", "key"), np.stack([*chain.values.values()], axis=1), {}),
    }
    attrs = {"horizon": chain.asked.horizon, "deficits": chain.asked.deficits}
    found = dataset(table, worlds.economy.countries, worlds.economy.sectors, attrs)
    labels = {"draw": np.arange(chain.draws), "act": list(worlds.acts), "key": list(chain.values)}
    return found.assign_coords(labels)


def known_history(situation: Situation, threats: Mapping[str, object]) -> tuple[Step, ...]:
    """What had come of the threats by the situation's date."""
    return tuple(
        Step(day, name, kind, hit)
        for day, name, kind, hit in steps(situation)
        if name in threats and day <= situation.date
    )


def ask_chain(
    situation: Situation,
    economy: Economy,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    horizon: Horizon = "short",
    deficits: Closure = "fixed",
) -> tuple[ChainAsked, tuple[Asking, ...], Rooms]:
    """What the draws of a situation are asked.

    Args:
        situation: threats, sanctions, talks, support.
        economy: the table on the situation's day.
        draws: a power of 2.
        seed: of the scramble.
        horizon: a set of the economy's elasticities.
        deficits: closure of most draws.

    Raises:
        ThreatpointError: draws that are no power of 2; an act that cannot be applied.
    """
    require_draws(draws)
    threats, done = acts(situation, economy, horizon)
    market = any(act.regime for act in done.values())
    rooms = rooms_of(situation)
    given = chain_inputs(economy, horizon, market, threats, deficits, rooms.inputs)
    asked = ChainAsked(economy, done, given, len(given), horizon, deficits, draws, seed)
    return asked, threats, rooms


def draw_inputs(
    situation: Situation, economy: Economy, draws: int = DRAWS, seed: int = SEED
) -> dict[str, Array]:
    """Input key -> (K,): the values that the chain of a situation has, without solving a world."""
    return values_of(ask_chain(situation, economy, draws=draws, seed=seed)[0])


def values_of(asked: ChainAsked) -> dict[str, Array]:
    """Input key -> (K,)."""
    return values_at(asked.inputs, asked.every)


def values_at(inputs: Sequence[Input], points: Array) -> dict[str, Array]:
    """Input key -> (K,) at (K, inputs) numbers in (0, 1)."""
    return {item.key: item.quantile(points[:, d]) for d, item in enumerate(inputs)}


@dataclass(frozen=True)
class Drawing:
    """How a chain is drawn.

    Example:
        >>> tp.Drawing(64, seed=1, quick=True).draws
        64

    Attributes:
        draws: a power of 2.
        seed: of the Latin hypercube.
        quick: draw nothing of trade: every draw has the worlds of the table itself.
        store: where solved draws are kept, a name that ends in .zarr; None: nowhere.
        workers: processes.
        progress: called with (draws done, all draws).
        anew: a store that holds something else gives way to these draws.
    """

    draws: int = DRAWS
    seed: int = SEED
    quick: bool = False
    store: Path | None = None
    workers: int = 1
    progress: Progress | None = None
    anew: bool = False


QUICK = Drawing(quick=True)
"""Rooms in draws, trade at the table itself."""


def solve_chain(
    situation: Situation,
    economy: Economy,
    drawing: Drawing = QUICK,
    *,
    horizon: Horizon = "short",
    deficits: Closure = "fixed",
    terms: Terms | None = None,
) -> Chain:
    """One set of draws through world, oil, game, support, front and talks.

    Args:
        situation: threats, sanctions, talks, support.
        economy: the table on the situation's day.
        drawing: how many draws, and where they are kept.
        horizon: set of elasticities.
        deficits: closure of most draws.
        terms: political terms of the payoffs.

    Raises:
        ThreatpointError: as `ask_chain`; a store that holds something else.

    Example:
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> chain = tp.solve_chain(situation, tp.load_world(), tp.Drawing(64, quick=True))
        >>> chain.draws, chain.worlds.drawn
        (64, False)
    """
    how: dict[str, Any] = {"draws": drawing.draws, "seed": drawing.seed}
    asked, threats, rooms = ask_chain(situation, economy, horizon=horizon, deficits=deficits, **how)
    values = values_of(asked)
    if drawing.quick or not asked.acts:
        worlds = found_worlds.from_centre(asked, drawing.draws)
    else:
        worlds = found_worlds.from_arrays(asked, solved(asked, drawing))
    return Chain(situation, asked, threats, values, worlds, rooms.on(values), terms or Terms())


def solved(asked: ChainAsked, drawing: Drawing) -> Mapping[str, Array]:
    """The variables of the store, kept on disk or not."""
    if drawing.store is None:
        return _in_memory(asked, drawing.workers, drawing.progress or (lambda _done, _all: None))
    from threatpoint.analysis.ensemble.door import fill
    from threatpoint.analysis.ensemble.store import arrays, give_way

    if drawing.anew:
        give_way(drawing.store, asked)
    fill(asked, drawing.store, drawing.workers, "", drawing.progress)
    data = arrays(drawing.store)
    return {v.name: np.asarray(data[v.name]) for v in asked.schema.variables}


def _in_memory(asked: ChainAsked, workers: int, progress: Progress) -> dict[str, Array]:
    """Every block solved, and put together in the order of the draws."""
    from threatpoint.analysis.ensemble.run import run

    found, done = {}, 0
    progress(0, asked.draws)
    for block, arrays in run(asked, range(asked.blocks), workers):
        found[block] = arrays
        done += len(arrays["uniform"])
        progress(done, asked.draws)
    return {name: np.concatenate([found[b][name] for b in sorted(found)]) for name in found[0]}
