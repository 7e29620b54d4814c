"""Write a set of elasticities as a table that `world.own_table` reads back to the same set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.files import as_csv
from threatpoint.world.elasticities import SUBSTITUTION, WORDS, Elasticities
from threatpoint.world.own_entries import COLUMNS, LONGEST

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


def own_table(values: Elasticities, economy: Economy) -> str:
    """The set as CSV text with the columns `name,sector,country,value`, every digit kept."""
    said = ((name, "", "", getattr(values, name)[: LONGEST[name]]) for name in WORDS)
    nests = (line for name in SUBSTITUTION for line in _nest(name, values, economy))
    theta = zip(economy.sectors, map(float, values.theta), strict=True)
    thetas = (("theta", code, "", value) for code, value in theta)
    return as_csv((COLUMNS, *said, *nests, *thetas, *_shares(values, economy)))


def _nest(
    name: str, values: Elasticities, economy: Economy
) -> Iterator[tuple[str, str, str, float]]:
    """The value of most sectors, and those of the others."""
    yield name, "", "", values.common(name)
    for code, own in values.apart(name, economy.sectors).items():
        yield name, code, "", own


def _shares(values: Elasticities, economy: Economy) -> Iterator[tuple[str, str, str, float]]:
    """Phi by sector; by country too where the countries differ."""
    for j, sector in enumerate(economy.sectors):
        column = values.phi[:, j]
        if np.all(column == column[0]):
            yield "phi", sector, "", float(column[0])
            continue
        for country, share in zip(economy.countries, column, strict=True):
            yield "phi", sector, country, float(share)
