"""Whether a rule is about a market in barrels, which then decides in all of its worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.oil.setting import setting_of
from threatpoint.oil.solve import DEFAULT

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.world.economy import Economy


def regime_of(economy: Economy, rule: Rule) -> str:
    """What owners of idle capacity do in the worlds of a rule; "" where no market is in question.

    Its own, or the default where giving in to it moves that market: then every world of the rule
    has the market, those in which nobody gives in too, so that they differ by what is done alone.

    Raises:
        PolicyError: as `Rule.parties`.
    """
    market = setting_of(economy)
    if rule.regime or rule.when is None or market is None:
        return rule.regime
    complied = rule.profile_policy(economy, dict.fromkeys(rule.parties(economy), "comply"))
    return DEFAULT if market.touched(complied.wedges(economy)) else ""
