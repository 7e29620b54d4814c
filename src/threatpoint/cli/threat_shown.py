"""What `threatpoint threat` prints: what is announced, the tables, then definitions and status."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.cli.common import say

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.analysis.played import Played
    from threatpoint.strategy import ThreatGame
    from threatpoint.strategy.export import Tables

DEFINED = (
    "bite", "compliance_cost", "break_even_belief", "credibility", "price_of_credibility",
    "minimal_tariff", "safety_in_numbers", "last_defier_discount",
)  # fmt: skip
DEFINED_BACK = ("with_retaliation", "gain_of_retaliation")


def print_all(
    console: Console, games: Sequence[ThreatGame], rows: Tables, made: str, played: Played
) -> None:
    """Print the tables, the definitions, the priors and the status."""
    _print_announced(console, games[0], rows, made)
    for table in played.tables():
        console.print(table.terminal())
    for text in played.lacking:
        console.print(text, markup=False, highlight=False)
    _print_tables(console, games, rows)
    if legend := words.legend_words(game.question.horizon for game in games):
        print(f"horizons: {legend}.")
    _print_defined(games[0])
    _print_terms(console, games[0], rows["terms"])
    for game in games:
        _print_status(game, [row for row in rows["equilibria"] if row["horizon"] == _at(game)])


def _print_announced(console: Console, game: ThreatGame, rows: Tables, made: str) -> None:
    """Who threatens what, what may come back, and who is left out."""
    print(f"{game.game.sender} announces: {game.question.rule.describe()}.")
    back = "; ".join(item.describe() for item in game.question.rule.retaliations)
    for text in (made, *([f"Who is punished may hit back: {back}."] if back else [])):
        console.print(text, markup=False, highlight=False)
    if standing := game.question.economy.standing:
        print(f"Every change is against the world under {standing.words}.")
    if (buys := game.question.rule.buys) is not None and buys.figures:
        say(console, "threats.as_given")
    others = [f"{r['name']} {r['buys_usd_bn']:.1f}" for r in rows["buyers"] if not r["plays"]]
    if others:
        print(f"Buy, but do not play (USD bn): {', '.join(others[:5])}.")


def _print_tables(console: Console, games: Sequence[ThreatGame], rows: Tables) -> None:
    from threatpoint.strategy import tables

    last, name = games[-1], games[-1].name
    drawn = (
        tables.giving_in(rows["targets"]),
        tables.complying(rows["targets"], name),
        tables.credibility(rows["targets"], last_defier=True),
        tables.retaliation(rows["targets"]),
        tables.options(last, rows["options"], name),
        tables.senders(games, name),
        tables.equilibria(rows["equilibria"]),
        *(tables.payoffs(game, name) for game in games),
        tables.joining(rows["joining"]),
        tables.probabilities(rows["probabilities"]),
    )
    for table in filter(None, drawn):
        console.print(table.terminal())


def _print_defined(game: ThreatGame) -> None:
    from threatpoint.strategy.results import definitions

    known = definitions()
    for name in (*DEFINED, *(DEFINED_BACK if game.game.retaliation else ())):
        print(f"{name.replace('_', ' ')}: {known[name]}.")


def _print_terms(console: Console, game: ThreatGame, terms: Sequence[dict[str, Any]]) -> None:
    """The priors, and the costs that nobody gives."""
    from threatpoint.brief.prose import sentence

    for row in terms:
        print(f"prior: {sentence('game.prior', row)}: {row['meaning']}; {row['source']}.")
    if game.game.unpriced:
        say(console, "game.unpriced", words.listing(game.game.unpriced))


def _print_status(game: ThreatGame, found: Sequence[dict[str, Any]]) -> None:
    """Equilibria found, and worlds solved."""
    lacking = ", ".join(game.game.unpriced)
    status = "no equilibrium in pure strategies; use --lambda for probabilities"
    if lacking:
        status = f"no equilibrium is looked for: nobody says what complying costs {lacking}"
    print(f"{_at(game)}: {found[0]['status'] if found else status}")
    worst = max((w.residual for w in game.worlds.values() if not w.reason), default=math.nan)
    solved = f"{len(game.worlds) - len(game.lost)} of {len(game.worlds)} worlds"
    print(f"Status, {_at(game)}: {solved} have an equilibrium; largest residual {worst:.1e}.")
    for profile, reason in list(game.lost.items())[:1]:
        print(f"  first without: {profile}: {reason}")


def _at(game: ThreatGame) -> str:
    return game.question.horizon
