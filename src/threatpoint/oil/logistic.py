"""The logistic curve and its inverse, without the tenth of a second that scipy takes to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x)), to full relative precision in both tails; 0 and 1 at infinity."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0.0, 1.0, small) / (1.0 + small)


def log_odds(part: Array) -> Array:
    """log(p / (1 - p)), the inverse; infinite at 0 and 1."""
    with np.errstate(divide="ignore"):
        return np.log(part) - np.log1p(-part)
