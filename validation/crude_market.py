"""The shipped crude market after a policy, without the world around it: for one draw or many."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from threatpoint.equilibrium.door import wedges_of
from threatpoint.oil.cleared import Cleared, baseline
from threatpoint.oil.clearing import clear
from threatpoint.oil.crude import Crude
from threatpoint.oil.done import with_policy
from threatpoint.oil.inputs import market_of_day
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.outlets import Outlets
from threatpoint.oil.priors import Priors, priors_of
from threatpoint.oil.setting import require_setting
from threatpoint.policy.standing import on_day
from threatpoint.world import load_world
from threatpoint.world.economy import Economy

DAYS = {"2023": None, "2025-03": datetime.date(2025, 3, 31)}
"""Day of the base -> a date that stands on it."""

LOW, CENTRAL = "low_case", "caldara"
"""Pairs of elasticities: that of the first pass, and the central one of the first year."""


def world(day: str = "2023") -> Economy:
    """The shipped table on a day of the base."""
    return _world(day)


@cache
def _world(day: str) -> Economy:
    date = DAYS[day]
    return load_world() if date is None else on_day(load_world(), date)


def outlets(day: str = "2023") -> Outlets:
    """Base and economy of a day."""
    return require_setting(world(day)).outlets


def numbers(day: str = "2023", pair: str | None = LOW, horizon: str = "short") -> dict[str, Any]:
    """Central priors of a horizon with a pair of elasticities; None: the horizon's first."""
    return dict(priors(day, horizon).at(pair))


def priors(day: str = "2023", horizon: str = "short") -> Priors:
    """Priors of a horizon with the uncertain numbers of a day's base."""
    return priors_of(horizon, outlets(day).base)


def done(
    policy: Sequence[Any],
    values: Mapping[str, Any],
    *,
    day: str = "2023",
    opec: str = "hold",
    base: Crude | None = None,
) -> Crude:
    """The market with a policy, not yet cleared; of another base where one is given."""
    here = outlets(day)
    before = market_of_day(here, values, opec) if base is None else base
    return with_policy(before, here, wedges_of(world(day), list(policy)), values)


def cleared(policy: Sequence[Any], values: Mapping[str, Any], **how: Any) -> Cleared:
    """The same, cleared."""
    return clear(done(policy, values, **how))


def outcome(
    policy: Sequence[Any],
    *,
    day: str = "2023",
    pair: str | None = LOW,
    horizon: str = "short",
    opec: str = "hold",
    base: Crude | None = None,
    **changes: Any,
) -> OilOutcome:
    """Before and after a policy at central priors, some of them changed.

    Args:
        policy: instruments.
        day: of the base.
        pair: of elasticities; None: the horizon's first.
        horizon: whose priors.
        opec: what owners of idle capacity do.
        base: another market in place of the day's.
        **changes: key of the priors -> number.
    """
    values = numbers(day, pair, horizon) | changes
    here = outlets(day)
    before = market_of_day(here, values, opec) if base is None else base
    after = cleared(policy, values, day=day, opec=opec, base=before)
    return OilOutcome(baseline(before), after, here, horizon, opec)
