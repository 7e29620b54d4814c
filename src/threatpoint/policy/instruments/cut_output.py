"""Cut output: producers make less of a good."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.errors import PolicyError
from threatpoint.policy.acts import OutputAct
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.on_market import OnMarket
from threatpoint.policy.markets import market_word
from threatpoint.policy.numbers import join, number

if TYPE_CHECKING:
    from threatpoint.policy.acts import Codes
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class CutOutput(OnMarket):
    """The producers cut output of the good, each in proportion to its baseline output.

    Attributes:
        producers: who cuts; each needs baseline output in the market.
        good: the good with a market of its own; key of `economy.markets`, e.g. "crude".
        cut: by how much all of them together; in `unit`.
        unit: of the cut; must be the volume unit of the market.

    Raises:
        PolicyError: a cut not above 0, or no number.

    Example:
        >>> tp.CutOutput("SAU", "crude", cut=1.0).describe()
        'SAU cuts output of crude by 1 mb/d'
    """

    word: ClassVar[str] = "cut-output"
    title: ClassVar[str] = "output cut"
    example: ClassVar[str] = "SAU:crude:1.0"
    order: ClassVar[int] = 12
    fact: ClassVar[str] = "output"

    producers: Selector = field(metadata=entries.side(acts=True))
    good: str = field(metadata=entries.goods("good", ":", market_word))
    cut: float = field(metadata=entries.volume(":", "VOLUME", "1.0"))
    unit: str = "mb/d"

    def __post_init__(self) -> None:
        super().__post_init__()
        if number("the output cut", self.cut, "1.0") <= 0:
            raise PolicyError(f"output cut {self.cut:g} {self.unit} must be above 0")

    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> OutputAct:
        """Raises `PolicyError` where the cut is as large as the output."""
        output = self.market(economy).output
        made = sum(output[code].value for code in makers)
        if self.cut >= made:
            raise PolicyError(
                f"{self.describe()}: baseline output is {made:g} {self.unit}; cut less than that"
            )
        return OutputAct(self.good, makers, self.cut)

    def describe(self) -> str:
        (producers,) = self.sides
        verb = "cuts" if len(producers) == 1 else "together cut"
        return f"{join(producers)} {verb} output of {self.good} by {self.cut:g} {self.unit}"
