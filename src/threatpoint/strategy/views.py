"""Views of threat games and of tariffs that are sought: first lines, and tables by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.strategy import tables as shown
from threatpoint.strategy.export import every_row
from threatpoint.strategy.results import target_rows
from threatpoint.tables import Row, Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.strategy.tariffs.optimal import OptimalTariff
    from threatpoint.strategy.tariffs.war import TariffWar
    from threatpoint.strategy.threat import ThreatGame


def about_game(game: ThreatGame) -> About:
    """Who threatens whom with what, and from which belief each target gives in."""
    asked = game.question
    facts = {
        "threat": asked.rule.describe(),
        "sender": game.name(game.game.sender),
        "targets": ", ".join(game.name(code) for code in game.parties),
        "horizon": asked.horizon,
        "worlds": f"{len(game.worlds) - len(game.lost)} of {len(game.worlds)} have an equilibrium",
    }
    return About("Threat game", facts, ".to_pandas(), .equilibria(), .tables")


@lru_cache(maxsize=1)
def tables_of_game(game: ThreatGame) -> Mapping[str, Named]:
    """Tables of a game, as the command line prints them."""
    targets = [{"horizon": game.question.horizon, **row} for row in target_rows(game)]
    found = {
        "giving-in": Named("what each target loses, and when it gives in",
                           lambda: shown.giving_in(targets)),
        "credibility": Named("what it takes for the threat to be believed",
                             lambda: shown.credibility(targets)),
    }  # fmt: skip
    rows = every_row([game])
    more = {
        "options": (shown.options(game, rows["options"], game.name), "the sender's options"),
        "complying": (
            shown.complying(targets, game.name),
            "what giving in costs",
        ),
        "retaliation": (shown.retaliation(targets), "the same if the punished hit back"),
        "equilibria": (shown.equilibria(rows["equilibria"]), "outcomes of the game"),
        "payoffs": (shown.payoffs(game, game.name), "payoffs of the two largest targets"),
        "senders": (shown.senders([game], game.name), "what each of several senders gains"),
    }
    kept = {key: _named(table, said) for key, (table, said) in more.items() if table is not None}
    return found | kept


def _named(table: Table, meaning: str) -> Named:
    return Named(meaning, lambda: table)


GAME = View(about_game, tables_of_game)


# -- tariffs -----


def about_best(found: OptimalTariff) -> About:
    """The best rate, what it brings, and whether it is a maximum."""
    facts = {
        "importer": found.importer,
        "rates": f"{len(found.rates)}, mean {100 * found.rate:.3g} %, added to those in force",
        "gain": f"USD {found.gain:.4g} bn a year, nobody answering",
        "loss of those hit": f"USD {found.loss:.4g} bn a year",
        "gain gone at": f"{100 * found.gone:.3g} %" if found.gone == found.gone else "rates differ",
        "looked at": f"{100 * found.bounds[0]:g} to {100 * found.bounds[1]:g} %",
        "horizon": found.horizon,
    }
    return About("Optimal tariff", facts, ".to_pandas(), .rates, .changes, .path")


def best_rates(found: OptimalTariff) -> Table:
    """Every rate."""
    from threatpoint.strategy.tariffs.tables import rate_rows

    return _rates(rate_rows(found.rates), "Added tariffs that are best if nobody answers")


RATES = ("importer", "exporter", "sector", "rate_percent", "imports_usd_bn", "held", "slope_usd_bn")


def _rates(rows: Sequence[Row], caption: str) -> Table:
    return Table("added-tariffs", caption, columns("added-tariffs", *RATES), rows, "USD bn")


def changes(found: Mapping[str, float], caption: str) -> Table:
    """Change in real income of each economy."""
    rows = [{"country": code, "change_usd_bn": value} for code, value in found.items()]
    shown = columns("tariff-changes", "country", "change_usd_bn")
    return Table("tariff-changes", caption, shown, rows, "USD bn")


def tables_of_best(found: OptimalTariff) -> Mapping[str, Named]:
    """Tables of the best tariffs of one importer."""
    from threatpoint.strategy.tariffs import tables

    caption = "Change in real income at the best tariffs, USD bn a year"
    return {
        "rates": Named("each added tariff", lambda: best_rates(found)),
        "changes": Named("real income of each economy", lambda: changes(found.changes, caption)),
        "path": Named("from no added tariff up", lambda: tables.path(found)),
    }


OPTIMAL = View(about_best, tables_of_best)


def about_war(war: TariffWar) -> About:
    """Sides, the first point, and what was searched."""
    first = war.points[0]
    facts = {
        side: f"mean {100 * rate:.3g} %, USD {change:+.4g} bn a year"
        for side, rate, change in zip(war.sides, first.means, first.changes, strict=True)
    }
    facts |= {
        "points": f"{len(war.points)}, from {len(war.starts)} starts",
        "horizon": war.horizon,
        "concept": war.concept,
    }
    return About(f"Tariff war: {words.listing(list(war.sides))}", facts, ".to_pandas(), .points")


def war_rates(war: TariffWar) -> Table:
    """Every rate of every point, the first point first."""
    from threatpoint.strategy.tariffs.tables import rate_rows

    rows = [
        {"point": n, **row} for n, point in enumerate(war.points) for row in rate_rows(point.rates)
    ]
    caption = "Added tariffs that are best replies to each other, by point"
    shown = columns("added-tariffs", "point", *RATES)
    return Table("added-tariffs", caption, shown, rows, "USD bn")


def tables_of_war(war: TariffWar) -> Mapping[str, Named]:
    """Tables of a tariff war."""
    from threatpoint.strategy.tariffs import tables

    return {
        "rates": Named("each added tariff, by point", lambda: war_rates(war)),
        "path": Named("replies to the first point", lambda: tables.war_path(war)),
    }


WAR = View(about_war, tables_of_war)
