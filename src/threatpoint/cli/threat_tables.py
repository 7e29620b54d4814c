"""Tables of `threatpoint threat`, and how they are printed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.cli.common import print_table
from threatpoint.words import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from threatpoint.policy import Instrument, Rule
    from threatpoint.strategy import ThreatGame

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def tables(
    games: list[ThreatGame],
    moves: str,
    precisions: Sequence[float],
    settle: Mapping[str, Rule],
    join: Sequence[str] = (),
) -> Tables:
    """Every table of all horizons, each row with its horizon."""
    from threatpoint.strategy import results

    found: Tables = {}
    for game in games:
        for name, rows in _tables(game, moves, precisions, settle, join).items():
            kept = [{"horizon": game.question.horizon, **row} for row in rows]
            found.setdefault(name, []).extend(kept)
    found["terms"] = results.term_rows(games[0])
    found["buyers"] = results.buyer_rows(games[0])
    return found


def _tables(
    game: ThreatGame,
    moves: str,
    precisions: Sequence[float],
    settle: Mapping[str, Rule],
    join: Sequence[str],
) -> Tables:
    """The tables of one horizon."""
    from dataclasses import replace

    from threatpoint.strategy import quantal_response, results
    from threatpoint.strategy.joining import sender_rows
    from threatpoint.strategy.worlds import solve_world

    question, everybody = game.question, "P" * len(game.game.targets)
    lesser = {
        words: solve_world(
            replace(question, rule=replace(question.rule, then=settled_by(rule, game))), everybody
        )
        for words, rule in settle.items()
    }
    drawn = quantal_response(game.game, list(precisions)) if precisions else []
    return {
        "targets": results.target_rows(game),
        "options": results.option_rows(game, lesser),
        "equilibria": results.equilibrium_rows(game, game.equilibria(moves)),
        "probabilities": results.quantal_rows(game, drawn),
        "matrix": results.matrix_rows(game),
        "dropping": results.dropping_rows(game, moves),
        "members": results.member_rows(game),
        "bill": results.bill_rows(game),
        "joining": sender_rows(game, join) if join else [],
    }


def settled_by(rule: Rule, game: ThreatGame) -> tuple[Instrument, ...]:
    """The instruments of a lesser threat, sent by the same senders."""
    from threatpoint.strategy.coalition import with_senders

    question = game.question
    return with_senders(question.economy, rule, question.senders).templates


def print_all(console: Console, games: list[ThreatGame], found: Tables, made: str) -> None:
    """Print the tables, the definitions, the priors and the status."""
    sender, back = games[0].game.sender, games[0].question.retaliation
    print(f"{sender} announces: {games[0].question.rule.describe()}.")
    said = [made]
    if back:
        said.append(f"Who is punished may hit back: {'; '.join(i.describe() for i in back)}.")
    for text in said:
        console.print(text, markup=False, highlight=False)
    others = [f"{r['name']} {_usd(r['buys_usd_bn'])}" for r in found["buyers"] if not r["plays"]]
    if others:
        print(f"Buy, but do not play (USD bn): {', '.join(others[:5])}.")
    print_table(console, "Would they give in? USD bn per year", _targets(found["targets"]))
    print_table(console, "Is it believed? USD bn per year", _belief(found["targets"]))
    _print_retaliation(console, found["targets"] if back else [])
    title = f"The options of {sender} if all defy, USD bn per year"
    print_table(console, title, _numbers(found["options"], "sender", "sender_percent"))
    _print_bill(console, found["bill"])
    _print_equilibria(console, games, found["equilibria"])
    _print_matrix(console, games, found["matrix"])
    _print_joining(console, found["joining"])
    _print_probabilities(console, found["probabilities"])
    _print_notes(games, found["terms"])


def _print_retaliation(console: Console, rows: list[Row]) -> None:
    """Would they give in, and is it believed, if the punished hit back."""
    from threatpoint.words import belief_words

    shown = [
        {
            "target": row["name"],
            "horizon": row["horizon"],
            "bite K": _usd(row["bite_with_retaliation_usd_bn"]),
            "p*": belief_words(row["break_even_belief_with_retaliation"]),
            "gain of it": _usd(row["gain_of_retaliation_usd_bn"]),
            "pays": _yes(row["gain_of_retaliation_usd_bn"]),
            "Gamma": _usd(row["credibility_with_retaliation_usd_bn"]),
            "credible": _yes(row["credibility_with_retaliation_usd_bn"]),
            "price": _usd(row["price_with_retaliation_usd_bn"]),
            "price, all": _usd(row["price_with_all_retaliating_usd_bn"]),
        }
        for row in rows
    ]
    if shown:
        print_table(console, "The same if the punished hit back, USD bn per year", shown)


def _print_bill(console: Console, rows: list[Row]) -> None:
    """What each of several senders gains or loses."""
    if rows:
        money = [{k: v for k, v in row.items() if not k.endswith("percent")} for row in rows]
        print_table(console, "Each sender, and all together, USD bn per year", _numbers(money))


def _print_matrix(console: Console, games: list[ThreatGame], rows: list[Row]) -> None:
    """Payoffs of the two largest targets: rows the first's fate, columns the second's."""
    from threatpoint.strategy.game import WORDS

    for game in games if rows else []:
        first, second = game.game.targets[:2]
        here = [row for row in rows if row["horizon"] == game.question.horizon]
        table = [
            {f"{first} \\ {second}": WORDS[mine]}
            | {
                WORDS[row[second]]: " / ".join(
                    _usd(row[f"{who}_usd_bn"]) for who in ("sender", first, second)
                )
                for row in here
                if row[first] == mine
            }
            for mine in game.game.letters
        ]
        title = f"{game.game.sender} / {first} / {second}, USD bn per year; others defy, are spared"
        print_table(console, f"{title}; {game.question.horizon}", table)


def _print_joining(console: Console, joining: list[Row]) -> None:
    from threatpoint.words import belief_words

    if joining:
        rows = _numbers(joining)
        for row, full in zip(rows, joining, strict=True):
            row["break even belief"] = belief_words(full["break_even_belief"])
        print_table(console, "If they joined the sender (payoff: the sum), USD bn per year", rows)


def _print_probabilities(console: Console, probabilities: list[Row]) -> None:
    from threatpoint.words import chance_words

    if probabilities:
        rows = [
            {
                "horizon": row["horizon"],
                "lambda": f"{row['lambda_per_usd_bn']:g}",
                "target": row["target"],
                "threat made": chance_words(row["threat_made"]),
                "complies": chance_words(row["complies"]),
                "punished if it defies": chance_words(row["punished_if_it_defies"]),
            }
            for row in probabilities
        ]
        print_table(console, "Probabilities: logit agent-QRE (Gambit), lambda per USD bn", rows)


def _print_notes(games: list[ThreatGame], terms: list[Row]) -> None:
    """Horizons, definitions, priors and status."""
    from threatpoint.strategy.results import DEFINITIONS
    from threatpoint.words import legend_words

    if legend := legend_words(game.question.horizon for game in games):
        print(f"horizons: {legend}.")
    wanted = ("bite", "compliance_cost", "break_even_belief", "credibility", "price_of_credibility")
    more = ["minimal_tariff", "safety_in_numbers", "last_defier_discount"]
    more += ["with_retaliation", "gain_of_retaliation"] if games[0].game.retaliation else []
    for name in (*wanted, *more):
        print(f"{name.replace('_', ' ')}: {DEFINITIONS[name]}.")
    for row in terms:
        spread = f" ({row['low']:g} to {row['high']:g})" if row["high"] > row["low"] else ""
        print(
            f"prior: {row['term']} = {row['value']:g}{spread} {row['unit']}, {row['party']}: "
            f"{row['meaning']}; {row['source']}."
        )
    for target in games[0].game.unpriced:
        print(
            f"not given: what complying costs {target}; whatever it is, {target} gives in if it "
            "is sure of being punished and the cost is below its bite K."
        )
    _print_status(games)


def _print_status(games: list[ThreatGame]) -> None:
    for game in games:
        lost = {p: w.reason for p, w in game.worlds.items() if w.reason}
        worst = max((w.residual for w in game.worlds.values() if not w.reason), default=math.nan)
        words = f"{len(game.worlds) - len(lost)} of {len(game.worlds)} worlds have an equilibrium"
        print(f"Status, {game.question.horizon}: {words}; largest residual {worst:.1e}.")
        if lost:
            profile, reason = next(iter(lost.items()))
            print(f"  first without: {profile}: {reason}")


def _targets(rows: list[Row]) -> list[Row]:
    from threatpoint.words import belief_range, belief_words

    return [
        {
            "target": row["name"],
            "horizon": row["horizon"],
            **({"buys": _usd(row["buys_usd_bn"])} if "buys_usd_bn" in row else {}),
            "bite K": _usd(row["bite_usd_bn"]),
            "K, %": _percent(row["bite_percent"]),
            "cost L": _usd(row["compliance_cost_usd_bn"]),
            "L, %": _percent(row["compliance_cost_percent"]),
            "p*": belief_words(row["break_even_belief"], none=_lacking(row)),
            "p* range": belief_range(row["break_even_low"], row["break_even_high"]),
            "least tariff": row.get("minimal_tariff_words", "no answer").split(":")[0],
        }
        for row in rows
    ]


def _percent(value: float) -> str:
    return "no answer" if math.isnan(value) else number_words(value, decimals=2)


def _lacking(row: Row) -> str:
    """Why there is no belief: something that nobody says, or no equilibrium."""
    return f"lacks {row['lacks']}" if row.get("lacks") else "no answer"


def _belief(rows: list[Row]) -> list[Row]:
    return [
        {
            "target": row["name"],
            "horizon": row["horizon"],
            "Gamma": _usd(row["credibility_usd_bn"]),
            "credible": _yes(row["credibility_usd_bn"]),
            "price": _usd(row["price_of_credibility_usd_bn"]),
            "price, all hit": _usd(row["price_with_all_punished_usd_bn"]),
            "safety in numbers": _usd(row["safety_in_numbers_usd_bn"]),
            "last-defier": _usd(row["last_defier_discount_usd_bn"]),
        }
        for row in rows
    ]


def _numbers(rows: list[Row], *left_out: str) -> list[Row]:
    """Rows with money shortened and the last column dropped."""
    return [
        {
            key.removesuffix("_usd_bn").replace("_", " "): _usd(value)
            if isinstance(value, float)
            else value
            for key, value in row.items()
            if key not in left_out and key != "status"
        }
        for row in rows
    ]


def _print_equilibria(console: Console, games: list[ThreatGame], rows: list[Row]) -> None:
    shown = [
        {
            "horizon": row["horizon"],
            "outcome": row["words"],
            "sender": _usd(row["sender_usd_bn"]),
            "regret": f"{row['regret']:.0e}",
        }
        for row in rows
    ]
    if shown:
        print_table(console, f"{rows[0]['concept']}; {rows[0]['moves']} moves", shown)
        for text in dict.fromkeys(f"{row['horizon']}: {row['status']}" for row in rows):
            print(text)
    for horizon in {game.question.horizon for game in games} - {row["horizon"] for row in rows}:
        why = "no equilibrium in pure strategies; use --lambda for probabilities"
        lacking = ", ".join(games[0].game.unpriced)
        if lacking:
            why = f"no equilibrium is looked for: nobody says what complying costs {lacking}"
        print(f"{horizon}: {why}")


def _usd(value: float) -> str:
    if math.isnan(value):
        return "no answer"
    return number_words(value, decimals=1 if abs(value) < 99.95 else 0).replace(
        "-", "\N{MINUS SIGN}"
    )


def _yes(value: float) -> str:
    return "no answer" if math.isnan(value) else "yes" if value >= 0 else "no"
