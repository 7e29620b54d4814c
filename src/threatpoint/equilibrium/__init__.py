"""The world economy in changes: shares in, one equilibrium out, never without a status."""

from threatpoint.equilibrium.baselines import balanced_trade
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.given import Given
from threatpoint.equilibrium.many import solve_many
from threatpoint.equilibrium.solution import Solution
from threatpoint.equilibrium.solutions import Solutions
from threatpoint.equilibrium.solve import (
    balanced_economy,
    solve,
    solve_shares,
)
from threatpoint.equilibrium.unique import Uniqueness, check_unique
from threatpoint.equilibrium.welfare import Welfare
from threatpoint.status import Status

__all__ = [
    "Calibration",
    "Given",
    "Solution",
    "Solutions",
    "Status",
    "Uniqueness",
    "Welfare",
    "balanced_economy",
    "balanced_trade",
    "check_unique",
    "solve",
    "solve_many",
    "solve_shares",
]
