"""Tariff: the importers tax what they buy."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import join, rate_above, verb

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

BELOW = "is -100 % or less: the importer would be paid more than the good costs"
CHECK = partial(rate_above, -1.0, "tariff", "the rate of a tariff", BELOW)
RATE = entries.percent(":", "[+]RATE%", CHECK, points=("mode", "add"))
MODE = entries.choice("tariff mode", ("set", "add"))


@dataclass(frozen=True)
class Tariff(Instrument):
    """An ad-valorem tariff of the importers on goods from the exporters.

    In words `+25%` is added, `-5%` taken off, and `25%` or `=25%` replaces the present one.

    Attributes:
        importers: who levies it.
        exporters: whose goods pay it.
        sectors: what is hit; codes or "goods", "services", "all".
        rate: how high it is, below 0 a subsidy; a share: 0.25 is 25 %, 5.0 is 500 %.
        mode: whether it replaces the tariff in force ("set") or comes on top ("add"); all "set" are
            applied first, so the order of instruments does not matter.
        enforcement: how much of each flow pays it; e in [0, 1]. At unchanged prices a share 1 - e
            escapes the change of the tariff and keeps the tariff of the baseline.
        evasion_cost: what the escape costs, of the seller's price; a share, and nobody earns it.

    Raises:
        PolicyError: a rate of -100 % or less, not a number, or above 10 and not written as
            `percent(...)`; enforcement outside [0, 1]; an evasion cost where nothing escapes.

    Example:
        >>> tp.Tariff("USA", "IND", "TEX", rate=0.25, mode="add").describe()
        'USA adds 25 points to the tariff on TEX from IND'
    """

    word: ClassVar[str] = "tariff"
    example: ClassVar[str] = "USA:IND:+25%/TEX"
    order: ClassVar[int] = 2
    only_tariff: ClassVar[bool] = True

    importers: Selector = field(metadata=entries.side(imports=True, acts=True))
    exporters: Selector = field(metadata=entries.EXPORTERS)
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    rate: float = field(default=math.nan, metadata=RATE)
    mode: Literal["set", "add"] = field(default="set", metadata=MODE)
    enforcement: float = field(default=1.0, metadata=entries.ENFORCEMENT)
    evasion_cost: float = field(default=0.0, metadata=entries.EVASION_COST)

    def effect(self, economy: Economy) -> Effect:
        return Effect(
            self.cells(economy),
            tariff_set=self.rate if self.mode == "set" else None,
            tariff_added=self.rate if self.mode == "add" else None,
            evading=1.0 - self.enforcement,
            evasion_cost=self.evasion_cost,
        )

    def describe(self) -> str:
        importers, exporters = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)}"
        does = _rate_words(self.rate, self.mode, importers)
        return f"{join(importers)} {does} on {flow}{self._evaded()}"

    @property
    def short(self) -> str:
        """Its name with its size: '25-point tariff' is added, '25 % tariff' is set."""
        if self.mode == "set":
            return super().short
        points = f"{abs(100 * self.rate):g}-point {self.title}"
        return points if self.rate >= 0 else f"{points} cut"

    @classmethod
    def read(cls, texts: Mapping[str, str], words: str, economy: Economy) -> dict[str, Any]:
        """Field -> value; a sign before the rate says that it is added."""
        rate = texts["rate"].strip()
        mode = "add" if rate.startswith(("+", "-", "\N{MINUS SIGN}")) else "set"
        texts = {**texts, "rate": rate.removeprefix("=")}
        return {**super().read(texts, words, economy), "mode": mode}

    def texts(self) -> dict[str, str]:
        """Field -> its text, the rate with its sign."""
        sign = "=" if self.mode == "set" else "" if self.rate < 0 else "+"
        found = super().texts()
        return {**found, "rate": sign + found["rate"]}

    def _evaded(self) -> str:
        """'; 20 % of the flow evades it at a cost of 5 %', '' if nothing does.

        What goes free at no cost evades nothing: it is exempt.
        """
        if self.enforcement == 1.0:
            return ""
        part = f"; {100 * (1 - self.enforcement):.4g} % of the flow"
        if not self.evasion_cost:
            return f"{part} goes free"
        return f"{part} evades it at a cost of {100 * self.evasion_cost:g} %"


def _rate_words(rate: float, mode: str, side: Sequence[str]) -> str:
    """'sets a 25 % tariff', 'adds 25 points to the tariff', 'takes 5 points off the tariff'."""
    if mode == "set":
        what = "tariff" if rate >= 0 else "tariff (an import subsidy)"
        return f"{verb(side, 'sets', 'set')} a {100 * rate:g} % {what}"
    size = f"{abs(100 * rate):g}"
    points = f"{size} point{'' if size == '1' else 's'}"
    if rate < 0:
        return f"{verb(side, 'takes', 'take')} {points} off the tariff"
    return f"{verb(side, 'adds', 'add')} {points} to the tariff"
