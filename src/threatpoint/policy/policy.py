"""Policy: a set of instruments that together give one set of wedges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from threatpoint.errors import PolicyError, require_type, shown
from threatpoint.policy.instruments import Instrument
from threatpoint.policy.together import wedges_together
from threatpoint.views import Tabled

if TYPE_CHECKING:
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Policy(Tabled, view="threatpoint.policy.views:POLICY"):
    """Instruments applied at the same time; the order does not matter.

    Attributes:
        instruments: one or several; none at all is the baseline.
        name: how results call it.
        answers: what the other side does in return. Each side decides alone: where one cuts a flow
            that the other taxes or cuts too, the stricter cut holds and nothing contradicts.

    Raises:
        PolicyError: something in `instruments` or `answers` is not an instrument.

    Example:
        >>> duty, ban = tp.Tariff("USA", "IND", rate=0.25), tp.ExportBan("USA", "CHN", "ELEC")
        >>> tp.Policy([duty, ban]).describe()
        'USA sets a 25 % tariff on goods from IND; USA bans exports of ELEC to CHN'
    """

    instruments: Instrument | Iterable[Instrument] = ()
    name: str = ""
    answers: Instrument | Iterable[Instrument] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "instruments", instruments_of(self.instruments))
        object.__setattr__(self, "answers", instruments_of(self.answers))
        require_type("the name of a policy", self.name, str, PolicyError)

    @property
    def items(self) -> tuple[Instrument, ...]:
        """The instruments and the answers, in the order given."""
        return (*instruments_of(self.instruments), *instruments_of(self.answers))

    def wedges(self, economy: Economy) -> Wedges:
        """What the policy does to each flow, cell by cell.

        Raises:
            PolicyError: every problem at once: unknown labels, instruments that hit nothing,
                contradictions between instruments.
        """
        answers = len(instruments_of(self.answers))
        return wedges_together(self.items, economy, self.name, answers)

    def describe(self) -> str:
        """The policy in words."""
        return "; ".join(item.describe() for item in self.items) or "no policy"


def instruments_of(given: Instrument | Iterable[Instrument]) -> tuple[Instrument, ...]:
    """One instrument or several as a tuple.

    Raises:
        PolicyError: something else among them.
    """
    items = tuple(cast("Iterable[object]", given if isinstance(given, Iterable) else (given,)))
    for item in items:
        if not isinstance(item, Instrument):
            example = "use e.g. Tariff, CutOff or ExportBan"
            raise PolicyError(f"{shown(item)} is not an instrument: {example}")
    return cast("tuple[Instrument, ...]", items)
