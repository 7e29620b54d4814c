"""Anderson acceleration of a fixed point, with the history of its residuals.

Walker & Ni (2011, SIAM J. Numer. Anal. 49:4), type II. The Gram matrix of the residual differences
is kept incrementally and scaled to a unit diagonal, because a least-squares call per step would
cost more than the map itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array

RIDGE = 1e-13


class Anderson:
    """Memory of past steps; `step` turns (z, g(z)) into the next z.

    Args:
        size: length of the state.
        memory: number of past steps mixed.
    """

    def __init__(self, size: int, memory: int = 12) -> None:
        self.memory = memory
        self.residuals = np.empty((memory, size))
        self.images = np.empty((memory, size))
        self.gram = np.zeros((memory, memory))
        self.last: tuple[Array, Array] | None = None
        self.count = 0

    def restart(self) -> None:
        """Forget all past steps."""
        self.count, self.last = 0, None

    def step(self, z: Array, image: Array) -> Array:
        """The next state from the current state and its image under the map."""
        residual = image - z
        if self.last is not None:
            self._remember(residual - self.last[0], image - self.last[1])
        self.last = (residual, image)
        used = min(self.count, self.memory)
        if used == 0:
            return image
        differences = self.residuals[:used]
        scale = 1.0 / np.sqrt(np.maximum(np.diag(self.gram)[:used], 1e-300))
        normal = self.gram[:used, :used] * scale[:, None] * scale + RIDGE * np.eye(used)
        weights = scale * np.linalg.solve(normal, scale * (differences @ residual))
        return image - weights @ self.images[:used]

    def _remember(self, residual_change: Array, image_change: Array) -> None:
        slot = self.count % self.memory
        self.residuals[slot] = residual_change
        self.images[slot] = image_change
        self.count += 1
        used = min(self.count, self.memory)
        products = self.residuals[:used] @ residual_change
        self.gram[slot, :used] = products
        self.gram[:used, slot] = products
