"""Added: what a case of the threat adds to s_R by horizon, against what is missing of s_R*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from threatpoint.quantity import Quantity
from threatpoint.tables import Row, Table, columns

CARRIED_OUT, COMPLIED = "threat carried out", "all targets give in"
HARDLY = 0.05
"""A move of less than this share of the gap is called hardly any."""
Flows = Mapping[str, Quantity]
"""Horizon -> what is added to s_R, USD bn per month; from short to long."""


@dataclass(frozen=True, eq=False)
class Added:
    """One case.

    Attributes:
        case: `CARRIED_OUT` or `COMPLIED`.
        flows: not empty; below 0 the attacker gains.
        gap: s_R* - s_R without the threat, USD bn per month, 0 or more.
        horizon: of the main outcome.
    """

    case: str
    flows: Flows
    gap: float
    horizon: str = ""

    @property
    def complied(self) -> bool:
        """All targets comply; else the threat is carried out."""
        return self.case == COMPLIED

    @property
    def stated(self) -> Quantity:
        """At the horizon of the main outcome, or the longest solved if that has none."""
        return self.flows.get(self.horizon) or list(self.flows.values())[-1]

    @property
    def low(self) -> float:
        """Over all horizons and assumptions, USD bn per month."""
        return min(flow.low for flow in self.flows.values())

    @property
    def high(self) -> float:
        """The other end."""
        return max(flow.high for flow in self.flows.values())

    @property
    def up(self) -> bool:
        """It costs the attacker something, or nothing, at every horizon."""
        return all(flow.value >= 0 for flow in self.flows.values())

    @property
    def down(self) -> bool:
        """It brings the attacker something at every horizon."""
        return all(flow.value < 0 for flow in self.flows.values())

    @property
    def sure(self) -> bool:
        """No assumption tried changes the sign."""
        return self.low > 0 or self.high < 0

    @property
    def shares(self) -> list[float]:
        """Part of the gap that is closed, by horizon; below 0 it opens; NaN where there is none."""
        nan = float("nan")
        return [f.value / self.gap if self.gap > 0 else nan for f in self.flows.values()]

    @property
    def hardly(self) -> bool:
        """It moves next to nothing, unless the wrong way."""
        return not self.down and max(map(abs, self.shares)) < HARDLY

    @property
    def signed(self) -> bool:
        """The signs of the shares differ, and matter."""
        return not (self.up or self.down or self.hardly)

    @property
    def sizes(self) -> list[float]:
        """The shares, with their signs where these matter."""
        return self.shares if self.signed else [abs(share) for share in self.shares]


def overall(flows: Flows, horizon: str) -> Quantity:
    """The flow at a horizon (the longest solved, if that has none), ranged over all horizons."""
    whole = Added("", flows, 0.0, horizon)
    central = whole.stated
    return Quantity(
        central.value, whole.low, whole.high, central.unit, central.period, central.source
    )


def pressure(cases: Iterable[Added]) -> Table:
    """What each case adds to s_R, by horizon."""
    return Table(
        "pressure",
        "What the threat adds to the sanctions that peace lifts, by horizon, USD bn a month",
        columns("pressure", "case", "horizon", "added", "span", "share", "-source"),
        [row for added in cases for row in _rows(added)],
        deciding=("horizon", "added"),
        note="Below 0 the attacker earns more with the threat than without, so that ending it "
        "costs it something.",
    )


def _rows(added: Added) -> list[Row]:
    return [
        {"case": added.case, "horizon": horizon, "added": flow.value, "share": 100.0 * share}
        | {"low": flow.low, "high": flow.high, "source": flow.source}
        for (horizon, flow), share in zip(added.flows.items(), added.shares, strict=True)
    ]
