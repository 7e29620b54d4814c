"""Tariff, cut-off and export ban. The other instruments stand in modules of their own:
`charges` (export tax, cost of trading), `bounds` (quota, price cap), `stop` (a buyer stops).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.instrument import Cut, Instrument
from threatpoint.policy.numbers import (
    LARGEST_PLAIN_RATE,
    Share,
    choice,
    enforced,
    join,
    percent,
    plain_rate,
    require_escape,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.policy.scope import Mask, Selector
    from threatpoint.world.economy import Economy

__all__ = [
    "DIRECTIONS",
    "LARGEST_PLAIN_RATE",
    "MODES",
    "CutOff",
    "ExportBan",
    "Instrument",
    "Share",
    "Tariff",
    "percent",
]

MODES = ("set", "add")
DIRECTIONS = ("both", "imports", "exports")


@dataclass(frozen=True)
class Tariff(Instrument):
    """An ad-valorem tariff of the importers on goods from the exporters.

    Attributes:
        importers: who levies it.
        exporters: whose goods pay it.
        sectors: codes or "goods", "services", "all".
        rate: as a share: 0.25 is 25 %, 5.0 is 500 %.
        mode: "set" replaces the tariff of the baseline, "add" comes on top. All "set" are applied
            first, so the order of instruments does not matter.
        enforcement: e in [0, 1]. At unchanged prices a share 1 - e of the flow escapes the change
            of the tariff and keeps the tariff of the baseline.
        evasion_cost: what the escape costs, as a share of the seller's price; nobody earns it.

    Raises:
        PolicyError: a rate of -100 % or less, not a number, or above 10 and not written as
            `percent(...)`; enforcement outside [0, 1]; an evasion cost where nothing escapes.
    """

    importers: Selector
    exporters: Selector
    sectors: Selector = "goods"
    rate: float = math.nan
    mode: Literal["set", "add"] = "set"
    enforcement: float = 1.0
    evasion_cost: float = 0.0

    side_names: ClassVar[tuple[str, str]] = ("importers", "exporters")
    importer_first: ClassVar[bool] = True
    actor: ClassVar[str] = "importers"

    def __post_init__(self) -> None:
        self._normalise()
        rate = plain_rate("tariff", "the rate of a tariff", self.rate)
        if rate <= -1:
            raise PolicyError(
                f"tariff {100 * rate:g} % is -100 % or less: the importer would be paid more than "
                "the good costs"
            )
        choice("tariff mode", self.mode, MODES)
        require_escape(self.enforcement, self.evasion_cost)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        importers, exporters = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)}"
        return f"{join(importers)} {_rate_words(self.rate, self.mode)} on {flow}{self._evaded()}"

    def _evaded(self) -> str:
        """'; 20 % of the flow evades it at a cost of 5 %', '' if nothing does."""
        if self.enforcement == 1.0:
            return ""
        cost = f" at a cost of {100 * self.evasion_cost:g} %" if self.evasion_cost else ""
        return f"; {100 * (1 - self.enforcement):.4g} % of the flow evades it{cost}"


@dataclass(frozen=True)
class CutOff(Cut):
    """Trade between the sender and the targets is cut off.

    Attributes:
        sender: who cuts off.
        targets: who is cut off.
        sectors: codes or "goods", "services", "all".
        direction: as seen from the sender: "imports" (it stops buying), "exports" (it stops
            selling) or "both".
        enforcement: e in [0, 1]. At unchanged prices a share 1 - e of the flow survives:
            d^(-theta) = 1 - e. At e = 1 the flow is zero.
        evasion_cost: what the surviving flow bears on top, as a share of the seller's price;
            nobody earns it.

    Raises:
        PolicyError: enforcement outside [0, 1], an unknown direction, an evasion cost where
            nothing survives.
    """

    sender: Selector
    targets: Selector
    sectors: Selector = "goods"
    direction: Literal["both", "imports", "exports"] = "both"
    enforcement: float = 1.0
    evasion_cost: float = 0.0

    side_names: ClassVar[tuple[str, str]] = ("sender", "targets")
    importer_first: ClassVar[bool] = True
    actor: ClassVar[str] = "sender"

    def __post_init__(self) -> None:
        self._normalise()
        require_escape(self.enforcement, self.evasion_cost)
        choice("cut-off direction", self.direction, DIRECTIONS)

    def pairs(self, first: Mask, second: Mask) -> Mask:
        """(N n, N i): the sender imports, the targets import, or both."""
        imports, exports = first & second, (first & second).T
        return {"imports": imports, "exports": exports, "both": imports | exports}[self.direction]

    def removed(self, economy: Economy) -> NDArray[np.float64]:
        """(N n, N i, S j) share of each cell that it takes away at unchanged prices."""
        return np.where(self.cells(economy), self.enforcement, 0.0)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        sender, targets = self.sides
        what = "trade" if self.direction == "both" else self.direction
        link = {"both": "with", "imports": "from", "exports": "to"}[self.direction]
        flow = f"{join(self.sectors)} {what} {link} {join(targets)}"
        return f"{join(sender)} cuts off {flow}{enforced(self.enforcement, self.evasion_cost)}"


@dataclass(frozen=True)
class ExportBan(Cut):
    """The exporters stop selling to the importers.

    Attributes:
        exporters: who stops selling.
        importers: who is no longer supplied.
        sectors: codes or "goods", "services", "all".
        enforcement: e in [0, 1], as for `CutOff`.
        evasion_cost: as for `CutOff`.

    Raises:
        PolicyError: enforcement outside [0, 1], an evasion cost where nothing survives.
    """

    exporters: Selector
    importers: Selector
    sectors: Selector = "goods"
    enforcement: float = 1.0
    evasion_cost: float = 0.0

    side_names: ClassVar[tuple[str, str]] = ("exporters", "importers")
    importer_first: ClassVar[bool] = False
    actor: ClassVar[str] = "exporters"

    def __post_init__(self) -> None:
        self._normalise()
        require_escape(self.enforcement, self.evasion_cost)

    def removed(self, economy: Economy) -> NDArray[np.float64]:
        """(N n, N i, S j) share of each cell that it takes away at unchanged prices."""
        return np.where(self.cells(economy), self.enforcement, 0.0)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        exporters, importers = self.sides
        flow = f"{join(self.sectors)} to {join(importers)}"
        words = enforced(self.enforcement, self.evasion_cost)
        return f"{join(exporters)} bans exports of {flow}{words}"


def _rate_words(rate: float, mode: str) -> str:
    """'sets a 25 % tariff', 'adds 25 points to the tariff', 'takes 5 points off the tariff'."""
    if mode == "set":
        return f"sets a {100 * rate:g} % {'tariff' if rate >= 0 else 'tariff (an import subsidy)'}"
    size = f"{abs(100 * rate):g}"
    points = f"{size} point{'' if size == '1' else 's'}"
    return f"takes {points} off the tariff" if rate < 0 else f"adds {points} to the tariff"
