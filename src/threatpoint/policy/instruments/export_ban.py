"""Export ban: the exporters stop selling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import enforced, join, verb

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class ExportBan(Instrument):
    """The exporters stop selling to the importers.

    Attributes:
        exporters: who stops selling.
        importers: who is no longer supplied.
        sectors: what is hit; codes or "goods", "services", "all".
        enforcement: how much of each flow it stops; e in [0, 1], as for `CutOff`.
        evasion_cost: what the surviving flow bears on top, of the seller's price; as for `CutOff`.

    Raises:
        PolicyError: enforcement outside [0, 1], an evasion cost where nothing survives.

    Example:
        >>> tp.ExportBan("USA", "CHN", "ELEC", enforcement=0.8).describe()
        'USA bans exports of ELEC to CHN with 80 % enforcement'
    """

    word: ClassVar[str] = "export-ban"
    example: ClassVar[str] = "RUS:EU/OILGAS"
    order: ClassVar[int] = 3

    exporters: Selector = field(metadata=entries.side(acts=True))
    importers: Selector = field(metadata=entries.IMPORTERS)
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    enforcement: float = field(default=1.0, metadata=entries.ENFORCEMENT)
    evasion_cost: float = field(default=0.0, metadata=entries.EVASION_COST)

    def effect(self, economy: Economy) -> Effect:
        """The enforced share of each flow is gone."""
        return Effect.of_cut(self.cells(economy), self.enforcement, self.evasion_cost)

    def describe(self) -> str:
        exporters, importers = self.sides
        flow = f"{join(self.sectors)} to {join(importers)}"
        does = verb(exporters, "bans", "ban")
        words = enforced(self.enforcement, self.evasion_cost)
        return f"{join(exporters)} {does} exports of {flow}{words}"
