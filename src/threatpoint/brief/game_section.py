"""Would they give in: the break-even beliefs of the targets.

The numbers are read from the worlds that the game has solved; nothing is solved here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts
from threatpoint.brief.provenance import baseline
from threatpoint.brief.section import Section
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES
from threatpoint.strategy.results import target_rows
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
UNIT = "USD bn"
GAME_TERMS = [
    "To defy is to go on buying; to comply, or give in, is to stop. The bite K is what a country "
    "loses in real income if it defies and is punished instead of spared. The cost of complying L "
    "is what it loses if it stops buying. The break-even belief p* = L / K is the probability of "
    "punishment from which giving in is the smaller loss. Above 100 % it never gives in, at 0 % or "
    "below it stops anyway. In all three the other targets defy and are spared; a range shows the "
    "smallest and largest p* over everything they may do instead."
]


DEMAND_TERMS = [
    "The demand is no trade, so what complying costs a target, L, is a figure of the situation, "
    "not of the model. The bite K is what a country loses in real income if it defies and is "
    "punished instead of spared. The break-even belief p* = L / K is the probability of punishment "
    "from which giving in is the smaller loss. Above 100 % it never gives in, at 0 % or below it "
    "complies anyway. The other targets defy and are spared; a range shows the smallest and "
    "largest p* over everything they may do instead."
]


def giving_in(
    reading: Reading, games: Mapping[str, ThreatGame], failures: Mapping[str, str] | None = None
) -> Section | None:
    """p* per target and horizon; None without games.

    Args:
        reading: names and roles.
        games: horizon -> the threat as a game, solved at it.
        failures: horizon -> why there is no game.
    """
    rows = answer_rows(reading, games)
    if not rows:
        return None
    return Section(
        "giving-in",
        _belief_title(reading, rows),
        [
            *_terms(rows),
            *_outcome(reading, games),
            *(f"No game {words.when(h)}: {why}." for h, why in (failures or {}).items()),
        ],
        figures=_belief_figures(reading, rows),
        tables=(_belief_table(rows), *_retaliation_tables(rows)),
    )


def _terms(rows: Sequence[Row]) -> list[str]:
    """The words of the section; what is lacking where nobody says what complying costs."""
    bought = "buys_usd_bn" in rows[0]
    terms = list(GAME_TERMS if bought else DEMAND_TERMS)
    lacking = list(dict.fromkeys(row["place"] for row in rows if row["lacks"]))
    if lacking:
        terms.append(
            f"Nobody says what complying costs {words.listing(lacking)}, so there is no break-even "
            "belief. Whatever it is, a target that is sure of punishment gives in if complying "
            "costs it less than the bite K."
        )
    return terms


def answer_rows(reading: Reading, games: Mapping[str, ThreatGame]) -> list[Row]:
    """`target_rows` of every horizon, short first, with names and words for the page."""
    rows: list[Row] = [
        row | {"place": reading.place(row["target"])}
        for h in words.ordered(games)
        for row in target_rows(games[h], thresholds=False)
    ]
    for row in rows:
        lacks = f"lacks {row['lacks']}" if row["lacks"] else ""
        row["belief_words"] = lacks or words.belief(row["break_even_belief"])
        row["back_words"] = lacks or words.belief(
            row.get("break_even_belief_with_retaliation", math.nan)
        )
        row["span_words"] = words.belief_span(row["break_even_low"], row["break_even_high"])
        row["horizon_words"] = words.horizon(row["horizon"])
    return rows


def _belief_title(reading: Reading, rows: Sequence[Row]) -> str:
    """Each target's p* at the last horizon."""
    last = [row for row in rows if row["horizon"] == rows[-1]["horizon"]]
    last = [row for row in last if not math.isnan(row["break_even_belief"])]
    if not last and any(row["lacks"] for row in rows):
        return _bites(rows)
    if not last:
        return "Whether the targets would give in has no answer: no equilibrium"
    numbers = [row for row in last if 0 < row["break_even_belief"] <= 1]
    parts = [f"{row['place']} above {row['belief_words']}" for row in numbers[:5]]
    who = f"gives in if it thinks punishment likely enough: {words.listing(parts)}"
    never = [row["place"] for row in last if row["break_even_belief"] > 1]
    anyway = [row["place"] for row in last if row["break_even_belief"] <= 0]
    text = f"each {who}" if parts else ""
    text += f"; {words.listing(never)} never" if never else ""
    text += f"; {words.listing(anyway)} anyway" if anyway else ""
    when = words.when(rows[-1]["horizon"])
    return words.capital(f"{text.removeprefix('; ')} ({when})")


def _bites(rows: Sequence[Row]) -> str:
    """What is at stake for each target where the cost of complying is lacking."""
    last = [row for row in rows if row["horizon"] == rows[-1]["horizon"]]
    parts = [f"{row['place']} {words.money(row['bite_usd_bn'], UNIT)}" for row in last[:5]]
    when = words.when(rows[-1]["horizon"])
    return words.capital(
        f"who gives in depends on what complying costs, which nobody says; punishment costs "
        f"{words.listing(parts)} a year ({when})"
    )


def _belief_figures(reading: Reading, rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The chart of beliefs, where there is any."""
    known = [row for row in rows if not math.isnan(row["break_even_belief"])]
    return (_belief_figure(reading, rows),) if known else ()


def _belief_figure(reading: Reading, rows: Sequence[Row]) -> Figure:
    horizons = list(dict.fromkeys(row["horizon"] for row in rows))
    each = "; ".join(
        f"{row['name']}, {row['horizon_words']}: {row['belief_words']} (range {row['span_words']})"
        for row in rows
    )
    drawn = belief_rows(rows, horizons)
    known = [row for row in rows if not math.isnan(row["break_even_belief"])]
    some = [row for row in known if row["horizon"] == known[-1]["horizon"]]
    first, last = (f(some, key=lambda row: row["break_even_belief"]) for f in (min, max))
    title = (
        f"{first['place']} needs the least conviction, {first['belief_words']}; {last['place']} "
        f"the most, {last['belief_words']} ({words.when(some[-1]['horizon'])})"
    )
    return charts.figure(
        "fig-beliefs",
        words.capital(title),
        "Break-even belief p*: giving in is the smaller loss if punishment is at least this "
        f"likely, %; bar: range over what other targets may do; {words.numbers_are(horizons)}",
        f"computed from {baseline(reading)}",
        lambda width: charts.beliefs(drawn, width),
        each,
        charts.shades({name: words.horizon(name) for name in horizons}),
    )


def belief_rows(rows: Sequence[Row], horizons: Sequence[str]) -> list[Row]:
    """Beliefs by target and horizon; the smallest at the last horizon first, unknown ones last."""
    last = {row["name"]: row["break_even_belief"] for row in rows}
    labels = {name: _beliefs(rows, name, horizons) for name in last}
    drawn = [
        {"name": row["name"], "role": "target", "horizon": row["horizon"]}
        | {"value": row["break_even_belief"], "label": labels[row["name"]]}
        | {"low": row["break_even_low"], "high": row["break_even_high"]}
        for row in rows
    ]
    return sorted(drawn, key=lambda row: (math.isnan(last[row["name"]]), last[row["name"]]))


def _beliefs(rows: Sequence[Row], name: str, horizons: Sequence[str]) -> str:
    """'22 · 28 · 34 %'."""
    found = {row["horizon"]: row["break_even_belief"] for row in rows if row["name"] == name}
    texts = [words.belief(found.get(h, math.nan)) for h in horizons]
    unit = f"{words.SPACE}%"
    last = max((n for n, text in enumerate(texts) if text.endswith(unit)), default=-1)
    short = [text if n == last else text.removesuffix(unit) for n, text in enumerate(texts)]
    return " · ".join(short)


FATES = {
    COMPLY: ("gives in", "give in"),
    DEFY: ("defies and is spared", "defy and are spared"),
    PUNISHED: ("defies and is punished", "defy and are punished"),
    RETALIATES: ("is punished and retaliates", "are punished and retaliate"),
}
"""For one target, for several."""


def _outcome(reading: Reading, games: Mapping[str, ThreatGame]) -> list[str]:
    """What the game of the last horizon leads to, in one sentence."""
    horizon = words.ordered(games)[-1]
    threat = games[horizon]
    if threat.game.unpriced:
        return []
    found = threat.equilibria()
    profiles = list(dict.fromkeys(e.profile for e in found.found))
    where = words.when(horizon)
    if not profiles:
        return [f"The game has no equilibrium in pure strategies {where}: {found.status}."]
    each = [_fates(reading, threat.game.targets, profile) for profile in profiles[:3]]
    more = f"; and {words.count(len(profiles) - 3, 'other')}" if len(profiles) > 3 else ""
    return [
        f"Where each side does what is best for its income and expects the others to do so (the "
        f"{found.found[0].concept}), {where} {'; or '.join(each)}{more}."
    ]


def _fates(reading: Reading, targets: Sequence[str], profile: str) -> str:
    """'China and India defy and are spared, Brazil gives in'."""
    pairs = list(zip((reading.place(target) for target in targets), profile, strict=True))
    parts: list[str] = []
    for fate in dict.fromkeys(profile):
        names = [name for name, own in pairs if own == fate]
        parts.append(f"{words.listing(names)} {FATES[fate][len(names) > 1]}")
    return ", ".join(parts)


def _belief_table(rows: Sequence[Row]) -> Table:
    bought = "buys_usd_bn" in rows[0]
    columns = (
        Column("name", "Target"),
        Column("target", "Code", shown=False),
        Column("horizon", "Horizon", "horizon"),
        *([Column("buys_usd_bn", "Buys", "money")] if bought else []),
        Column("bite_usd_bn", "Bite K", "money"),
        Column("bite_percent", "K", "percent"),
        Column("compliance_cost_usd_bn", "Cost L", "money"),
        Column("compliance_cost_percent", "L", "percent"),
        Column("belief_words", "Gives in from p*", "figure", filed=False),
        Column("span_words", "Range of p*", "figure", filed=False),
        Column("break_even_belief", "p*", "number", shown=False),
        Column("break_even_low", "p* low", "number", shown=False),
        Column("break_even_high", "p* high", "number", shown=False),
        Column("break_even_phi_usd_bn", "Break-even phi", "money", shown=False),
        Column("status", "Status", shown=False),
    )
    return Table(
        "giving-in",
        "What each target loses by defying and by complying, and the break-even belief, by horizon",
        columns,
        tuple(rows),
        UNIT,
        "Money a year; percent is of baseline real income. "
        + ("Buys: purchases of the goods that the threat is about, a year. " if bought else "")
        + "Every figure leaves out what a government values beside income.",
    )


def _retaliation_tables(rows: Sequence[Row]) -> list[Table]:
    """The same if the punished hit back, where a retaliation is stated."""
    if "bite_with_retaliation_usd_bn" not in rows[0]:
        return []
    columns = (
        Column("name", "Target"),
        Column("target", "Code", shown=False),
        Column("horizon", "Horizon", "horizon"),
        Column("bite_with_retaliation_usd_bn", "Bite K", "money"),
        Column("back_words", "Gives in from p*", "figure", filed=False),
        Column("break_even_belief_with_retaliation", "p*", "number", shown=False),
        Column("gain_of_retaliation_usd_bn", "Gain of hitting back", "signed money"),
        Column("credibility_with_retaliation_usd_bn", "Credibility Γ", "signed money"),
        Column("price_with_retaliation_usd_bn", "Price", "money"),
        Column("price_with_all_retaliating_usd_bn", "Price, all hit back", "money"),
    )
    note = (
        "The last stage of the game: who is punished hits back as the situation states, or not. "
        "The gain is in its real income, against not hitting back; above 0 it pays. Credibility "
        "and its price are the sender's, see the sender's bill."
    )
    caption = "The same if the punished hit back, by target and horizon, money a year"
    return [Table("retaliation", caption, columns, tuple(rows), UNIT, note)]
