"""Cut-off: one side stops trading with the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import enforced, join, verb

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

WAYS = ("both", "imports", "exports")
DIRECTION = entries.choice("cut-off direction", WAYS, ":", "imports|:exports", varied=True)


@dataclass(frozen=True)
class CutOff(Instrument):
    """Trade between the sender and the targets is cut off.

    Attributes:
        sender: who cuts off.
        targets: who is cut off.
        sectors: what is hit; codes or "goods", "services", "all".
        direction: which trade, as seen from the sender; "imports" (it stops buying), "exports" (it
            stops selling) or "both".
        enforcement: how much of each flow it stops; e in [0, 1]. At unchanged prices a share 1 - e
            survives: d^(-theta) = 1 - e. At e = 1 the flow is zero.
        evasion_cost: what the surviving flow bears on top, of the seller's price; a share, and
            nobody earns it.

    Raises:
        PolicyError: enforcement outside [0, 1], an unknown direction, an evasion cost where
            nothing survives.

    Example:
        >>> tp.CutOff("USA", ["CHN", "IND"], direction="imports").describe()
        'USA cuts off goods imports from CHN and IND'
    """

    word: ClassVar[str] = "cut-off"
    title: ClassVar[str] = "cut-off"
    example: ClassVar[str] = "USA:CHN,IND:imports@80%~10%"
    order: ClassVar[int] = 1

    sender: Selector = field(metadata=entries.side(acts=True))
    targets: Selector = field(metadata=entries.side())
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    direction: Literal["both", "imports", "exports"] = field(default="both", metadata=DIRECTION)
    enforcement: float = field(default=1.0, metadata=entries.ENFORCEMENT)
    evasion_cost: float = field(default=0.0, metadata=entries.EVASION_COST)

    def pairs(self, first: Mask, second: Mask) -> Mask:
        """(N n, N i): the sender imports, the targets import, or both."""
        imports, exports = first & second, (first & second).T
        return {"imports": imports, "exports": exports, "both": imports | exports}[self.direction]

    def effect(self, economy: Economy) -> Effect:
        """The enforced share of each flow is gone."""
        return Effect.of_cut(self.cells(economy), self.enforcement, self.evasion_cost)

    def describe(self) -> str:
        sender, targets = self.sides
        what = "trade" if self.direction == "both" else self.direction
        link = {"both": "with", "imports": "from", "exports": "to"}[self.direction]
        flow = f"{join(self.sectors)} {what} {link} {join(targets)}"
        does = verb(sender, "cuts", "cut")
        return f"{join(sender)} {does} off {flow}{enforced(self.enforcement, self.evasion_cost)}"
