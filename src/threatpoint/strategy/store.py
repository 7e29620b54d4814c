"""Store: solved worlds by fingerprint and profile, in memory and, when asked, in a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import ThreatpointError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 1


@dataclass(frozen=True, eq=False)
class World:
    """One solved profile.

    Attributes:
        change: (N,) exact change in real income, the economy's money unit.
        revenue: seller's revenue from what the rule is about, the economy's money unit.
        reason: why there is no equilibrium, else "" (then the numbers mean something).
        code: status of the solver, "converged" or how it failed.
        residual: largest residual of any market.
    """

    change: NDArray[np.float64]
    revenue: float
    reason: str = ""
    code: str = "converged"
    residual: float = 0.0


class Store:
    """Worlds by key. Memory only, unless a folder is given.

    Args:
        folder: where `save` writes one .npz for each fingerprint; read when first needed.

    Raises:
        ThreatpointError: the folder cannot be made or read, or a file in it is damaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.known: dict[str, dict[str, World]] = {}
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ThreatpointError(f"cache {folder}: {error.strerror}") from error

    def worlds(self, mark: str) -> dict[str, World]:
        """Worlds of one fingerprint, by profile key; add to it freely."""
        if mark not in self.known:
            self.known[mark] = self._read(mark)
        return self.known[mark]

    def save(self, mark: str) -> None:
        """Write the worlds of a fingerprint, whole or not at all; nothing without a folder."""
        if self.folder is None or not self.worlds(mark):
            return
        worlds = self.worlds(mark)
        path = self.folder / f"{mark}.npz"
        part = path.with_suffix(".part.npz")
        about = [[key, w.reason, w.code] for key, w in worlds.items()]
        try:
            np.savez_compressed(
                part,
                change=np.stack([w.change for w in worlds.values()]),
                revenue=np.array([w.revenue for w in worlds.values()]),
                residual=np.array([w.residual for w in worlds.values()]),
                about=np.frombuffer(json.dumps([FORMAT, about]).encode(), dtype=np.uint8),
            )
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ThreatpointError(f"cache {path}: {error.strerror}") from error

    def _read(self, mark: str) -> dict[str, World]:
        path = None if self.folder is None else self.folder / f"{mark}.npz"
        if path is None or not path.is_file():
            return {}
        try:
            with np.load(path, allow_pickle=False) as file:
                number, about = json.loads(file["about"].tobytes().decode())
                rows: Any = zip(
                    about, file["change"], file["revenue"], file["residual"], strict=True
                )
                if number != FORMAT:
                    return {}
                return {
                    key: World(change, float(revenue), reason, code, float(residual))
                    for (key, reason, code), change, revenue, residual in rows
                }
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise ThreatpointError(
                f"cache {path} cannot be read ({error}); delete it, it will be made again"
            ) from error


MEMORY = Store()
"""The store of this process."""
