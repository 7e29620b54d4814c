"""Instruments: what one government does to trade with another.

An instrument is a frozen value. It names countries and sectors in words (see `policy.scope`) and
becomes cells of the trade array [importer n, exporter i, sector j] only when it meets an economy.
Domestic flows are never touched.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from threatpoint.errors import PolicyError, nearest
from threatpoint.policy.scope import OTHERS, Selector, listed, sector_mask, side_masks

if TYPE_CHECKING:
    from threatpoint.policy.scope import Mask
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

LARGEST_PLAIN_RATE = 10.0
"""Above it a tariff given as a plain number is refused: 25 could mean 25 % or 2500 %."""

MODES = ("set", "add")
DIRECTIONS = ("both", "imports", "exports")


class Share(float):
    """A share that was written in percent, so that even 2500 % is meant."""

    __slots__ = ()


def percent(value: float) -> Share:
    """`percent(25)` is the share 0.25; use it for tariffs above 1000 %."""
    return Share(value / 100.0)


@dataclass(frozen=True)
class Tariff:
    """An ad-valorem tariff of the importers on goods from the exporters.

    Attributes:
        importers: who levies it.
        exporters: whose goods pay it.
        sectors: codes or "goods", "services", "all".
        rate: as a share: 0.25 is 25 %, 5.0 is 500 %.
        mode: "set" replaces the tariff of the baseline, "add" comes on top. All "set" are applied
            first, so the order of instruments does not matter.

    Raises:
        PolicyError: a rate of -100 % or less, not a number, or above 10 and not written as
            `percent(...)`.
    """

    importers: Selector
    exporters: Selector
    sectors: Selector = "goods"
    rate: float = math.nan
    mode: Literal["set", "add"] = "set"

    def __post_init__(self) -> None:
        _normalise(self, "importers", "exporters", "sectors")
        rate = _number("the rate of a tariff", self.rate)
        if rate <= -1:
            raise PolicyError(
                f"tariff {100 * rate:g} % is -100 % or less: the importer would be paid more than "
                "the good costs"
            )
        if rate > LARGEST_PLAIN_RATE and not isinstance(rate, Share):
            raise PolicyError(
                f"tariff {rate:g} reads as {100 * rate:g} %: write {rate / 100:g} for {rate:g} %, "
                f"or percent({100 * rate:g}) if it is meant"
            )
        _choice("tariff mode", self.mode, MODES)

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words for the importers and the exporters."""
        return listed(self.importers, "importers"), listed(self.exporters, "exporters")

    def cells(self, economy: Economy) -> Mask:
        """Cells it applies to, bool (N n, N i, S j); raises `PolicyError` when it hits nothing."""
        return _cells(self, economy, lambda importer, exporter: importer & exporter)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        importers, exporters = self.sides
        flow = f"{_join(self.sectors)} from {_join(exporters)}"
        return f"{_join(importers)} {_rate_words(self.rate, self.mode)} on {flow}"

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges of this instrument alone; raises `PolicyError` as `Policy.wedges`."""
        return _alone(self, economy)


@dataclass(frozen=True)
class CutOff:
    """Trade between the sender and the targets is cut off.

    Attributes:
        sender: who cuts off.
        targets: who is cut off.
        sectors: codes or "goods", "services", "all".
        direction: as seen from the sender: "imports" (it stops buying), "exports" (it stops
            selling) or "both".
        enforcement: e in [0, 1]. At unchanged prices a share 1 - e of the flow survives:
            d^(-theta) = 1 - e. At e = 1 the flow is zero.

    Raises:
        PolicyError: enforcement outside [0, 1], an unknown direction.
    """

    sender: Selector
    targets: Selector
    sectors: Selector = "goods"
    direction: Literal["both", "imports", "exports"] = "both"
    enforcement: float = 1.0

    def __post_init__(self) -> None:
        _normalise(self, "sender", "targets", "sectors")
        _enforcement(self.enforcement)
        _choice("cut-off direction", self.direction, DIRECTIONS)

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words for the sender and the targets."""
        return listed(self.sender, "sender"), listed(self.targets, "targets")

    def cells(self, economy: Economy) -> Mask:
        """Cells it applies to, bool (N n, N i, S j); raises `PolicyError` when it hits nothing."""

        def pairs(sender: Mask, target: Mask) -> Mask:
            imports, exports = sender & target, (sender & target).T
            return {"imports": imports, "exports": exports, "both": imports | exports}[
                self.direction
            ]

        return _cells(self, economy, pairs)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        sender, targets = self.sides
        what = "trade" if self.direction == "both" else self.direction
        link = {"both": "with", "imports": "from", "exports": "to"}[self.direction]
        flow = f"{_join(self.sectors)} {what} {link} {_join(targets)}"
        return f"{_join(sender)} cuts off {flow}{_enforced(self.enforcement)}"

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges of this instrument alone; raises `PolicyError` as `Policy.wedges`."""
        return _alone(self, economy)


@dataclass(frozen=True)
class ExportBan:
    """The exporters stop selling to the importers.

    Attributes:
        exporters: who stops selling.
        importers: who is no longer supplied.
        sectors: codes or "goods", "services", "all".
        enforcement: e in [0, 1], as for `CutOff`.

    Raises:
        PolicyError: enforcement outside [0, 1].
    """

    exporters: Selector
    importers: Selector
    sectors: Selector = "goods"
    enforcement: float = 1.0

    def __post_init__(self) -> None:
        _normalise(self, "exporters", "importers", "sectors")
        _enforcement(self.enforcement)

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words for the exporters and the importers."""
        return listed(self.exporters, "exporters"), listed(self.importers, "importers")

    def cells(self, economy: Economy) -> Mask:
        """Cells it applies to, bool (N n, N i, S j); raises `PolicyError` when it hits nothing."""
        return _cells(self, economy, lambda exporter, importer: (exporter & importer).T)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        exporters, importers = self.sides
        flow = f"{_join(self.sectors)} to {_join(importers)}"
        return f"{_join(exporters)} bans exports of {flow}{_enforced(self.enforcement)}"

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges of this instrument alone; raises `PolicyError` as `Policy.wedges`."""
        return _alone(self, economy)


Instrument: TypeAlias = Tariff | CutOff | ExportBan


def _cells(instrument: Instrument, economy: Economy, pairs: Callable[[Mask, Mask], Mask]) -> Mask:
    """Cells of an instrument; `pairs` turns a column (N, 1) and a row (1, N) into (N n, N i)."""
    where = instrument.describe()
    problems: list[str] = []
    first = second = sectors = np.zeros(0, dtype=np.bool_)
    try:
        first, second = side_masks(economy, instrument.sides, where)
    except PolicyError as error:
        problems.append(str(error))
    try:
        sectors = sector_mask(economy, listed(instrument.sectors, "sectors"), where)
    except PolicyError as error:
        problems.append(str(error))
    if problems:
        raise PolicyError("\n".join(problems))
    abroad = pairs(first[:, None], second[None, :]) & ~np.eye(len(economy.countries), dtype=bool)
    if not abroad.any():
        raise PolicyError(
            f"{where}: hits nothing, only domestic flows, which are never touched"
            + _nobody_else(instrument, first, second)
        )
    cells = abroad[:, :, None] & sectors
    if not (economy.trade[cells] > 0).any():
        raise PolicyError(
            f"{where}: hits nothing, every flow it names is 0 in the baseline table; "
            "check direction and sectors"
        )
    return cells


def _nobody_else(instrument: Instrument, first: Mask, second: Mask) -> str:
    """What to write instead of "others" when the other side is already everybody."""
    for here, mask in zip(instrument.sides, (first, second), strict=True):
        if not mask.any() and any(word.casefold() == OTHERS for word in here):
            return (
                "; 'others' is everybody but the other side, here nobody: write WORLD on both "
                "sides (WORLD:WORLD) for all trade between countries"
            )
    return ""


def _alone(instrument: Instrument, economy: Economy) -> Wedges:
    """Wedges of one instrument."""
    from threatpoint.policy.policy import Policy  # policy is built on instruments

    return Policy(instrument).wedges(economy)


def _normalise(instrument: Instrument, *names: str) -> None:
    for name in names:
        object.__setattr__(instrument, name, listed(getattr(instrument, name), name))


def _number(what: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise PolicyError(f"{what} is {value!r}; give a number, e.g. 0.25 for 25 %")
    if not math.isfinite(value):
        raise PolicyError(f"{what} is missing or not finite ({value}); give e.g. 0.25 for 25 %")
    return value if isinstance(value, Share) else float(value)


def _enforcement(value: float) -> None:
    enforcement = _number("enforcement", value)
    if not 0.0 <= enforcement <= 1.0:
        hint = f"; write {enforcement / 100:g} for {enforcement:g} %" if enforcement > 1 else ""
        raise PolicyError(f"enforcement {enforcement:g} is outside 0 to 1{hint}")


def _choice(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        hint = nearest(str(value), known)
        raise PolicyError(f"unknown {what} {value!r}{hint}; known: {', '.join(known)}")


def _join(words: Selector) -> str:
    return ", ".join(listed(words, "list"))


def _rate_words(rate: float, mode: str) -> str:
    """'sets a 25 % tariff', 'adds 25 points to the tariff', 'takes 5 points off the tariff'."""
    if mode == "set":
        return f"sets a {100 * rate:g} % {'tariff' if rate >= 0 else 'tariff (an import subsidy)'}"
    size = f"{abs(100 * rate):g}"
    points = f"{size} point{'' if size == '1' else 's'}"
    return f"takes {points} off the tariff" if rate < 0 else f"adds {points} to the tariff"


def _enforced(enforcement: float) -> str:
    return "" if enforcement == 1.0 else f" with {100 * enforcement:g} % enforcement"
