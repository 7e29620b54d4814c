"""Small threat games with payoffs written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from threatpoint.strategy import Game, Payoff, Terms
from threatpoint.strategy.game import all_profiles


def game_of(
    k: int,
    sender: Callable[[str], float],
    target: Callable[[str, int], float],
    *,
    retaliation: bool = False,
    names: tuple[str, ...] = ("A", "B", "C", "D"),
    **terms: Any,
) -> Game:
    """A game of k targets from two functions of the profile."""
    payoffs = {
        p: Payoff(sender(p), tuple(target(p, i) for i in range(k)))
        for p in all_profiles(k, retaliation)
    }
    return Game(names[:k], payoffs, Terms(**terms), retaliation=retaliation)


def one_target(
    comply: tuple[float, float],
    spared: tuple[float, float],
    punished: tuple[float, float],
    **terms: Any,
) -> Game:
    """One target; (sender, target) payoffs of its three fates."""
    pay = {"C": comply, "D": spared, "P": punished}
    return Game(("A",), {p: Payoff(s, (t,)) for p, (s, t) in pay.items()}, Terms(**terms))


def random_game(seed: int, k: int, retaliation: bool = False, **terms: Any) -> Game:
    """A game with payoffs drawn at random (no ties)."""
    rng = np.random.default_rng(seed)
    draws = {p: rng.normal(size=k + 1) for p in all_profiles(k, retaliation)}
    names = tuple("ABCDEFGH"[:k])
    payoffs = {p: Payoff(float(d[0]), tuple(map(float, d[1:]))) for p, d in draws.items()}
    return Game(names, payoffs, Terms(**terms), retaliation=retaliation)


def rescaled(game: Game, scale: float) -> Game:
    """The game in another unit of money."""
    payoffs = {
        profile: Payoff(scale * pay.sender, tuple(scale * value for value in pay.targets))
        for profile, pay in game.payoffs.items()
    }
    return Game(game.targets, payoffs, game.terms, retaliation=game.retaliation)
