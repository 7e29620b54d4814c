"""Answers of the threat game: who gives in at what belief, and the sender's options."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.provenance import built_from
from threatpoint.brief.row_answers.common import Answer, of_row
from threatpoint.brief.row_answers.threat import money, named_targets
from threatpoint.strategy.game import COMPLY
from threatpoint.strategy.options import ALL_BACK, option_rows
from threatpoint.strategy.results import target_rows
from threatpoint.words import SPACE, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
ByHorizon = dict[str, list[dict[str, Any]]]
OPTIONS = {
    "no threat": "no threat",
    "threat works: all comply": "the threat works and all comply",
    "carry out on all": "carry it out on all who defy",
    ALL_BACK: "carry it out on all who defy, and all hit back",
    "back down on all": "threaten and back down",
}
"""Option of the game -> words of the page; others are settled for and keep their words."""


def yielding(reading: Reading, row: Any) -> Answer | None:
    """Who gives in, at what belief; is the threat believed; what would make it so."""
    if not reading.analysis.games:
        return _no_game(reading)
    found = target_tables(reading)
    text = (
        f"{named_targets(reading, row.words)} A target gives in if it thinks the threat at least "
        f"so likely to be carried out (break-even belief; {_order(found)}): {beliefs(reading)}. "
        f"{believed(reading)} {_equilibria(reading)}"
    )
    return {
        "answer": text.strip(),
        "range": _belief_ranges(reading, found),
        "assumptions": "Real income in money only: no value of the oil to its buyer, no rally, no "
        "cost of backing down is assumed. Who is a target: thresholds of the rule (priors).",
        "source": f"threat game on {built_from(reading)}",
    }


def _no_game(reading: Reading) -> Answer | None:
    """The reason why no horizon has a game, if one was tried."""
    failures = reading.analysis.threat.failures
    if not failures:
        return None
    reason = words.named(next(iter(failures.values())), reading.economy)
    return {
        "answer": sentence(f"no game was solved: {reason}"),
        "range": "none without a game",
        "assumptions": words.DASH,
        "source": built_from(reading),
    }


def target_tables(reading: Reading) -> ByHorizon:
    """Horizon -> one row a target, without thresholds."""
    games = reading.analysis.games
    return {name: target_rows(game, thresholds=False) for name, game in games.items()}


def beliefs(reading: Reading) -> str:
    """'China 6.5, 7.1 and 8.6 %; India …': break-even beliefs by horizon."""
    found = _by_target(target_tables(reading))
    return "; ".join(f"{reading.name(target)} {_levels(rows)}" for target, rows in found.items())


def _levels(rows: list[Row]) -> str:
    if rows[0]["lacks"]:
        bites = words.listing([words.number(row["bite_usd_bn"]) for row in rows])
        return (
            f"lacks what complying costs (it gives in if that is less than the belief times "
            f"USD{SPACE}{bites}{SPACE}bn a year)"
        )
    return words.beliefs([row["break_even_belief"] for row in rows])


def _by_target(found: ByHorizon) -> dict[str, list[Row]]:
    """Target -> its rows, one a horizon."""
    tables: dict[str, list[Row]] = {}
    for rows in found.values():
        for row in rows:
            tables.setdefault(row["target"], []).append(row)
    return tables


def _order(found: Mapping[str, Any]) -> str:
    """Which number is which."""
    return words.listing([words.horizon(name) for name in found])


def believed(reading: Reading) -> str:
    """Is the threat credible against each target, and what would make it so."""
    found = _by_target(target_tables(reading))
    always = [t for t, rows in found.items() if all(r["credibility_usd_bn"] >= 0 for r in rows)]
    never = [t for t, rows in found.items() if all(r["credibility_usd_bn"] < 0 for r in rows)]
    if len(never) < len(found):
        who = words.listing([reading.place(t) for t in always]) or "some targets at some horizons"
        return sentence(f"the threat is credible against {who}")
    prices = "; ".join(
        f"for {reading.place(target)} "
        + words.listing([words.number(r["price_of_credibility_usd_bn"]) for r in rows])
        for target, rows in found.items()
    )
    return (
        "The threat is not credible against any target: to punish one costs the sender more "
        f"than to spare it. To be believed, backing down would have to cost it (USD bn a year): "
        f"{prices}."
    )


def _equilibria(reading: Reading) -> str:
    """What the equilibria of the game say, by horizon."""
    yields = []
    for name, game in reading.analysis.games.items():
        after = game.equilibria().after_threat
        if any(COMPLY in outcome.profile for outcome in after):
            yields.append(words.when(name))
    if not yields:
        return "At no horizon does a target give in in equilibrium."
    return sentence(f"in an equilibrium some target gives in {words.listing(yields)}")


def _belief_ranges(reading: Reading, found: ByHorizon) -> str:
    """Over horizons and everything the other targets may do."""
    parts = []
    for target, rows in _by_target(found).items():
        low = min((r["break_even_low"] for r in rows), default=math.nan)
        high = max((r["break_even_high"] for r in rows), default=math.nan)
        parts.append(f"{reading.name(target)} {words.belief_span(low, high)}")
    return f"over horizons and what the other targets do: {'; '.join(parts)}"


# -- the sender's options --------------------------------------------------------------------


def options(reading: Reading, row: Any) -> Answer | None:
    """The sender's options side by side, with the cost of each."""
    games = reading.analysis.games
    if not games:
        return _no_game(reading)
    tables = option_tables(reading)
    sender = reading.place(next(iter(games.values())).game.sender)
    parts = [f"{words_of}: {_amounts(rows)}" for words_of, rows in tables.items()]
    text = (
        f"what each option does to the real income of {sender}, a year ({_order(games)}), "
        f"if the targets defy: {'; '.join(parts)}. {_seller(reading, tables)} {_word(reading)}"
    )
    return {
        "answer": sentence(text),
        "range": "; ".join(f"{name} {_spread(rows)}" for name, rows in tables.items())
        + ", over horizons",
        "assumptions": "Real income in money only; what peace, or the sender's word, is worth to "
        "it is not counted. All targets together, deficits as in the main case.",
        "source": f"threat game on {built_from(reading)}",
    }


def _word(reading: Reading) -> str:
    """What backing down leaves out."""
    row = of_row(reading, "yielding")
    price = f"; the price of credibility{row} is what that would have to be" if row else ""
    return sentence(f"backing down costs nothing here but what the sender's word is worth{price}")


def option_tables(reading: Reading) -> dict[str, list[Row]]:
    """Option in words -> its rows, one a horizon."""
    tables: dict[str, list[Row]] = {}
    for name, game in reading.analysis.games.items():
        for row in option_rows(game, dict(reading.analysis.threat.settled.get(name, {}))):
            words_of = OPTIONS.get(row["option"], f"settle for \u201c{row['option']}\u201d")
            tables.setdefault(words_of, []).append(row)
    return tables


def _amounts(rows: list[Row]) -> str:
    values = [money(row["sender_usd_bn"]) if not _missing(row) else "no answer" for row in rows]
    return values[0] if len(set(values)) == 1 else words.listing(values)


def _missing(row: Row) -> bool:
    return not math.isfinite(row["sender_usd_bn"])


def _spread(rows: list[Row]) -> str:
    values = [row["sender_usd_bn"] for row in rows if not _missing(row)]
    if not values:
        return "no answer"
    ends = dict.fromkeys((money(min(values)), money(max(values))))
    return " to ".join(ends)


def _seller(reading: Reading, tables: Mapping[str, list[Row]]) -> str:
    """What the two ends of the threat take from the seller's sales abroad."""
    parts: list[str] = []
    for words_of in (OPTIONS["carry out on all"], OPTIONS["threat works: all comply"]):
        rows = tables.get(words_of, [])
        changes = [row.get("seller_revenue_usd_bn", math.nan) for row in rows]
        changes = [value for value in changes if math.isfinite(value)]
        if changes:
            parts.append(f"{_taken(changes)} where {_case(words_of)}")
    action = reading.analysis.situation.policy.when
    if action is None or not parts:
        return ""
    goods, seller = (
        words.listing(list(action.goods)),
        words.listing([reading.place(code) for code in action.seller]),
    )
    return sentence(
        f"sales abroad by {seller} in the sectors that hold {goods}, over horizons: "
        f"{'; '.join(parts)}"
    )


def _case(words_of: str) -> str:
    return "it is carried out" if words_of == OPTIONS["carry out on all"] else "all comply"


def _taken(changes: list[float]) -> str:
    """The change over horizons, a loss below 0."""
    ends = dict.fromkeys((money(min(changes)), money(max(changes))))
    return f"{' to '.join(ends)} a year"
