"""Views of the talks: chances of a freeze."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.talks.answers import numbers
from threatpoint.talks.results import by_support, freezes
from threatpoint.views import About, Named, View, short

if TYPE_CHECKING:
    from threatpoint.talks.talks import TalksResult


def about(result: TalksResult) -> About:
    """Levers, changes of support and draws."""
    facts = {
        "levers": short(tuple(result.losses)),
        "support": ", ".join(f"{100 * change:+g} %" for change in result.supports),
        "draws": f"{result.draws}, worth {result.effective:.0f} after what was seen",
    }
    facts |= {f"freeze, {name}": short(chance.ranged().value) for name, chance in
              list(result.within_a_year.items())[:3]}  # fmt: skip
    return About(
        "Talks: chance of a freeze", facts, ".to_pandas(), .cells, .chance(lever, support)"
    )


def tables_of(result: TalksResult) -> Mapping[str, Named]:
    """Tables of the talks."""
    return {
        "freezes": Named("chance of a freeze by lever and support", lambda: freezes(result)),
        "by-support": Named("the same, a lever a row", lambda: by_support(result)),
        "numbers": Named("the numbers behind it", lambda: numbers(result)),
    }


TALKS = View(about, tables_of)
