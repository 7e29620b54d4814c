"""Charts of derivatives: which flow moves an outcome most, and who can hurt whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.plots.look import OTHERS, Caption, bars, in_money
from threatpoint.brief.plots.solution import TOP, require_top
from threatpoint.errors import PolicyError, require_label

if TYPE_CHECKING:
    from threatpoint.analysis.leverage import Leverage
    from threatpoint.equilibrium.adjoint.sensitivities import Sensitivities
    from threatpoint.policy.scope import Selector

PER = {
    "tariff": (0.01, "a tariff higher by a percentage point"),
    "cut": (-0.01, "a cut of 1 %"),
    "trade_cost": (0.01, "a cost of trading higher by 1 % of the seller's price"),
    "export_tax": (0.01, "an export tax higher by a percentage point"),
    "iceberg": (0.01, "an iceberg cost higher by 1 %"),
}
"""Derivative -> a step in it, and that step in words."""


class SlopePlots:
    """Charts of the derivatives of one outcome."""

    def __init__(self, found: Sensitivities) -> None:
        self._found = found

    def __repr__(self) -> str:
        return "charts: .flows(to='tariff', top=12); save with .save('x.png')"

    def flows(self, to: str = "tariff", top: int = TOP) -> Any:
        """The flows that move the outcome most.

        Args:
            to: "tariff", "cut", "trade_cost", "export_tax" or "iceberg".
            top: so many flows.

        Raises:
            PolicyError: another derivative, or no number of rows.
        """
        require_label("derivative", to, tuple(PER), PolicyError)
        (step, said), table = PER[to], self._found.to_table("flows")
        rows = sorted(table.rows, key=lambda row: -abs(row[to]))[: require_top(top)]
        drawn = [
            {
                "name": f"{row['sector']}: {row['importer']} from {row['exporter']}",
                "value": step * row[to],
                "shown": words.number(step * row[to], True),
                "role": OTHERS,
            }
            for row in sorted(rows, key=lambda row: step * row[to])
        ]
        most = max(drawn, key=lambda row: abs(row["value"]))
        caption = Caption(
            f"{most['name']} moves it most: {most['shown']}",
            f"{words.capital(self._found.outcome.words)}; {said}, first order",
        )
        return bars(drawn, caption, "Change of the outcome")


class LeveragePlots:
    """Charts of who can hurt whom."""

    def __init__(self, found: Leverage) -> None:
        self._found = found

    def __repr__(self) -> str:
        return "charts: .flows(of=..., over=..., top=12); save with .save('x.png')"

    def flows(
        self, of: Selector | None = None, over: Selector | None = None, top: int = TOP
    ) -> Any:
        """The flows whose cut by 1 % hurts most.

        Args:
            of: who cuts.
            over: who is hurt.
            top: so many flows.

        Raises:
            PolicyError: unknown words, with the nearest name; see `Leverage.flows`.
        """
        table = self._found.flows(of, over, top=require_top(top))
        drawn = [
            {
                "name": row["flow"],
                "value": -row["loss"],
                "role": OTHERS,
            }
            for row in table.rows
        ]
        drawn, unit = in_money(drawn, table.unit)
        title = f"{drawn[0]['name']}, hurts most: {drawn[0]['shown']}" if drawn else "No flow hurts"
        return bars(drawn, Caption(title, table.caption), f"Change in real income, {unit}")
