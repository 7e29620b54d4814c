"""What is said of a store: how many draws have an equilibrium, why not, and who loses how much."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from threatpoint import words
from threatpoint.tables import Table, columns
from threatpoint.world.parameters import AS

if TYPE_CHECKING:
    from collections.abc import Mapping

QUANTILES = (0.05, 0.5, 0.95)
SOLVED = "converged"


class Drawn(Protocol):
    """A store that is read: an `xarray.Dataset`, or a group of zarr."""

    @property
    def attrs(self) -> Mapping[Any, Any]:
        """What it says of itself."""
        ...

    def __getitem__(self, name: str, /) -> Any:
        """One array."""
        ...


@dataclass(frozen=True)
class Counts:
    """Draws by what came of them.

    Attributes:
        draws: asked for.
        missing: not solved yet.
        solved: with an equilibrium.
        failed: status -> number and a reason, of those without.
        capped: part of the thetas that were lowered to that of a longer horizon, 0 to 1.
    """

    draws: int
    missing: int
    solved: int
    failed: dict[str, tuple[int, str]]
    capped: float


def counts(data: Drawn) -> Counts:
    """Count every draw of a store once."""
    status, reasons = (np.asarray(data[name]).tolist() for name in ("status", "reason"))
    number = Counter(status)
    solved, missing = number.pop(SOLVED, 0), number.pop("", 0)
    failed = {code: (n, reasons[status.index(code)]) for code, n in sorted(number.items())}
    known = np.array(status) != ""
    capped = np.asarray(data["theta_capped"])[known]
    return Counts(
        len(status), missing, solved, failed, float(capped.mean()) if known.any() else 0.0
    )


def counted(data: Drawn) -> list[str]:
    """The counts as sentences."""
    found = counts(data)
    noun = "draw" if found.draws == 1 else "draws"
    lines = [f"{found.draws:,} {noun}: {found.solved:,} with an equilibrium"]
    lines[0] += "".join(
        f", {number:,} without ({code})" for code, (number, _) in found.failed.items()
    )
    lines[0] += f", {found.missing:,} not solved yet." if found.missing else "."
    lines += [f"First {code}: {reason}" for code, (_, reason) in found.failed.items()]
    if found.capped:
        share = words.plain(words.part(found.capped))
        longer = words.HORIZONS[AS.get(str(data.attrs["horizon"]), "long")]
        lines.append(f"Lowered to the trade elasticity of {longer}: {share}.")
    return lines


def losses(data: Drawn) -> Table:
    """Change in real income of who acts and who is hit: 5, 50 and 95 % of the draws, in percent.

    Draws without an equilibrium have no number; the title says how many that are.
    """
    found, when = counts(data), words.when_words(str(data.attrs["horizon"]))
    return Table(
        "ensemble",
        f"Real income per year, {when}, {found.solved:,} of {found.draws:,} draws",
        columns("ensemble", "name", "role", "q05", "q50", "q95", "-party"),
        _rows(data),
    )


def _rows(data: Drawn) -> list[dict[str, Any]]:
    percent = np.asarray(data["party_real_income_percent"])
    known = percent[np.asarray(data["status"]) == SOLVED]
    ends = (
        np.quantile(known, QUANTILES, axis=0)
        if len(known)
        else np.full((3, len(percent.T)), np.nan)
    )
    labels = (np.asarray(data[name]).tolist() for name in ("party", "party_name", "party_role"))
    return [
        {"party": code, "name": name, "role": role, "q05": low, "q50": middle, "q95": high}
        for code, name, role, (low, middle, high) in zip(*labels, ends.T.tolist(), strict=True)
    ]
