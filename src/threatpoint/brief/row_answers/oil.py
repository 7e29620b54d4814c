"""The answer of the oil market: price, revenue, discount, and who pumps more."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.oil_answers import OilAnswer, oil_rows
from threatpoint.brief.oil_section import withheld
from threatpoint.brief.provenance import built_from
from threatpoint.brief.row_answers.common import Answer
from threatpoint.oil.rows import absorbed_words
from threatpoint.words import SPACE, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.oil.outcome import OilOutcome

LEAST = 0.1
"""mb/d of more output from which an economy is named."""
OPEC = {
    "respond": "owners of idle capacity answer the price like others",
    "hold": "owners of idle capacity keep wells and crews as they are",
    "spare": "owners of idle capacity use it",
}


def oil(reading: Reading, row: Any) -> Answer | None:
    """Every sanction on energy of the file, side by side."""
    answers = [item for item in reading.analysis.oil.values() if isinstance(item, OilAnswer)]
    found = _by_scenario(answers)
    solved = [item.outcome for item in answers if item.outcome is not None]
    if not solved:
        return None
    names = dict.fromkeys(item.horizon for item in answers)
    horizons = words.listing([words.horizon(name) for name in names])
    first, seller = solved[0], reading.place(solved[0].seller)
    text = (
        f"from {_revenue(first.revenue[0])} a month of crude exports, {_mbd(first.volume[0])} at a "
        f"discount of USD{SPACE}{words.number(first.discount[0])} a barrel to the benchmark, "
        f"sanctions move {seller} like this ({horizons}). "
        f"{' '.join(_scenario(reading, label, items) for label, items in found.items())} "
        f"{' '.join(withheld(oil_rows(answers, reading.economy), seller))}"
    )
    return {
        "answer": sentence(text),
        "range": "; ".join(f"{label}: {_spread(items)}" for label, items in found.items())
        + ", over horizons",
        "assumptions": _assumptions(answers, first),
        "source": _source(reading, first),
    }


def _by_scenario(answers: Sequence[OilAnswer]) -> dict[str, list[OilAnswer]]:
    """Label -> its answers, one a horizon."""
    found: dict[str, list[OilAnswer]] = {}
    for item in answers:
        found.setdefault(item.scenario.label, []).append(item)
    return found


def _scenario(reading: Reading, label: str, items: list[OilAnswer]) -> str:
    """One sanction: revenue, world price, discount, who pumps more."""
    solved = [item.outcome for item in items if item.outcome is not None]
    if not solved:
        return sentence(
            f"{label}: no equilibrium, {words.named(items[0].failure, reading.economy)}"
        )
    parts = [
        f"revenue {_each(solved, lambda o: o.revenue[1] - o.revenue[0])} USD bn a month",
        f"world price {_each(solved, lambda o: o.world_price_percent)}{SPACE}%",
    ]
    if all(math.isfinite(o.discount[1]) for o in solved):
        parts.append(f"discount USD {_each(solved, lambda o: o.discount[1], False)} a barrel")
    last = solved[-1]
    more = absorbed_words(last, reading.economy, LEAST) if last.adds_up else ""
    parts += [f"more output {words.when(last.horizon)}: {more}"] if more else []
    return sentence(f"{label}: {'; '.join(parts)}")


def _each(
    solved: Sequence[OilOutcome], number: Callable[[OilOutcome], float], signed: bool = True
) -> str:
    """A number by horizon; once where all horizons read the same."""
    values = [words.number(number(outcome), signed) for outcome in solved]
    return values[0] if len(set(values)) == 1 else words.listing(values)


def _spread(items: list[OilAnswer]) -> str:
    """The range of the change of revenue."""
    changes = [item.outcome.revenue[1] - item.outcome.revenue[0] for item in items if item.outcome]
    if not changes:
        return "none"
    ends = dict.fromkeys(words.number(value, True) for value in (min(changes), max(changes)))
    return f"revenue {' to '.join(ends)} USD bn a month"


def _revenue(value: float) -> str:
    return f"USD{SPACE}{words.number(value)}{SPACE}bn"


def _mbd(value: float) -> str:
    return f"{words.number(value)}{SPACE}mb/d"


def _assumptions(answers: Sequence[OilAnswer], first: OilOutcome) -> str:
    """What the owners of idle capacity do, and the basis of prices."""
    regimes = dict.fromkeys(OPEC.get(a.scenario.opec, a.scenario.opec) for a in answers)
    return sentence(
        f"prices {first.basis}; {', or '.join(regimes)}, as each line says; supply elasticities of "
        "crude are priors; crude and gas share one sector"
    )


def _source(reading: Reading, first: OilOutcome) -> str:
    """The table, and the producer of the benchmark price."""
    market = reading.economy.markets.get(first.good)
    prices = f"; price: {market.benchmark.source}" if market is not None else ""
    return f"{built_from(reading)}{prices}"
