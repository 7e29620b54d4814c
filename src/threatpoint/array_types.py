"""The arrays that pass through the rooms, declared once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Positions = NDArray[np.intp]
Codes = NDArray[np.int8]
Floats = NDArray[np.floating[Any]]
"""Numbers of any precision: what only guides the solver is in single precision."""
Complexes = NDArray[np.complex128]
"""What complex steps go through."""
