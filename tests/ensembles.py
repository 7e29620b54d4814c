"""A small ensemble, and a script that fills its store, so that it can be killed.

python -m tests.ensembles STORE WORKERS [SCHEDULER]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from tests.economies import random_world
from threatpoint.analysis.asked import situation_of
from threatpoint.analysis.ensemble import Asked, ask, draw_ensemble
from threatpoint.policy import CutOff, Policy
from threatpoint.world.elasticities import Elasticities


def asked(draws: int = 128, seed: int = 3, seller: str = "C01", **how: str) -> Asked:
    """A cut-off on a random economy of four countries and three sectors."""
    world = random_world(5, 4, 3, zeros=False, theta_range=(1.0, 5.0))
    codes = (world.economy.countries, world.economy.sectors)
    values = Elasticities.of(*codes, world.theta, world.phi, horizon="long")
    economy = replace(world.economy, elasticities={"long": values, "other": values})
    situation = situation_of(Policy([CutOff("C00", seller)]), economy)
    return ask(economy, situation, draws=draws, seed=seed, **{"horizon": "long", **how})


def contents(store: Path) -> dict[str, bytes]:
    """Every file of a store, byte for byte."""
    files = (path for path in store.rglob("*") if path.is_file())
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in files}


if __name__ == "__main__":
    place, workers, *scheduler = sys.argv[1:]
    draw_ensemble(
        asked(),
        place,
        workers=int(workers),
        scheduler=scheduler[0] if scheduler else "",
        progress=lambda done, _: print(done, flush=True),
    )
