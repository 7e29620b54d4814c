"""The numbers of the crude market as inputs that are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from threatpoint.drawn_input import CHOSEN, NORMAL, Input, standard_normal
from threatpoint.laws import quantile
from threatpoint.oil.pairs import ELASTICITIES, PAIR, elasticities, index_of
from threatpoint.oil.priors import Priors, priors_of
from threatpoint.oil.setting import require_setting
from threatpoint.oil.tables import prior_words

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.world.economy import Economy

STEM = "crude_"
"""Begin of the keys of these inputs."""


def crude_inputs(economy: Economy, horizon: str) -> tuple[Input, ...]:
    """What is drawn of the crude market of an economy."""
    priors = _priors(economy, horizon)
    pairs = priors.pairs
    names = ", ".join(f"{k} {pair.name}" for k, pair in enumerate(pairs))
    sources = "; ".join(dict.fromkeys(pair.e_d.source for pair in pairs))
    around = "around its pair, in standard deviations of its log"
    return (
        *(
            Input(
                STEM + key.replace(" ", "_"),
                prior_words(key),
                f"{law}, {given.low:g} to {given.high:g}",
                given.source,
                partial(quantile, given, law),
                given.unit,
                priors.known[key],
            )
            for key, (given, law) in priors.numbers.items()
        ),
        Input(STEM + PAIR, f"pair of elasticities: {names}", "by weight", sources,
              partial(index_of, pairs), known=CHOSEN),
        *(Input(STEM + name, f"{name} {around}", NORMAL, sources, standard_normal,
                known=CHOSEN)
          for name in ELASTICITIES),
    )  # fmt: skip


def crude_numbers(economy: Economy, horizon: str, named: Mapping[str, Array]) -> dict[str, Array]:
    """Key of the priors -> (K,) from the values of the inputs."""
    priors = _priors(economy, horizon)
    found = {key: named[STEM + key.replace(" ", "_")] for key in priors.numbers}
    around = (named[STEM + name] for name in ELASTICITIES)
    return found | elasticities(priors.pairs, named[STEM + PAIR], *around)


def held_by_market(economy: Economy) -> str:
    """The sector whose price the market decides."""
    return require_setting(economy).outlets.market.sector


def _priors(economy: Economy, horizon: str) -> Priors:
    base = require_setting(economy).outlets.base
    return priors_of(horizon.partition("-")[0], base)
