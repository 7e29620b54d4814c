"""Together: one set of wedges from what several instruments do, or what they contradict in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from threatpoint.errors import PolicyError, require_type
from threatpoint.policy import compose
from threatpoint.policy.contradictions import contradictions, without_price
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy

if TYPE_CHECKING:
    from threatpoint.policy.compose import Hits
    from threatpoint.policy.instruments.effect import Effect


class HasEffect(Protocol):
    """An instrument, as far as composing knows it."""

    def describe(self) -> str: ...

    def effect(self, economy: Economy) -> Effect: ...


def wedges_together(
    items: Sequence[HasEffect], economy: Economy, name: str = "", answers: int = 0
) -> Wedges:
    """The wedges of instruments applied at the same time; the last so many are answers."""
    require_type("economy", economy, Economy, PolicyError)
    hits: list[compose.Hit] = []
    problems: list[str] = []
    for position, item in enumerate(items):
        try:
            effect = item.effect(economy)
        except PolicyError as error:
            problems += str(error).split("\n")
        else:
            hits.append(compose.Hit(item.describe(), effect, position >= len(items) - answers))
    problems += contradictions(hits, economy)
    problems += without_price("tariffs", compose.tariffs_after(hits, economy), economy)
    problems += without_price("export taxes", compose.export_taxes(hits, economy), economy)
    if problems:
        head = f"policy {name!r}" if name else "the policy"
        raise PolicyError(f"{head} cannot be applied:\n  - " + "\n  - ".join(problems))
    return _composed(hits, economy)


def _composed(hits: Hits, economy: Economy) -> Wedges:
    """The wedges of instruments that agree with each other."""
    survival = compose.survival_after(hits, economy)
    evading, evasion_cost = compose.evasion(hits, economy)
    return Wedges(
        tariff=compose.tariffs_after(hits, economy),
        survival=survival,
        causes=tuple((hit.words, hit.effect.cells) for hit in hits),
        export_tax=compose.export_taxes(hits, economy),
        cost=compose.costs(hits, economy),
        iceberg=compose.icebergs(hits, economy),
        evading=evading,
        evasion_cost=evasion_cost,
        volume_limits=compose.volume_limits(hits, survival),
        acts=compose.acts(hits),
        kept=compose.kept_flows(hits, economy),
    )
