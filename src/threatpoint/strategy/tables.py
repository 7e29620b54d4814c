"""Tables of a threat game, each declared once for page, terminal and files.

Rows come from `results`; money is USD bn a year, percent is of baseline real income.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.equilibrium.tables import CHANGE
from threatpoint.strategy.game import WORDS
from threatpoint.strategy.options import BACK_DOWN, NO_THREAT, bill_rows, matrix_rows
from threatpoint.strategy.results import term_rows
from threatpoint.tables import Column, Table, columns

if TYPE_CHECKING:
    from threatpoint.strategy.threat import ThreatGame

Row = Mapping[str, Any]
Name = Callable[[str], str]
UNIT = "USD bn"
NOTHING = 1e-5
"""A smaller change, USD bn, is the solver's rounding."""
MONEY = "signed money"


def giving_in(rows: Sequence[Row]) -> Table:
    """What each target loses by defying and by complying, and from which belief it gives in."""
    bought = ["buys_usd_bn"] if "buys_usd_bn" in rows[0] else []
    tariff = any("minimal_tariff_words" in row for row in rows)
    return Table(
        "giving-in",
        "What each target loses if punished and if it gives in, and from which belief it gives in",
        columns(
            "giving-in", "name", "-target", "horizon", *bought, "bite_usd_bn", "bite_percent",
            "compliance_cost_usd_bn", "compliance_cost_percent", "break_even_belief", "break_even",
            *(["minimal_tariff_words"] if tariff else []), "-break_even_phi_usd_bn", "-status",
            break_even_belief=_belief("break_even_belief"),
            minimal_tariff_words=_least_tariff,
        ),
        rows,
        UNIT,
        deciding=(
            *("horizon", "break_even_belief", "bite_usd_bn", "compliance_cost_usd_bn"),
            "break_even",
        ),
        note="Money a year; percent is of baseline real income. "
        + ("Buys: purchases of the goods that the threat is about, a year. " if bought else "")
        + "Every figure leaves out what a government values beside income.",
    )  # fmt: skip


def complying(rows: Sequence[Row], name: Name) -> Table | None:
    """What giving in costs alone and with others giving in; None for one target.

    What refusing reveals: the political value of what is bought at which a target that is sure of
    the punishment is indifferent. One that refuses values it more, or does not believe.
    """
    if not any(row["with_target"] for row in rows):
        return None
    return Table(
        "complying",
        "What giving in costs alone and with the largest other target, and what a refusal reveals, "
        "money a year",
        columns(
            "complying", "name", "-target", "horizon", "compliance_cost_usd_bn",
            "break_even_belief", "with_target", "compliance_cost_with_largest_usd_bn",
            "belief_with_largest", "break_even_phi_usd_bn", "-compliance_cost_with_all_usd_bn",
            "-belief_with_all",
            break_even_belief=_belief("break_even_belief"),
            belief_with_largest=_belief("belief_with_largest"),
            with_target=lambda row: name(row["with_target"]),
        ),
        rows,
        UNIT,
        "With: the largest other target gives in too. A refusal reveals that what is bought is "
        "worth so much more a year to the government than its money value, or that it does not "
        "believe the threat; below 0 refusing pays in money alone.",
        deciding=("horizon", "compliance_cost_usd_bn", "compliance_cost_with_largest_usd_bn"),
    )  # fmt: skip


def retaliation(rows: Sequence[Row]) -> Table | None:
    """The same if the punished hit back; None where no retaliation is stated."""
    if "bite_with_retaliation_usd_bn" not in rows[0]:
        return None
    belief = "break_even_belief_with_retaliation"
    return Table(
        "retaliation",
        "The same if the punished hit back, by target and horizon, money a year",
        columns(
            "giving-in", "name", "-target", "horizon", "bite_with_retaliation_usd_bn", belief,
            "gain_of_retaliation_usd_bn", "credibility_with_retaliation_usd_bn",
            "price_with_retaliation_usd_bn", "price_with_all_retaliating_usd_bn",
            **{belief: _belief(belief)},
        ),
        rows,
        UNIT,
        "The last stage of the game: who is punished hits back as the situation states, or not. "
        "The gain is in its real income, against not hitting back; above 0 it pays.",
    )  # fmt: skip


def credibility(rows: Sequence[Row], last_defier: bool = False) -> Table:
    """What it would take for the threat to be believed; on request what the last defier loses."""
    return Table(
        "credibility",
        "What it would take for the threat to be believed, by target and horizon, money a year",
        columns(
            "credibility", "name", "-target", "horizon", "credibility_usd_bn",
            "price_of_credibility_usd_bn", "price_with_all_punished_usd_bn",
            "safety_in_numbers_usd_bn", *(["last_defier_discount_usd_bn"] if last_defier else []),
        ),
        rows,
        UNIT,
        "Safety in numbers: below 0 it costs the sender more to punish one more, the more are "
        "punished.",
        deciding=("horizon", "price_of_credibility_usd_bn"),
    )  # fmt: skip


def options(threat: ThreatGame, rows: Sequence[Row], name: Name) -> Table:
    """The sender's options side by side, all targets defying.

    Args:
        threat: at the last horizon.
        rows: `results.option_rows` of every horizon.
        name: of an economy or of several joined by "+".
    """
    sender, seller = name(threat.game.sender), threat.question.rule.when is not None
    valued = any(abs(_valued(row)) > NOTHING for row in rows)
    return Table(
        "options",
        "The sender's bill: change in real income a year by option and horizon",
        columns(
            "options", "option", "horizon",
            Column("sender_usd_bn", sender, MONEY, CHANGE),
            Column("sender_percent", sender, "signed percent", CHANGE),
            *(["sender_utility_usd_bn"] if valued else []),
            *(Column(f"{target}_usd_bn", name(target), MONEY, CHANGE)
              for target in threat.game.targets),
            *(["seller_revenue_usd_bn"] if seller else []), "-status",
        ),
        _options(rows),
        UNIT,
        "Backing down differs from no threat by what it costs in standing, which is a prior and "
        "not counted here."
        + " The seller's revenue is that from the goods that the threat is about." * seller,
        deciding=("horizon", "sender_usd_bn"),
    )  # fmt: skip


def senders(threats: Sequence[ThreatGame], name: Name) -> Table | None:
    """What each of several senders gains or loses, and all together; None for one sender."""
    rows = [row for threat in threats for row in bill_rows(threat)]
    if not rows:
        return None
    together = [row | {"name": "All senders together"} for row in rows if _together(row)]
    each = [row | {"name": name(row["member"])} for row in rows if not _together(row)]
    kinds = ["carried_out", *(["all_retaliate"] if "all_retaliate_usd_bn" in rows[0] else [])]
    return Table(
        "senders",
        "What each sender gains or loses by option and horizon, change in real income a year",
        columns(
            "senders", "name", "-member", "horizon", *(f"{kind}_usd_bn" for kind in kinds),
            *(f"{kind}_percent" for kind in kinds), "all_comply_usd_bn",
        ),
        [*together, *each],
        UNIT,
        "Carried out on all targets. The payoff of the senders is the sum.",
        lead=max(12, len(together)) if len(rows) > 12 else 0,
        fold="All senders",
        deciding=("horizon", "carried_out_usd_bn"),
    )  # fmt: skip


def payoffs(threat: ThreatGame, name: Name) -> Table | None:
    """Payoffs of the two largest targets: rows the first's fate, columns the second's."""
    rows = matrix_rows(threat)
    if not rows:
        return None
    first, second = threat.game.targets[:2]
    names = [name(code) for code in (threat.game.sender, first, second)]
    fates = threat.game.letters
    cells = [
        {"fate": f"{names[1]} {WORDS[mine]}"}
        | {row[second]: _payoffs(row, (first, second)) for row in rows if row[first] == mine}
        for mine in fates
    ]
    return Table(
        "payoffs",
        f"Payoffs of {' / '.join(names)}, USD bn a year, {words.when(threat.question.horizon)}"
        "; the other targets defy and are spared",
        (
            Column("fate", "If"),
            *(Column(letter, f"{names[2]} {WORDS[letter]}", "short") for letter in fates),
        ),
        cells,
        note="A payoff is the change in real income from the baseline"
        + (", with the priors named above." if valued_terms(threat) else "."),
    )


def equilibria(rows: Sequence[Row]) -> Table | None:
    """Outcomes of the game, from `results.equilibrium_rows`; None without any."""
    if not rows:
        return None
    caption = f"{words.capital(rows[0]['concept'])}; {rows[0]['moves']} moves"
    keys = "words", "horizon", "sender_usd_bn", "regret"
    return Table("equilibria", caption, columns("equilibria", *keys), rows)


def joining(rows: Sequence[Row]) -> Table | None:
    """What changes if others joined the sender, from `joining.sender_rows`; None without any."""
    if not rows:
        return None
    return Table(
        "joining",
        "If they joined the sender (payoff: the sum), money a year",
        columns(
            "joining", "joins", "target", "horizon", "bite_usd_bn", "break_even_belief",
            "credibility_usd_bn", "price_of_credibility_usd_bn", "members",
            "members_for_whom_it_pays",
        ),
        rows,
        UNIT,
    )  # fmt: skip


def probabilities(rows: Sequence[Row]) -> Table | None:
    """Chances of each lambda, from `results.quantal_rows`; None without any."""
    if not rows:
        return None
    return Table(
        "probabilities",
        "Probabilities: logit agent-QRE, lambda per USD bn",
        columns(
            "probabilities", "target", "horizon", "lambda_per_usd_bn", "threat_made", "complies",
            "punished_if_it_defies",
        ),
        rows,
    )  # fmt: skip


def valued_terms(threat: ThreatGame) -> list[dict[str, Any]]:
    """Political terms that are not 0."""
    return [row for row in term_rows(threat) if row["value"]]


def _belief(key: str) -> Callable[[Row], str]:
    """A belief, or what it lacks."""
    return lambda row: f"lacks {row['lacks']}" if row["lacks"] else words.belief(row[key])


def _least_tariff(row: Row) -> str:
    return row.get("minimal_tariff_words", words.DASH).partition(":")[0]


def _options(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows by option, then by horizon, free of rounding errors.

    No threat leaves all incomes where they are at every horizon: one row; so does backing down,
    where it costs nothing in standing.
    """
    free = not any(abs(_valued(row)) > NOTHING for row in rows if row["option"] == BACK_DOWN)
    no_threat = [row for row in rows if row["option"] == NO_THREAT]
    kept: list[dict[str, Any]] = [
        {key: 0.0 if _nothing(value) else value for key, value in row.items()}
        for row in rows
        if not (free and row["option"] == BACK_DOWN) and row not in no_threat[1:]
    ]
    kept[0] |= {"option": f"{NO_THREAT}, or {BACK_DOWN}" if free else NO_THREAT, "horizon": "any"}
    order = list(dict.fromkeys(row["option"] for row in kept))
    return [
        row | {"option": words.capital(option)}
        for option in order
        for row in kept
        if row["option"] == option
    ]


def _valued(row: Row) -> float:
    """What an option is worth beside its real income, USD bn; NaN without an equilibrium."""
    return row["sender_utility_usd_bn"] - row["sender_usd_bn"]


def _nothing(value: Any) -> bool:
    return isinstance(value, float) and abs(value) < NOTHING


def _together(row: Row) -> bool:
    return row["member"] == "together"


def _payoffs(row: Row, targets: tuple[str, str]) -> str:
    """'−164 / −102 / −0.5'."""
    values = [row[f"{party}_usd_bn"] for party in ("sender", *targets)]
    return f"{words.SPACE}/ ".join(words.number(value, True) for value in values)
