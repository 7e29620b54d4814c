"""Anderson acceleration of a fixed point, with the history of its residuals.

Several fixed points of one size can be driven side by side; none depends on the others.
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
        shape: of the states: (size,), or (B, size) for B fixed points side by side.
        memory: number of past steps mixed.
    """

    def __init__(self, shape: tuple[int, ...], memory: int = 12) -> None:
        *lead, size = shape
        self.memory = memory
        self.residuals = np.empty((*lead, memory, size))
        self.images = np.empty((*lead, memory, size))
        self.gram = np.zeros((*lead, memory, memory))
        self.last: tuple[Array, Array] | None = None
        self.count = 0

    def restart(self) -> None:
        """Forget all past steps."""
        self.count, self.last = 0, None

    def step(self, z: Array, image: Array) -> Array:
        """The next states from the current ones and their images under the map."""
        residual = image - z
        if self.last is not None:
            self._remember(residual - self.last[0], image - self.last[1])
        self.last = (residual, image)
        used = min(self.count, self.memory)
        if used == 0:
            return image
        gram = self.gram[..., :used, :used]
        diagonal = np.diagonal(gram, axis1=-2, axis2=-1)
        scale = 1.0 / np.sqrt(np.maximum(diagonal, 1e-300))
        normal = gram * scale[..., :, None] * scale[..., None, :] + RIDGE * np.eye(used)
        along = scale * _over_last(self.residuals[..., :used, :], residual)
        weights = scale * np.linalg.solve(normal, along[..., None])[..., 0]
        return image - np.matmul(weights[..., None, :], self.images[..., :used, :])[..., 0, :]

    def _remember(self, residual_change: Array, image_change: Array) -> None:
        slot = self.count % self.memory
        self.residuals[..., slot, :] = residual_change
        self.images[..., slot, :] = image_change
        self.count += 1
        used = min(self.count, self.memory)
        products = _over_last(self.residuals[..., :used, :], residual_change)
        self.gram[..., slot, :used] = products
        self.gram[..., :used, slot] = products


def _over_last(rows: Array, vector: Array) -> Array:
    """Rows [..., m, size] times a vector [..., size]: [..., m]."""
    return np.matmul(rows, vector[..., None])[..., 0]
