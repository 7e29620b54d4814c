"""Total indices of the headlines: what part of the spread is left while all else is known.

Inputs of a group move together, so that groups are independent; which table is drawn is a group.
Two samples and, for each group, the first sample with that group from the second: Saltelli et al.
(2010), Computer Physics Communications 181, pp. 259-270, table 2, estimators (b) and (f), the
latter of Jansen (1999). What does not move a headline has indices of exactly 0. A group that moves no world needs no new equilibrium.
Indices are of the draws themselves: those of a headline that is conditioned on what was seen are of
its chance in each draw, not weighted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from threatpoint.analysis.chain.asked import SEEDS, ChainAsked
from threatpoint.analysis.chain.chain import Chain, Drawing, ask_chain, solved, values_at
from threatpoint.analysis.chain.headlines import About, headlines
from threatpoint.analysis.chain.inputs import TABLE
from threatpoint.analysis.chain.worlds import NAMES, from_arrays
from threatpoint.analysis.ensemble.draws import hypercube
from threatpoint.errors import ThreatpointError
from threatpoint.strategy.terms import Terms

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.situation.model import Situation
    from threatpoint.world.economy import Economy

SAME_TABLE = 4
"""Draws that share a drawn table: fewer than in a chain, as it is a group of its own here."""
SAMPLES = 1000
"""Of the bootstrap, which draws the draws of a table together."""
Columns = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class TotalsAsked(ChainAsked):
    """The samples whose worlds differ: two, and one a group of inputs of the world.

    Attributes:
        groups: columns of the inputs of each such group.
        size: draws of a sample.
    """

    groups: tuple[Columns, ...]
    size: int

    block: ClassVar[int] = SAME_TABLE

    @cached_property
    def pair(self) -> tuple[Array, Array]:
        """(size, inputs) each: the two samples."""
        both = hypercube(self.seed, 2 * self.dimensions, self.size)
        return both[:, : self.dimensions], both[:, self.dimensions :]

    @cached_property
    def every(self) -> Array:
        """(draws, inputs) all samples, the one that differs by its tables alone last."""
        first, second = self.pair
        mixed = [taken(first, second, columns) for columns in self.groups]
        last = [first] if self.drawn_tables else []
        return np.concatenate([first, second, *mixed, *last])

    @property
    def drawn_tables(self) -> bool:
        """Whether the errors of the table's cells are known."""
        return "trade" in self.economy.basis

    def table(self, block: int) -> Economy:
        """The second sample has tables of its own, and so has the last."""
        sample, within = divmod(block, self.size // self.block)
        others = (1, 2 + len(self.groups))
        return super().table(within + (SEEDS // 2 if sample in others else 0))

    @cached_property
    def identity(self) -> dict[str, object]:
        """With the size of a sample."""
        return super().identity | {"draws of a sample": self.size}


def taken(first: Array, second: Array, columns: Sequence[int]) -> Array:
    """The first sample with some columns from the second."""
    found = first.copy()
    found[:, list(columns)] = second[:, list(columns)]
    return found


@dataclass(frozen=True)
class Index:
    """What a group of inputs carries of a headline, parts of its variance.

    Attributes:
        headline: its key.
        group: of inputs.
        first: what it carries alone.
        total: what is left of the spread while all other groups are known.
        first_error, total_error: of sampling, by the bootstrap.
    """

    headline: str
    group: str
    first: float
    total: float
    first_error: float
    total_error: float


@dataclass(frozen=True, eq=False)
class Totals:
    """Indices of all headlines.

    Attributes:
        chain: all samples, one after the other.
        about: whom and what the headlines are about.
        size: draws of a sample.
        indices: by headline, the largest total first.
        lost: headline -> draws left out because some sample has no answer there.
        solves: equilibria asked for.
    """

    chain: Chain
    about: About
    size: int
    indices: tuple[Index, ...]
    lost: Mapping[str, int]
    solves: int


def solve_totals(
    situation: Situation,
    economy: Economy,
    drawing: Drawing,
    *,
    horizon: str = "short",
    deficits: str = "fixed",
    terms: Terms | None = None,
) -> Totals:
    """Total indices of the headlines of a situation.

    Args:
        situation, economy: as of `solve_chain`.
        drawing: `draws` of a sample; of a store of its own. With `quick` trade is not drawn, and
            inputs of the world are no groups.
        horizon, deficits, terms: as of `solve_chain`.

    Raises:
        ThreatpointError: fewer draws than two tables need; as `solve_chain`.
    """
    if drawing.draws < 2 * SAME_TABLE:
        raise ThreatpointError(
            f"--totals {drawing.draws}: fewer draws than {2 * SAME_TABLE} say nothing"
        )
    asked, threats, rooms = ask_chain(
        situation, economy, draws=drawing.draws, seed=drawing.seed, horizon=horizon,
        deficits=deficits,
    )  # fmt: skip
    groups = {
        name: columns
        for name, columns in grouped(asked).items()
        if not drawing.quick or not _of_world(asked, columns)
    }
    moving = {name: columns for name, columns in groups.items() if _of_world(asked, columns)}
    worlds = _asked(asked, tuple(moving.values()))
    points, at = _rows(worlds, groups, moving, drawing.quick)
    whole = replace(asked, draws=len(points))
    if drawing.quick or not asked.acts:
        from threatpoint.analysis.chain.worlds import from_centre

        found = from_centre(whole, len(points))
    else:
        arrays = solved(worlds, drawing)
        kept = (*NAMES, "status", "reason", "evaluations")
        found = from_arrays(whole, {name: np.asarray(arrays[name])[at] for name in kept})
    values = values_at(asked.inputs, points)
    chain = Chain(situation, whole, threats, values, found, rooms.on(values), terms or Terms())
    names = [*groups] + ([TABLE] if worlds.drawn_tables and not drawing.quick else [])
    solves = 0 if drawing.quick else worlds.draws * len(asked.acts)
    return _told(chain, names, drawing, solves)


def grouped(asked: ChainAsked) -> dict[str, Columns]:
    """Group of inputs -> its columns."""
    found: dict[str, list[int]] = {}
    for column, item in enumerate(asked.inputs):
        found.setdefault(item.group or item.key, []).append(column)
    return {name: tuple(columns) for name, columns in found.items()}


def _of_world(asked: ChainAsked, columns: Columns) -> bool:
    return any(asked.inputs[column].key in asked.of_worlds for column in columns)


def _asked(asked: ChainAsked, moving: tuple[Columns, ...]) -> TotalsAsked:
    """What has to be solved."""
    given = {each.name: getattr(asked, each.name) for each in fields(ChainAsked)}
    samples = 2 + len(moving) + ("trade" in asked.economy.basis)
    return TotalsAsked(
        **given | {"draws": samples * asked.draws}, groups=moving, size=asked.draws
    )  # fmt: skip


def _rows(
    worlds: TotalsAsked, groups: Mapping[str, Columns], moving: Mapping[str, Columns], quick: bool
) -> tuple[Array, Array]:
    """Numbers in (0, 1) of all samples, and in which row of what was solved each has its worlds."""
    first, second = worlds.pair
    own = np.arange(worlds.size)
    samples = [(first, own), (second, own + worlds.size)]
    for name, columns in groups.items():
        at = [*moving].index(name) + 2 if name in moving else 0
        samples.append((taken(first, second, columns), own + at * worlds.size))
    if worlds.drawn_tables and not quick:
        samples.append((first, own + (2 + len(moving)) * worlds.size))
    points, at = zip(*samples, strict=True)
    return np.concatenate(points), np.concatenate(at)


def _told(chain: Chain, names: Sequence[str], drawing: Drawing, solves: int) -> Totals:
    """The indices of each headline."""
    about, size = About.of(chain), drawing.draws
    indices: list[Index] = []
    lost: dict[str, int] = {}
    for headline in headlines(chain, about):
        samples = headline.values.reshape(-1, size)
        known = ~np.isnan(samples).any(axis=0)
        lost[headline.key] = int((~known).sum())
        found = list(_indices(headline.key, names, samples, known))
        indices += sorted(found, key=lambda index: -index.total)
    return Totals(chain, about, size, tuple(indices), lost, solves)


def _indices(key: str, names: Sequence[str], samples: Array, known: Array) -> Iterator[Index]:
    """One a group; none where nothing varies."""
    if known.sum() < 2 or np.ptp(samples[:, known]) == 0.0:
        return
    tables = [rows[known[rows]] for rows in np.arange(samples.shape[1]).reshape(-1, SAME_TABLE)]
    tables = [rows for rows in tables if len(rows)]
    first, total = estimates(samples[:, np.concatenate(tables)])
    rng = np.random.default_rng(0)
    drawn = [
        estimates(samples[:, np.concatenate([tables[n] for n in pick])])
        for pick in rng.integers(0, len(tables), (SAMPLES, len(tables)))
    ]
    errors = np.nanstd(drawn, axis=0)
    for n, name in enumerate(names):
        each = float(first[n]), float(total[n]), float(errors[0, n]), float(errors[1, n])
        yield Index(key, name, *each)


def estimates(samples: Array) -> tuple[Array, Array]:
    """First-order and total indices.

    Args:
        samples: (2 + G, N) of a number: the first sample, the second, then for each of G groups the
            first with that group from the second.

    Returns:
        (G,) each; NaN where nothing varies.
    """
    first, second, mixed = samples[0], samples[1], samples[2:]
    variance = np.var(samples[:2])
    if variance == 0.0:
        nothing = np.full(len(mixed), np.nan)
        return nothing, nothing
    alone = ((second - second.mean()) * (mixed - first)).mean(axis=1) / variance
    return alone, ((first - mixed) ** 2).mean(axis=1) / (2.0 * variance)
