"""The arrays that pass through the rooms, declared once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Positions = NDArray[np.intp]
Codes = NDArray[np.int8]
