"""An attacker of the talks in a few draws, by hand."""

from __future__ import annotations

import numpy as np

from threatpoint.talks.attacker import Attacker


def attacker(draws: int = 64, seed: int = 1, **given: float) -> Attacker:
    """Draws around plain values; what is given is the same in all of them."""
    rng = np.random.default_rng(seed)
    found = {
        "ratio": rng.uniform(1.0, 4.0, draws),
        "doubt": rng.uniform(0.4, 1.0, draws),
        "cost": rng.uniform(5.0, 14.0, draws),
        "peace": rng.uniform(0.0, 4.0, draws),
        "elasticity": rng.uniform(0.25, 2.0, draws),
        "lifted": rng.uniform(0.3, 1.0, draws),
    }
    return Attacker(**{key: np.full(draws, given.get(key, v)) for key, v in found.items()})
