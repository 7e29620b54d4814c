"""Gambit's path along the principal branch, with an end."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from threatpoint.errors import ConvergenceError

MOST_STEPS = 1000
"""Paths that arrive take 50-200 steps; one that has passed its lambda can go on for ever."""

NEAR_EVEN = 1e-3
"""Below this lambda times payoff Gambit's first step can pass the lambda asked for, and play so
near to even is the limit of its own logit replies."""

REPLIES = 10
"""Each reply brings play near even closer by a factor of at least 100."""


def followed(game: Any, precision: float) -> Any:
    """Gambit's point of a game at one lambda, or where its path stops.

    Raises:
        ConvergenceError: the path does not stop, or Gambit fails.
    """
    steps = 0

    def count(_: object) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise ConvergenceError(f"no end after {MOST_STEPS} steps")

    qre: Any = import_module("pygambit").qre
    try:
        return qre.logit_solve_lambda(game, lam=[precision], event_callback=count)[0]
    except RuntimeError as error:  # Gambit wraps what the callback raises
        raise ConvergenceError(
            f"Gambit's path does not reach this lambda ({error}); try a smaller lambda"
        ) from error
