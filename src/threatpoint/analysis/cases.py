"""Cases: the assumptions a threat is solved under; as stated, then one changed at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.words import CLOSURES, elasticities
from threatpoint.world.horizons import cases_of

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class Case:
    """One set of assumptions.

    Attributes:
        key: short name, stable across runs; "" is as stated.
        title: what is so there, as a clause; "" as stated.
        note: its source, or the kind of assumption.
        economy: the baseline.
        elasticities: name of the set.
        deficits: the closure.
    """

    key: str
    title: str
    note: str
    economy: Economy
    elasticities: str
    deficits: str


def cases(
    economy: Economy, horizon: str, deficits: str, alternatives: Mapping[str, Economy]
) -> Iterator[Case]:
    """As stated, then other closures, the set's range ends or cases, and other baselines.

    Args:
        economy: as stated.
        horizon: its set of elasticities.
        deficits: the closure.
        alternatives: other baselines with the same labels, by their words.
    """
    yield Case("", "", "", economy, horizon, deficits)
    for closure, words in CLOSURES.items():
        if closure != deficits:
            about = (f"deficits-{closure}", words, "deficit closure")
            yield Case(*about, economy, horizon, closure)
    for name in cases_of(horizon, economy.elasticities):
        title = elasticities(name.removeprefix(f"{horizon}-"))
        note = economy.elasticities[name].source
        yield Case(f"elasticities-{name}", title, note, economy, name, deficits)
    for words, base in alternatives.items():
        about = (f"baseline-{words}", words, "another table, rebalanced")
        yield Case(*about, base, horizon, deficits)
