"""The schemas of stores: every array, its axes, its unit and what it means. Declared here once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

Block = dict[str, np.ndarray]
"""The arrays of some draws, by name."""
LONGEST_REASON = 300
"""Characters of a reason that are kept."""
LONGEST_CODE = 16
MONEY = "money"
"""Stands for the unit of the economy's money."""
DONE = "block_done"
"""Array that says which blocks are complete: 0 is not, else a check of the block's numbers."""
CHECK = "<i8"
"""Its NumPy type."""


NOT_SOLVED = "why there is none; empty if solved"


@dataclass(frozen=True)
class Variable:
    """One array over draws.

    Attributes:
        name: in the store.
        axes: after `draw`.
        unit: of the values; "1" has none, "" is text.
        meaning: what it is.
        kind: NumPy type.
    """

    name: str
    axes: tuple[str, ...]
    unit: str
    meaning: str
    kind: str = "<f8"


BEFORE = "before tariff revenue"
VARIABLES = (
    Variable("uniform", ("input",), "1", "the scrambled Sobol number of each input"),
    Variable("input_value", ("input",), "see input_unit", "value of each input"),
    Variable("theta", ("sector",), "1", "trade elasticity that was solved"),
    Variable("theta_capped", ("sector",), "1", "1 where lowered to that of longer horizons", "|i1"),
    Variable("eta", (), "1", "elasticity between value added and intermediates, most sectors"),
    Variable("epsilon", (), "1", "elasticity among intermediates, most sectors"),
    Variable("rho", (), "1", "elasticity among final goods"),
    Variable("status", (), "", '"converged", or how it failed', f"<U{LONGEST_CODE}"),
    Variable("reason", (), "", NOT_SOLVED, f"<U{LONGEST_REASON}"),
    Variable("evaluations", (), "1", "evaluations of the fixed-point map", "<i4"),
    Variable("residual", (), "1", "largest residual of any market"),
    Variable("real_income_percent", ("country",), "%", "change in real income a year"),
    Variable("real_income_money", ("country",), MONEY, "the same, in prices of the baseline"),
    Variable("real_income_before_tariffs_percent", ("country",), "%", f"the same, {BEFORE}"),
    Variable("gdp_percent", ("country",), "%", "change in GDP, deflated by the price of final use"),
    Variable("price_index_percent", ("country",), "%", "change in the price of final use"),
    Variable("wage_percent", ("country",), "%", "change in the wage, in the numeraire"),
    Variable("exports_percent", ("country",), "%", "change in exports"),
    Variable("imports_percent", ("country",), "%", "change in imports"),
    Variable("tariff_revenue", ("country",), MONEY, "tariff revenue after the shock"),
    Variable("output", ("country", "sector"), MONEY, "output after the shock"),
    Variable("party_real_income_percent", ("party",), "%", "change in real income, a group as one"),
    Variable("party_real_income_money", ("party",), MONEY, "the same, in prices of the baseline"),
)  # fmt: skip
"""Every array over draws; what is solved is NaN where the draw has no equilibrium."""


@dataclass(frozen=True)
class Schema:
    """What a kind of store holds.

    Attributes:
        name, version: by which a store says what it is.
        variables: its arrays over draws.
    """

    name: str
    version: int
    variables: tuple[Variable, ...]


ENSEMBLE = Schema("threatpoint ensemble", 2, VARIABLES)
"""One policy."""
CHAIN = Schema(
    "threatpoint chain",
    1,
    (
        Variable("uniform", ("input",), "1", "the number in (0, 1) of each input"),
        Variable("status", ("act",), "", '"converged", or how it failed', f"<U{LONGEST_CODE}"),
        Variable("reason", ("act",), "", NOT_SOLVED, f"<U{LONGEST_REASON}"),
        Variable("evaluations", ("act",), "1", "evaluations of the fixed-point map", "<i4"),
        Variable(
            "real_income_percent", ("act", "country"), "%", "change in real income a year", "<f8"
        ),
        Variable("real_income_money", ("act", "country"), MONEY, "the same, in baseline prices"),
        Variable("crude_price_percent", ("act",), "%", "change in the world price of crude"),
        Variable("crude_receipts", ("act",), "USD bn/month", "change in the seller's receipts"),
    ),
)
"""Every act of a situation, on drawn tables."""
SCHEMAS = {schema.name: schema for schema in (ENSEMBLE, CHAIN)}


def units(variable: Variable, economy: Economy) -> str:
    """The unit of an array, money in that of the economy."""
    return economy.unit if variable.unit == MONEY else variable.unit


def schema_table() -> str:
    """The schema as a Markdown table, as the documentation has it."""
    lines = ["| array | axes | unit | what it is |", "|---|---|---|---|"]
    lines += [
        f"| `{v.name}` | {', '.join(('draw', *v.axes))} | {v.unit or 'text'} | {v.meaning} |"
        for v in VARIABLES
    ]
    return "\n".join(lines)
