"""Policy: a set of instruments that together give one set of wedges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from threatpoint.errors import PolicyError
from threatpoint.policy import compose
from threatpoint.policy.contradictions import contradictions, without_price
from threatpoint.policy.instrument import Instrument
from threatpoint.policy.wedges import Wedges

if TYPE_CHECKING:
    from threatpoint.policy.compose import Hits
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Policy:
    """Instruments applied at the same time; the order does not matter.

    Attributes:
        instruments: one or several; none at all is the baseline.
        name: how results call it.

    Raises:
        PolicyError: something in `instruments` is not an instrument.
    """

    instruments: Instrument | Iterable[Instrument] = ()
    name: str = ""

    def __post_init__(self) -> None:
        given: Any = self.instruments
        single = isinstance(given, Instrument)
        items = cast("tuple[object, ...]", (given,) if single else tuple(given))
        bad = [item for item in items if not isinstance(item, Instrument)]
        if bad:
            raise PolicyError(
                f"{bad[0]!r} is not an instrument: use e.g. Tariff, CutOff or ExportBan"
            )
        object.__setattr__(self, "instruments", items)

    @property
    def items(self) -> tuple[Instrument, ...]:
        """The instruments, in the order given."""
        return cast("tuple[Instrument, ...]", self.instruments)

    def wedges(self, economy: Economy) -> Wedges:
        """What the policy does to each flow, cell by cell.

        Raises:
            PolicyError: every problem at once: unknown labels, instruments that hit nothing,
                contradictions between instruments.
        """
        hits: list[compose.Hit] = []
        problems: list[str] = []
        for instrument in self.items:
            try:
                hits.append(compose.Hit.of(instrument, economy))
            except PolicyError as error:
                problems += str(error).split("\n")
        problems += contradictions(hits, economy)
        problems += without_price("tariffs", compose.tariffs_after(hits, economy), economy)
        problems += without_price("export taxes", compose.export_taxes(hits, economy), economy)
        if problems:
            head = f"policy {self.name!r}" if self.name else "the policy"
            raise PolicyError(f"{head} cannot be applied:\n  - " + "\n  - ".join(problems))
        return _composed(hits, economy)

    def describe(self) -> str:
        """The policy in words."""
        return "; ".join(item.describe() for item in self.items) or "no policy"


def _composed(hits: Hits, economy: Economy) -> Wedges:
    """The wedges of instruments that agree with each other."""
    survival = compose.survival_after(hits, economy)
    evading, evasion_cost = compose.evasion(hits, economy)
    return Wedges(
        tariff=compose.tariffs_after(hits, economy),
        survival=survival,
        causes=tuple((hit.item.describe(), hit.cells) for hit in hits),
        export_tax=compose.export_taxes(hits, economy),
        cost=compose.costs(hits, economy),
        evading=evading,
        evasion_cost=evasion_cost,
        volume_limits=compose.volume_limits(hits),
        price_limits=compose.price_limits(hits),
        kept=compose.kept_flows(hits, economy, survival),
    )
