"""What `solve` is asked, checked once: policy, closure, tolerance, given sector, start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from threatpoint.equilibrium.given import Given, require_fitting
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.solution import Solution
from threatpoint.errors import PolicyError, WorldError, require_label, require_type
from threatpoint.policy.numbers import number
from threatpoint.policy.policy import Policy
from threatpoint.policy.wedges import Wedges
from threatpoint.words import CLOSURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy import Instrument
    from threatpoint.world.economy import Economy

TOLERANCES = (1e-13, 1e-6)
"""Tolerances that a caller may ask for."""


@runtime_checkable
class HasWedges(Protocol):
    """Anything that turns into trade-cost wedges on an economy, such as a policy."""

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges on this economy."""
        ...


@runtime_checkable
class HasGiven(Protocol):
    """Anything that turns into a given sector on a calibration, such as a market that cleared."""

    @property
    def sector(self) -> int:
        """Position of the sector."""
        ...

    def given(self, base: Calibration, wedges: Wedges) -> Given:
        """The sector's prices and flows; raises `EquilibriumError` where the market has none."""
        ...


def wedges_of(economy: Economy, policy: HasWedges | Wedges | Sequence[Instrument] | None) -> Wedges:
    if policy is None:
        return Wedges.none(economy)
    if isinstance(policy, list | tuple):
        policy = Policy(tuple(policy))
    if not isinstance(policy, Wedges | HasWedges):
        raise PolicyError(
            f"{type(policy).__name__} is not a policy: use Policy([CutOff(...), Tariff(...)]), a "
            "Rule, or Wedges"
        )
    wedges = policy if isinstance(policy, Wedges) else policy.wedges(economy)
    shape = economy.trade.shape
    if wedges.tariff.shape != shape or wedges.survival.shape != shape:
        raise WorldError(
            f"wedges have shape {wedges.tariff.shape}, the economy's trade has {shape}"
        )
    return wedges


def problem_of(
    calibration: Calibration,
    wedges: Wedges,
    deficits: str,
    tolerance: float,
    given: Given | HasGiven | None,
    economy: Economy | None,
) -> Problem:
    """What was asked, checked."""
    require_label("deficit closure", deficits, CLOSURES, PolicyError)
    number("tolerance", tolerance, "1e-10")
    if not TOLERANCES[0] <= tolerance <= TOLERANCES[1]:
        raise PolicyError(
            f"tolerance {tolerance:g} must lie between {TOLERANCES[0]:g} (rounding) and "
            f"{TOLERANCES[1]:g}: it bounds every market's residual and cannot switch checks off"
        )
    if wedges.acts:
        raise PolicyError(
            f"acts on the market of {wedges.acts[0].good}: solve it through `threatpoint.solve`, "
            "which knows that market"
        )
    if isinstance(given, HasGiven):
        given = given.given(calibration, wedges)
    if given is not None:
        require_type("given", given, Given, WorldError)
        require_fitting(given, calibration, wedges)
    return Problem(calibration, wedges, deficits, given, economy, tolerance)


def require_same(calibration: Calibration, start: Solution) -> None:
    require_type("start", start, Solution, WorldError)
    ours = (calibration.countries, calibration.sectors)
    theirs = (start.calibration.countries, start.calibration.sectors)
    if ours != theirs:
        raise WorldError(
            f"start is a solution of another economy: {len(theirs[0])} countries x "
            f"{len(theirs[1])} sectors, this one has {len(ours[0])} x {len(ours[1])}, or other "
            "labels"
        )
