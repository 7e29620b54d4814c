"""Every row of a threat at all its horizons, and the files of them: one long CSV or one JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint.files import as_texts, finite, save
from threatpoint.strategy import options, results
from threatpoint.strategy.game import PUNISHED
from threatpoint.strategy.joining import sender_rows
from threatpoint.strategy.quantal import quantal_response
from threatpoint.strategy.threat import instead
from threatpoint.strategy.worlds import solve_world

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.strategy.threat import ThreatGame

Tables = dict[str, list[dict[str, Any]]]
KEYS = (
    "horizon", "target", "sender", "option", "profile", "lambda_per_usd_bn", "term", "party",
    "member",
)  # fmt: skip


def every_row(
    games: Sequence[ThreatGame],
    moves: str = "simultaneous",
    precisions: Sequence[float] = (),
    settle: Mapping[str, Rule] | None = None,
    join: Sequence[str] = (),
) -> Tables:
    """Table -> its rows, each with its horizon.

    Args:
        games: one a horizon.
        moves: of the targets, "simultaneous" or "sequential".
        precisions: lambdas, per USD bn, of the probabilities.
        settle: words -> rule that the sender could carry out on all targets instead.
        join: who might join the sender.

    Raises:
        PolicyError: a lambda too large, an unknown sender, too many targets.
        ConvergenceError: no probabilities at a lambda.
    """
    found: Tables = {}
    for game in games:
        for name, rows in _rows(game, moves, precisions, settle or {}, join).items():
            kept = [{"horizon": game.question.horizon, **row} for row in rows]
            found.setdefault(name, []).extend(kept)
    return found | {"terms": results.term_rows(games[0]), "buyers": results.buyer_rows(games[0])}


def _rows(
    game: ThreatGame,
    moves: str,
    precisions: Sequence[float],
    settle: Mapping[str, Rule],
    join: Sequence[str],
) -> Tables:
    """The tables of one horizon."""
    hit = game.game.everybody(PUNISHED)
    lesser = {w: solve_world(instead(game.question, rule), hit) for w, rule in settle.items()}
    drawn = quantal_response(game.game, precisions) if precisions else []
    return {
        "targets": results.target_rows(game),
        "options": options.option_rows(game, lesser),
        "equilibria": results.equilibrium_rows(game, game.equilibria(moves)),
        "probabilities": results.quantal_rows(game, drawn),
        "matrix": options.matrix_rows(game),
        "dropping": options.dropping_rows(game, moves),
        "members": options.member_rows(game),
        "bill": options.bill_rows(game),
        "joining": sender_rows(game, join) if join else [],
    }


def write(games: Sequence[ThreatGame], rows: Tables, path: Path) -> list[Path]:
    """Write all rows; returns the files. CSV: one value per row, with its table and keys."""
    return save({path: as_texts(path, _about(games), finite(rows), KEYS)})


def _about(games: Sequence[ThreatGame]) -> dict[str, Any]:
    """What carries the numbers."""
    from threatpoint import __version__

    question = games[0].question
    economy = question.economy
    return {
        "version": __version__,
        "year": economy.year,
        "fingerprint": economy.metadata.get("fingerprint", ""),
        "tariffs": economy.metadata.get("tariffs", ""),
        "standing": economy.standing.words if economy.standing else "",
        "rule": question.rule.describe(),
        "senders": list(question.senders),
        "sender_payoff": "sum of the members' changes in real income",
        "targets": {party: list(members) for party, members in question.parties.items()},
        "deficits": question.deficits,
        "horizons": {
            game.question.horizon: {
                "fingerprint": game.question.mark,
                "worlds": len(game.worlds),
                "without_equilibrium": game.lost,
            }
            for game in games
        },
        "unit": "USD bn per year",
        "definitions": results.definitions(),
    }
