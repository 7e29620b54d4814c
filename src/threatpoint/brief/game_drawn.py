"""The rows of the main threat's game at the horizon of the page, as the draws have them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.games import tariffs
from threatpoint.analysis.measures import BITE, COST, GAIN, NEEDED
from threatpoint.strategy.game import COMPLY, PUNISHED, RETALIATES
from threatpoint.strategy.options import ALL_BACK, CARRIED_OUT, WORKS

if TYPE_CHECKING:
    from threatpoint.analysis.chain.figures import Figures
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
LETTERS = {WORKS: COMPLY, CARRIED_OUT: PUNISHED, ALL_BACK: RETALIATES}
"""Option of the sender that is drawn -> what all targets then do or suffer."""
ANSWERED = "_with_retaliation"
"""In the keys of what is after the stated answer."""


def drawn_target(reading: Reading, row: Row) -> dict[str, Any]:
    """The columns of `target_rows` that are drawn: medians; the range and driver of the belief.

    Empty at another horizon, and where trade was not drawn. What is drawn is after the stated
    answer, where one is stated.
    """
    figures = _figures(reading, row)
    if figures is None:
        return {}
    name, target = reading.analysis.situation.main, row["target"]
    found = {m: figures.of_target(name, target, m) for m in (NEEDED, GAIN, BITE, COST)}
    needed, gain, bite, cost = (found[measure] for measure in (NEEDED, GAIN, BITE, COST))
    if needed is None or gain is None or bite is None or cost is None:
        return {}
    back = ANSWERED if f"bite{ANSWERED}_usd_bn" in row else ""
    values = figures.drawn(name, target, NEEDED)
    return {
        f"bite{back}_usd_bn": bite.value,
        "compliance_cost_usd_bn": cost.value,
        "compliance_cost_percent": _scaled(row, "compliance_cost", cost.value),
        f"break_even_belief{back}": needed.value,
        f"credibility{back}_usd_bn": gain.value,
        f"price{back or '_of_credibility'}_usd_bn": max(0.0, -gain.value),
        **({} if back else {"bite_percent": _scaled(row, "bite", bite.value)}),
        **({} if back else {"gives_in": words.gives_in(needed.value)}),
        "belief_low": needed.low,
        "belief_high": needed.high,
        "driver": "" if values is None else figures.carries(values),
    }


def drawn_option(reading: Reading, row: Row, targets: Sequence[str]) -> dict[str, Any]:
    """The money of `option_rows` that is drawn: medians, and the range of the sender's.

    Empty as `drawn_target` is, and for an option that is not drawn.
    """
    figures = _figures(reading, row)
    name, letter = _does(reading, row["option"])
    own = figures.sender(name, letter) if figures else None
    if figures is None or own is None:
        return {}
    percent = figures.sender_percent(name, letter)
    others = {target: figures.others(name, letter, (target,)) for target in targets}
    return {
        "sender_usd_bn": own.value,
        "sender_percent": row["sender_percent"] if math.isnan(percent) else percent,
        "sender_utility_usd_bn": row["sender_utility_usd_bn"] + own.value - row["sender_usd_bn"],
        **{f"{target}_usd_bn": other.value for target, other in others.items() if other},
        "sender_low": own.low,
        "sender_high": own.high,
    }


def _does(reading: Reading, option: str) -> tuple[str, str]:
    """The threat whose draws an option is, and what all targets then do or suffer; "" if none."""
    situation = reading.analysis.situation
    if option in LETTERS:
        return situation.main, LETTERS[option]
    rule = tariffs(situation).get(option)
    same = [n for n, r in situation.threats.items() if rule and r.templates == rule.templates]
    return (same[0] if same else ""), PUNISHED


def _figures(reading: Reading, row: Row) -> Figures | None:
    own = row["horizon"] == reading.analysis.horizon
    return reading.figures if own and reading.has_ranges else None


def _scaled(row: Row, stem: str, value: float) -> float:
    """Percent of the same income as in the row."""
    money = row[f"{stem}_usd_bn"]
    return row[f"{stem}_percent"] * value / money if money else row[f"{stem}_percent"]
