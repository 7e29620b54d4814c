"""Is the threat believed: the sender's bill, the price of credibility, and the payoffs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.game_section import UNIT, answer_rows
from threatpoint.brief.section import Section
from threatpoint.strategy.game import WORDS
from threatpoint.strategy.results import bill_rows, matrix_rows, option_rows, term_rows
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
Settled = Mapping[str, "Mapping[str, World]"]
BILL_TERMS = [
    "The threat is credible if the sender is no worse off when it punishes a defier than when it "
    "spares it. Credibility Γ is its real income if it punishes this defier, less if it spares it. "
    "Where Γ is below 0, the price of credibility is what backing down would have to cost the "
    "sender, in votes or standing, for the threat to be believed (an audience cost; Fearon 1994)."
]


def senders_bill(
    reading: Reading, games: Mapping[str, ThreatGame], settled: Settled | None = None
) -> Section | None:
    """What each option costs the sender, and the price of credibility; None without games.

    Args:
        reading: names.
        games: horizon -> the threat as a game, solved at it.
        settled: horizon -> words -> world of a smaller punishment of all targets.
    """
    rows = answer_rows(reading, games)
    if not rows:
        return None
    threats = [games[h] for h in words.ordered(games)]
    tables = [_option_table(reading, threats, settled or {}), _price_table(rows)]
    tables += _member_tables(reading, threats)
    tables += _matrix_tables(reading, threats[-1])
    return Section(
        "bill",
        _bill_title(reading, threats, rows),
        [*BILL_TERMS, *_priors(threats[-1])],
        tables=tables,
    )


def _bill_title(reading: Reading, threats: Sequence[ThreatGame], rows: Sequence[Row]) -> str:
    """What carrying it out costs, and the dearest price of credibility, at the last horizon."""
    threat = threats[-1]
    sender = reading.place(threat.game.sender)
    out = next(row for row in option_rows(threat) if row["option"].startswith("carry out"))
    when = words.when(threat.question.horizon)
    change = out["sender_usd_bn"]
    if math.isnan(change):
        return words.capital(f"carrying it out has no equilibrium {when}")
    verb = "costs" if change < 0 else "brings"
    text = f"carrying it out on all {verb} {sender} {_usd(abs(change))} a year {when}"
    last = [row for row in rows if row["horizon"] == rows[-1]["horizon"]]
    priced = [row for row in last if row["price_of_credibility_usd_bn"] > 0]
    if not priced:
        return words.capital(f"{text}; the threat is credible against every target")
    dear = max(priced, key=lambda row: row["price_of_credibility_usd_bn"])
    price = _usd(dear["price_of_credibility_usd_bn"])
    return words.capital(
        f"{text}; to be believed by {dear['place']}, backing down would have to cost it {price}"
    )


def _usd(value: float) -> str:
    return words.money(value, UNIT)


def _options(threats: Sequence[ThreatGame], settled: Settled) -> list[Row]:
    """`option_rows` by option and horizon.

    No threat and backing down leave all incomes where they are, at every horizon: one row for both.
    """
    found = [
        _spoken(row)
        for threat in threats
        for row in option_rows(threat, settled.get(threat.question.horizon))
        if row["option"] != "back down on all"
        and (row["option"] != "no threat" or threat is threats[0])
    ]
    order = {row["option"]: n for n, row in enumerate(found[::-1])}
    return sorted(found, key=lambda row: -order[row["option"]])


def _option_table(reading: Reading, threats: Sequence[ThreatGame], settled: Settled) -> Table:
    """The options side by side, all targets defying."""
    rows = _options(threats, settled)
    targets = threats[-1].game.targets
    sender = reading.name(threats[-1].game.sender)
    seller = threats[-1].question.action is not None
    each = (Column(f"{t}_usd_bn", reading.name(t), "signed money") for t in targets)
    columns = (
        Column("option", "If the targets defy"),
        Column("horizon", "Horizon", "horizon"),
        Column("sender_usd_bn", sender, "signed money"),
        Column("sender_percent", sender, "signed percent"),
        *each,
        *([Column("seller_revenue_usd_bn", "Seller's revenue", "signed money")] if seller else []),
        Column("status", "Status", shown=False),
    )
    return Table(
        "options",
        "The sender's bill: change in real income a year by option and horizon",
        columns,
        tuple(rows),
        UNIT,
        "Backing down differs from no threat by what it costs in standing, which is a prior and "
        "not counted here."
        + (
            " The seller's revenue is that from the goods that the threat is about."
            if seller
            else ""
        ),
    )


def _member_tables(reading: Reading, threats: Sequence[ThreatGame]) -> list[Table]:
    """What each of several senders gains or loses, and all together."""
    rows = [row for threat in threats for row in bill_rows(threat)]
    if not rows:
        return []
    together = [row for row in rows if row["member"] == "together"]
    each = [row for row in rows if row["member"] != "together"]
    named = [
        row
        | {
            "name": "All senders together"
            if row["member"] == "together"
            else reading.name(row["member"])
        }
        for row in (*together, *each)
    ]
    kinds = [("carried_out", "Carried out"), ("all_retaliate", "All hit back")]
    kinds = [kind for kind in kinds if f"{kind[0]}_usd_bn" in rows[0]]
    columns = (
        Column("name", "Sender"),
        Column("member", "Code", shown=False),
        Column("horizon", "Horizon", "horizon"),
        *(Column(f"{key}_usd_bn", label, "signed money") for key, label in kinds),
        *(Column(f"{key}_percent", label, "signed percent") for key, label in kinds),
        Column("all_comply_usd_bn", "All comply", "signed money"),
    )
    return [
        Table(
            "senders",
            "What each sender gains or loses by option and horizon, change in real income a year",
            columns,
            tuple(named),
            UNIT,
            "Carried out on all targets. The payoff of the senders is the sum.",
            lead=max(12, len(together)) if len(named) > 12 else 0,
            fold="All senders",
        )
    ]


def _spoken(row: Row) -> Row:
    """With a capital letter, and without the rounding errors of the solver around 0."""
    exact = {key: 0.0 for key, value in row.items() if _nothing(value)}
    if row["option"] == "no threat":
        exact |= {"option": "no threat, or back down on all", "horizon": "any"}
    row = row | exact
    return row | {"option": words.capital(row["option"])}


def _nothing(value: Any) -> bool:
    """A change below a hundred thousandth of a unit."""
    return isinstance(value, float) and abs(value) < 1e-5


def _price_table(rows: Sequence[Row]) -> Table:
    columns = (
        Column("name", "To be believed by"),
        Column("target", "Code", shown=False),
        Column("horizon", "Horizon", "horizon"),
        Column("credibility_usd_bn", "Credibility Γ", "signed money"),
        Column("price_of_credibility_usd_bn", "Price", "money"),
        Column("price_with_all_punished_usd_bn", "Price, all punished", "money"),
        Column("safety_in_numbers_usd_bn", "Safety in numbers", "signed money"),
    )
    return Table(
        "credibility",
        "What it would take for the threat to be believed, by target and horizon, money a year",
        columns,
        tuple(rows),
        UNIT,
        "Safety in numbers: Γ when all others are punished, less Γ when all are spared; below 0 it "
        "costs the sender more to punish one more, the more are punished.",
    )


def _matrix_tables(reading: Reading, threat: ThreatGame) -> list[Table]:
    """Payoffs of the two largest targets: rows the first's fate, columns the second's."""
    rows = matrix_rows(threat)
    if not rows:
        return []
    first, second = threat.game.targets[:2]
    who = [("sender", threat.game.sender), (first, first), (second, second)]
    names = [reading.name(code) for _, code in who]
    fates = threat.game.letters
    cells = [
        {"fate": f"{names[1]} {WORDS[mine]}"}
        | {row[second]: _payoffs(row, who) for row in rows if row[first] == mine}
        for mine in fates
    ]
    columns = [Column(letter, f"{names[2]} {WORDS[letter]}", "short") for letter in fates]
    return [
        Table(
            "payoffs",
            f"Payoffs of {' / '.join(names)}, USD bn a year, {words.when(threat.question.horizon)}"
            "; the other targets defy and are spared",
            (Column("fate", "If"), *columns),
            tuple(cells),
            note="A payoff is the change in real income from the baseline"
            + (", with the priors named above." if _valued(threat) else "."),
        )
    ]


def _payoffs(row: Mapping[str, Any], who: Sequence[tuple[str, str]]) -> str:
    """'−164 / −102 / −0.5'."""
    values = [row[f"{key}_usd_bn"] for key, _ in who]
    return f"{words.SPACE}/ ".join(words.number(value, True) for value in values)


def _valued(threat: ThreatGame) -> list[Row]:
    """Political terms that are not 0."""
    return [row for row in term_rows(threat) if row["value"]]


def _priors(threat: ThreatGame) -> list[str]:
    """The political terms that are not left out, marked as priors."""
    found = _valued(threat)
    if not found:
        return [
            "Political values are set to 0 in every number below: what backing down costs the "
            "sender (kappa), what a target's government values in the purchases beyond income "
            "(phi), and what it gains by standing up to a punishment (psi). Nobody has measured "
            "them; the price of credibility and the break-even values say how large they must be."
        ]
    return [
        "Priors, that is choices nobody has measured: "
        + "; ".join(
            f"{row['term']} = {row['value']:g} ({row['low']:g} to {row['high']:g}) {row['unit']}, "
            f"{row['party']}"
            for row in found
        )
        + "."
    ]
