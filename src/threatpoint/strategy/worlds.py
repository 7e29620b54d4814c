"""Worlds: one equilibrium for every profile of a threat, solved once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.batch import WIDTH
from threatpoint.errors import PolicyError, require_type
from threatpoint.oil.solve import oil_outcome, solve_many
from threatpoint.policy.goods import held
from threatpoint.policy.idle import require_retaliation
from threatpoint.policy.scope import member_codes
from threatpoint.processes import context
from threatpoint.strategy.game import DEFY, PUNISHED, words_of
from threatpoint.strategy.store import MEMORY, Store, World
from threatpoint.units import money

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution, Solutions
    from threatpoint.policy import Action, Policy, Wedges
    from threatpoint.strategy.question import Question
    from threatpoint.world.economy import Economy

MOST = 10_000
"""Worlds solved at most: 3^8 = 6561 without retaliation, 4^6 = 4096 with it."""

WORLDS_A_PROCESS = 100
"""Fewer worlds than this are not worth another process."""

Progress = Callable[[int, int], None]


def require_size(parties: tuple[str, ...], retaliation: bool) -> int:
    """Number of worlds, 3^k or 4^k.

    Raises:
        PolicyError: more than `MOST`.
    """
    base, k = (4 if retaliation else 3), len(parties)
    count = base**k
    if count > MOST:
        fits = int(np.log(MOST) / np.log(base))
        raise PolicyError(
            f"{k} targets ({', '.join(parties)}) make {base}^{k} = {count:,} worlds; the limit is "
            f"{MOST:,}, which is {fits} targets. Name fewer, or raise the thresholds"
        )
    return count


def require_solvable(question: Question) -> int:
    """Number of worlds of a question that can be solved.

    Raises:
        PolicyError: too many; no `when`; retaliation on trade that is cut off.
        WorldError: an unknown horizon.
    """
    rule = question.rule
    count = require_size(tuple(question.parties), bool(rule.retaliations))
    _ = question.mark
    if rule.retaliations:  # it must hit trade that the punishment leaves
        require_retaliation(rule, question.economy)
    return count


def solve_worlds(
    question: Question,
    *,
    store: Store | None = None,
    progress: Progress | None = None,
    workers: int = 1,
    only: Collection[str] | None = None,
) -> dict[str, World]:
    """Every profile's world, or those of some.

    Args:
        question: what is solved.
        only: the profiles wanted; all by default.
        store: where worlds are looked up and kept; the process's memory by default.
        progress: called with (done, total) after each world.
        workers: processes; more than one pays from some hundred worlds on. A script that asks for
            more than one must stand under `if __name__ == "__main__":`, as Python requires.

    Raises:
        PolicyError: no `when`, nobody hit, too many profiles. A profile without an equilibrium is
            no error: its world carries the reason.
        CacheError: all are solved but cannot be kept; asked again, the store has them.
    """
    if require_type("workers", workers, int, PolicyError) < 1:
        raise PolicyError(f"workers must be 1 or more, not {workers}")
    every = require_solvable(question) if only is None else len(only)
    store = MEMORY if store is None else store
    known = store.worlds(question.mark)
    profiles = list(only or words_of(question.letters, len(question.parties)))
    keys = {question.key(p): p for p in reversed(profiles)}
    wanted = [p for key, p in reversed(keys.items()) if key not in known]
    done = every - len(wanted)
    for profile, world in _run(question, wanted, workers):
        known[question.key(profile)] = world
        done += 1
        if progress is not None:
            progress(done, every)
    if wanted:
        store.save(question.mark)
    return {profile: known[question.key(profile)] for profile in profiles}


def seconds_a_world(question: Question, store: Store | None = None) -> float:
    """Time of one solve on this machine, measured on the profile where all are punished."""
    known = (MEMORY if store is None else store).worlds(question.mark)
    quiet, profile = (letter * len(question.parties) for letter in (DEFY, PUNISHED))
    known[question.key(quiet)] = solve_world(question, quiet)  # the first calibrates, once
    begin = time.perf_counter()
    known[question.key(profile)] = solve_world(question, profile)
    return time.perf_counter() - begin


def solve_world(question: Question, profile: str) -> World:
    """The world of one profile; without an equilibrium it has a reason and no numbers."""
    return _solved(question, (profile,))[0]


def _solved(question: Question, profiles: Sequence[str]) -> list[World]:
    """The worlds of some profiles, solved together."""
    return list(solve_asked({profile: (question, profile) for profile in profiles}).values())


def solve_asked(asked: Mapping[Any, tuple[Question, str]]) -> dict[Any, World]:
    """Label -> the world of a profile of a question, solved together.

    The questions may differ in their rules alone. One without an equilibrium has a reason and no
    numbers.
    """
    question = next(iter(asked.values()))[0]
    policies = {label: each.policy(profile) for label, (each, profile) in asked.items()}
    found = solve_all(question, policies)
    return {label: world_of(each, found[label]) for label, (each, _) in asked.items()}


def solve_all(
    question: Question, policies: Mapping[Any, Policy | Wedges], **more: Any
) -> Solutions:
    """Label -> the equilibrium of a policy in the economy of a question, solved together.

    One without an equilibrium is a member like others, and its status says why. `more` goes to
    `solve_many`.
    """
    how: dict[str, Any] = {"horizon": question.horizon, "deficits": question.deficits}
    return solve_many(question.economy, dict(policies), **how, **question.solver, **more)


def world_of(question: Question, found: Solution) -> World:
    """What is kept of a solution: incomes, the seller's revenue, and how it ended."""
    revenue = _seller_revenue(found, question.economy, question.rule.when)
    change, status = found.welfare.usd.copy(), found.status
    return World(change, revenue, status.message, status.code, status.residual)


def _seller_revenue(solution: Solution, economy: Economy, action: Action | None) -> float:
    """What the seller earns abroad in the sectors that hold the goods, the economy's money unit.

    0 where the rule is about no goods.

    Crude that trades in barrels counts as its market says; of any other finer flow the whole
    sector's exports are counted. Labels are the economy's: a baseline that was re-solved with trade
    balanced knows no finer flows.
    """
    if action is None:
        return 0.0
    barrels, sectors = _in_barrels(solution, economy, action)
    sellers = [economy.country(code) for code in member_codes(economy, action.sellers)]
    sold = solution.trade[:, sellers][:, :, sectors].sum(axis=(1, 2))
    return barrels + float(sold.sum() - sold[sellers].sum())


def _in_barrels(solution: Solution, economy: Economy, action: Action) -> tuple[float, list[int]]:
    """(what the market of crude pays a year, the sectors whose exports are counted besides)."""
    holds, market = held(economy, action.goods, action.title), oil_outcome(solution)
    sellers = member_codes(economy, action.sellers)
    if market is not None and sellers == (market.seller,):
        j = economy.sectors[market.outlets.sector]
        if holds.get(j) == (market.good,):
            barrels = money(12.0 * market.revenue[1], "USD bn", economy.unit)
            return barrels, [economy.sector(code) for code in holds if code != j]
    return 0.0, [economy.sector(code) for code in holds]


def in_usd_bn(value: float, economy: Economy) -> float:
    """Money of the economy in USD bn."""
    return money(value, economy.unit, "USD bn")


def _run(question: Question, profiles: list[str], workers: int) -> Any:
    """(profile, world) one by one, in one process or several."""
    workers = min(workers, os.cpu_count() or 1, max(1, len(profiles) // WORLDS_A_PROCESS))
    parts = [profiles[k : k + WIDTH] for k in range(0, len(profiles), WIDTH)]
    if workers <= 1:
        for part in parts:
            yield from zip(part, _solved(question, part), strict=True)
        return
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, context(), _begin, (question,))
    with pool:
        for part, worlds in zip(parts, pool.map(_part, parts), strict=True):
            yield from zip(part, worlds, strict=True)


_QUESTION: list[Question] = []


def _begin(question: Question) -> None:
    """Give a worker process the question once."""
    _QUESTION[:] = [question]


def _part(profiles: Sequence[str]) -> list[World]:
    return _solved(_QUESTION[0], profiles)
