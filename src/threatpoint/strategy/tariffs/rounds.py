"""The search for Nash points: rounds of best replies, then Newton's steps, then the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import ConvergenceError
from threatpoint.strategy.tariffs.found import EXACT, second_order, set_rates
from threatpoint.strategy.tariffs.optimal import drawn
from threatpoint.strategy.tariffs.points import NashPoint, Tested
from threatpoint.strategy.tariffs.reply import HIGH, NONE, Reply
from threatpoint.strategy.tariffs.vanish import Still, vanish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from threatpoint.array_types import Array, Positions
    from threatpoint.strategy.tariffs.climb import Bounds
    from threatpoint.strategy.tariffs.worlds import Worlds

ROUNDS = 30
"""Rounds of replies at most."""
NEAR = 0.03
"""Replies that move less, in log(1 + rate), are near: Newton's steps do the rest."""
LEAST = 0.25
"""The least part of a step."""
MORE = 3
"""Starts more at most, from better replies to points that are none."""
APART = 1e-4
"""Points whose rates differ by more are two."""


def starts(bounds: Bounds, count: int, seed: int) -> dict[str, Array]:
    """Where the search begins: no added tariff, the highest, drawn rates."""
    more = {f"drawn rates {k + 1}": drawn(bounds, seed + k) for k in range(count)}
    return {NONE: np.zeros(len(bounds.low)), HIGH: bounds.high.copy(), **more}


@dataclass(eq=False)
class Rounds:
    """The game of some sides.

    Attributes:
        worlds: of all rates.
        bounds: of all rates.
        lost: why the last start led nowhere.
    """

    worlds: Worlds
    bounds: Bounds
    lost: str = field(default="")

    def search(
        self, starts: Mapping[str, Array]
    ) -> tuple[tuple[NashPoint, ...], dict[str, int | None]]:
        """The points that starts lead to, equilibria first, and which start led to which.

        A point of which some side has a better reply far away gives one start more: the replies.
        """
        todo, points, led = dict(starts), list[NashPoint](), dict[str, "int | None"]()
        while todo:
            name = next(iter(todo))
            led[name], new = self._led(todo.pop(name), points)
            if new is not None and not new.mutual and len(led) + len(todo) < len(starts) + MORE:
                todo[f"better replies, {len(led)}"] = new.answers
        order = sorted(range(len(points)), key=lambda k: not points[k].mutual)
        at = {k: place for place, k in enumerate(order)}
        places = {name: None if k is None else at[k] for name, k in led.items()}
        return tuple(points[k] for k in order), places

    def _led(self, start: Array, points: list[NashPoint]) -> tuple[int | None, NashPoint | None]:
        """The position of the point to which a start leads, and the point if it is new."""
        ends = [point.still for point in points]
        try:
            way, still = self._settled(start, ends)
            known = _near(ends, still.u, APART)
            if known is not None:
                return known, None
            points.append(self._point(way, still))
        except ConvergenceError as error:
            self.lost = str(error)
            return None, None
        return len(points) - 1, points[-1]

    def _settled(self, start: Array, ends: Sequence[Still]) -> tuple[list[Array], Still]:
        """The rounds from a start, and where Newton's steps lead; derivatives of a near end serve.

        Raises:
            ConvergenceError: nowhere.
        """
        way = list(self._rounds(start, ends))
        known = _near(ends, way[-1], 2 * NEAR)
        near = None if known is None else ends[known].second
        still = vanish(self._slopes, self._seconds, way[-1], self.bounds, near)
        if still.left > EXACT:
            raise ConvergenceError(f"rates still move by {still.left:.1e} after Newton's steps")
        return way, still

    @property
    def _every(self) -> Positions:
        return np.arange(len(self.worlds.free))

    def _slopes(self, u: Array) -> Array:
        """(K,) of each side's income to its own rates."""
        return self.worlds.slopes([u], self._every)[1][0]

    def _seconds(self, u: Array, slope: Array) -> Array:
        """(K, K) their derivatives to all rates."""
        return self.worlds.seconds(u, slope, self._every, self.bounds)

    def _rounds(self, held: Array, ends: Sequence[Still]) -> Iterator[Array]:
        """Rates round by round, all sides replying at once, until they are near some end.

        Half the step where they move more than before, twice it where they move less.
        """
        part, before = 1.0, np.inf
        yield held
        for k in range(ROUNDS):
            move = self._replies(held, first=k == 0) - held
            size = float(np.abs(move).max())
            part = max(part / 2, LEAST) if size > before else min(1.0, 2 * part)
            held, before = held + part * move, size
            yield held
            if size < NEAR or _near(ends, held, NEAR) is not None:
                return

    def _replies(self, held: Array, first: bool) -> Array:
        found = held.copy()
        for side in range(len(self.worlds.free.sides)):
            reply = self.reply(side, held)
            found[reply.own] = reply.rough(first)
        return found

    def reply(self, side: int, held: Array) -> Reply:
        """What a side can get where the others hold these."""
        return Reply(self.worlds, side, held, self.bounds)

    def _point(self, way: Sequence[Array], still: Still) -> NashPoint:
        free, points = self.worlds.free, [*way, *(u for u, _ in still.way)]
        worlds, answers = self.worlds.solved(points), still.u.copy()
        end = worlds[-1]
        sides = range(len(free.sides))
        path = tuple(
            (
                tuple(self.worlds.incomes_of(world)),
                tuple(free.mean(u, side) for side in sides),
                "replies" if k < len(way) else "Newton",
            )
            for k, (u, world) in enumerate(zip(points, worlds, strict=True))
        )
        return NashPoint(
            set_rates(free, still.u, still.slope, self.bounds),
            tuple(free.mean(still.u, side) for side in sides),
            tuple(self.worlds.incomes_of(end)),
            self.worlds.by_country(end),
            tuple(self._tested(side, still, answers) for side in sides),
            path,
            len(way) - 1,
            still,
            answers,
        )

    def _tested(self, side: int, still: Still, answers: Array) -> Tested:
        """The side's best reply, from several starts, beside what it has; kept in the answers."""
        reply = self.reply(side, still.u)
        own, free = reply.own, self.worlds.free
        found = answers[reply.own] = reply.best()
        has = self.worlds.incomes([still.u, reply.point(found)])[:, side]
        moved = np.abs(np.expm1(found) - np.expm1(still.u[own])).max()
        return Tested(
            free.sides[side], float(moved), float(has[1] - has[0]),
            free.in_usd_bn(free.imports[own].sum()), second_order(still, own, self.bounds),
        )  # fmt: skip


def _near(ends: Sequence[Still], u: Array, size: float) -> int | None:
    """The first end whose rates are this near."""
    found = (k for k, end in enumerate(ends) if np.abs(end.u - u).max() < size)
    return next(found, None)
