"""Accounting identities of a world table: what is bought is made, what is earned is spent.

With absorption X, output Y, value added VA, tariff revenue R and trade deficit D at baseline:

    use        X[n, k] = sum_j inputs[n, k, j] + final[n, k]
    cost       Y[n, j] = VA[n, j] + sum_k inputs[n, k, j]
    income     sum_j final[n, j] = sum_j VA[n, j] + R[n] + D[n]
    world      sum_n D[n] = 0
    idle       inputs[n, k, j] = VA[n, j] = 0 where Y[n, j] = 0
    flows      the named flows of a sector sum to no more than its trade
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint import words
from threatpoint.errors import UnbalancedError
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.world.economy import Economy

TOLERANCE = 1e-9


@dataclass(frozen=True)
class IdentityCheck:
    """One identity, at the cell where it fails most.

    Attributes:
        name: short name of the identity.
        violation: |left - right| over the country's scale, the larger of its total absorption and
            total output (for "world": over world output).
        where: labels of the worst cell, e.g. ("USA", "FOOD"); empty for "world".
        left, right: the two sides there, in the unit of the economy.
        tolerance: what was allowed.
    """

    name: str
    violation: float
    where: tuple[str, ...]
    left: float
    right: float
    tolerance: float

    @property
    def ok(self) -> bool:
        """Whether the violation stays within the tolerance."""
        return self.violation <= self.tolerance


def check(economy: Economy, tolerance: float = TOLERANCE) -> list[IdentityCheck]:
    """Check every identity; one result each, in the order of the module's text."""
    absorption, output = economy.absorption, economy.output
    scale = np.maximum(absorption.sum(axis=1), output.sum(axis=1))
    spent = economy.value_added.sum(axis=1) + economy.tariff_revenue + economy.deficit
    used = economy.inputs.sum(axis=2) + economy.final
    cost = economy.value_added + economy.inputs.sum(axis=1)
    idle, none = np.where(output > 0, 0.0, cost), np.zeros_like(output)
    flows = np.maximum(_held(economy), economy.trade)
    sides = (
        ("use", absorption, used, scale[:, None]),
        ("cost", output, cost, scale[:, None]),
        ("income", economy.final_expenditure, spent, scale),
        ("world", np.asarray(economy.deficit.sum()), np.zeros(()), output.sum()),
        ("idle", idle, none, scale[:, None]),
        ("flows", flows, economy.trade, scale[:, None, None]),
    )
    return [_compare(*each, economy, tolerance) for each in sides]


def identities(checks: Sequence[IdentityCheck]) -> Table:
    """The checks as a table."""
    rows = [
        {
            "identity": MEANING[found.name],
            "where": ", ".join(found.where) or "the world",
            "left": words.number(found.left, decimals=3),
            "right": words.number(found.right, decimals=3),
            "violation": f"{found.violation:.1e}",
            "holds": "yes" if found.ok else "no",
        }
        for found in checks
    ]
    keys = ("identity", "where", "left", "right", "violation", "holds")
    return Table("identities", "Accounting identities", columns("identities", *keys), rows)


def require_balanced(economy: Economy, tolerance: float = 1e-6) -> None:
    """Refuse a table that violates an identity by more than `tolerance`.

    Raises:
        UnbalancedError: names the worst identity and cell, both sides, and what to try.
    """
    failed = [result for result in check(economy, tolerance) if not result.ok]
    if not failed:
        return
    worst = max(failed, key=lambda result: result.violation)
    place = f" at [{', '.join(worst.where)}]" if worst.where else ""
    others = [result.name for result in failed if result is not worst]
    also = f" Also violated: {', '.join(others)}." if others else ""
    raise UnbalancedError(
        f"the table does not balance: {MEANING[worst.name]}{place}: {worst.left:.10g} against "
        f"{worst.right:.10g} {economy.unit}, {worst.violation:.2g} of the country's scale "
        f"(allowed {tolerance:.0e}).{also} {REMEDY[worst.name]}"
    )


MEANING = {
    "use": "spending on a sector (absorption) must equal its use as input plus final use",
    "cost": "output must equal value added plus inputs",
    "income": "final expenditure must equal value added plus tariff revenue plus deficit",
    "world": "trade deficits must sum to 0 over the world",
    "idle": "a sector without output can have no inputs and no value added",
    "flows": "named flows cannot exceed the trade of their sector",
}

REMEDY = {
    "use": "Absorption includes tariffs: check that inputs and final use are at user prices, and "
    "that trade is [importer, exporter, sector] at basic prices",
    "cost": "Check the axes of inputs, [country, input k, using sector j], and that output counts "
    "domestic sales (the diagonal of trade)",
    "income": "Follows from the other two: check final use and value added of this country",
    "world": "Check that trade has no cell that is not finite",
    "idle": "Set its inputs and value added to 0 or give it sales",
    "flows": "Lower the flow or raise the trade cell that contains it",
}


def _compare(
    name: str, left: Array, right: Array, scale: Array, economy: Economy, tolerance: float
) -> IdentityCheck:
    """The cell where two sides differ most over the scale."""
    gap = np.abs(left - right)
    size = np.broadcast_to(scale, gap.shape)
    share = np.divide(gap, size, out=np.where(gap > 0, np.inf, 0.0), where=size > 0)
    cell = np.unravel_index(int(np.argmax(share)), share.shape)
    countries, sectors = economy.countries, economy.sectors
    axes = ((), (countries,), (countries, sectors), (countries, countries, sectors))[gap.ndim]
    where = tuple(axis[int(p)] for axis, p in zip(axes, cell, strict=True))
    sides = float(left[cell]), float(right[cell])
    return IdentityCheck(name, float(share[cell]), where, *sides, tolerance)


def _held(economy: Economy) -> Array:
    """(N, N, S) the named flows of each sector together."""
    held = np.zeros_like(economy.trade)
    for flow in economy.flows.values():
        held[:, :, economy.sector(flow.sector)] += flow.values
    return held
