"""Store: solved worlds by fingerprint and profile, in memory and, when asked, in a folder."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import CacheError, ThreatpointError
from threatpoint.files import write_whole
from threatpoint.views import Shown

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.array_types import Array

FORMAT = 1


@dataclass(frozen=True, eq=False)
class World(Shown):
    """One solved profile.

    Attributes:
        change: (N,) exact change in real income, the economy's money unit.
        revenue: seller's revenue from what the rule is about, the economy's money unit.
        reason: why there is no equilibrium, else "" (then the numbers mean something).
        code: status of the solver, "converged" or how it failed.
        residual: largest residual of any market.
    """

    change: Array
    revenue: float
    reason: str = ""
    code: str = "converged"
    residual: float = 0.0


class Store:
    """Worlds by key. Memory only, unless a folder is given.

    Args:
        folder: where `save` writes one .npz for each fingerprint; read when first needed.

    Raises:
        ThreatpointError: the folder cannot be made or read. A damaged file in it, or one of another
            format, counts as none and is written anew.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.known: dict[str, dict[str, World]] = {}
        self.unkept: set[str] = set()
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
        """Write the worlds of a fingerprint, whole or not at all; nothing without a folder.

        Raises:
            CacheError: the folder cannot be written; the worlds stay in memory.
        """
        if self.folder is None or not self.worlds(mark):
            return
        worlds = self.worlds(mark)
        self.unkept.add(mark)
        packed = io.BytesIO()
        about = [[key, world.reason, world.code] for key, world in worlds.items()]
        np.savez_compressed(
            packed,
            change=np.stack([world.change for world in worlds.values()]),
            revenue=np.array([world.revenue for world in worlds.values()]),
            residual=np.array([world.residual for world in worlds.values()]),
            about=np.frombuffer(json.dumps([FORMAT, about]).encode(), dtype=np.uint8),
        )
        try:
            write_whole(self.folder / f"{mark}.npz", packed.getvalue())
        except ThreatpointError as error:
            raise CacheError(f"cache: {error}") from error
        self.unkept.remove(mark)

    def save_unkept(self) -> None:
        """Try once more to write what could not be written.

        Raises:
            CacheError: the folder still cannot be written.
        """
        for mark in sorted(self.unkept):
            self.save(mark)

    def _read(self, mark: str) -> dict[str, World]:
        path = None if self.folder is None else self.folder / f"{mark}.npz"
        if path is None or not path.is_file():
            return {}
        try:
            packed = path.read_bytes()
        except OSError as error:
            raise ThreatpointError(f"cache {path} cannot be read: {error.strerror}") from error
        try:
            return _unpacked(packed)
        except Exception:  # a cut or changed archive raises almost anything; it is made again
            return {}


def _unpacked(packed: bytes) -> dict[str, World]:
    """The worlds of a file; the archive's checksums find a changed byte."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as file:
        number, about = json.loads(file["about"].tobytes().decode())
        if number != FORMAT:
            return {}
        rows: Any = zip(about, file["change"], file["revenue"], file["residual"], strict=True)
        return {
            key: World(change, float(revenue), reason, code, float(residual))
            for (key, reason, code), change, revenue, residual in rows
        }


MEMORY = Store()
"""The store of this process."""
