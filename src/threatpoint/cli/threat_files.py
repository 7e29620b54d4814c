"""Files of `threatpoint threat`: one long CSV with a sidecar, or one JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.files import as_texts, finite, require_writable, save

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.strategy import ThreatGame

Tables = dict[str, list[dict[str, Any]]]

__all__ = ["require_writable", "write"]

KEYS = (
    "horizon",
    "target",
    "sender",
    "option",
    "profile",
    "lambda_per_usd_bn",
    "term",
    "party",
    "member",
)


def write(games: list[ThreatGame], tables: Tables, path: Path) -> list[Path]:
    """Write all tables; returns the files. CSV: one value per row, with its table and keys."""
    return save({path: as_texts(path, _about(games), finite(tables), KEYS)})


def _about(games: list[ThreatGame]) -> dict[str, Any]:
    """What carries the numbers."""
    from threatpoint import __version__
    from threatpoint.strategy.results import DEFINITIONS

    question = games[0].question
    economy = question.economy
    return {
        "version": __version__,
        "year": economy.year,
        "fingerprint": economy.metadata.get("fingerprint", ""),
        "tariffs": economy.metadata.get("tariffs", ""),
        "rule": question.rule.describe(),
        "senders": list(question.senders),
        "sender_payoff": "sum of the members' changes in real income",
        "targets": {party: list(members) for party, members in question.parties.items()},
        "deficits": question.deficits,
        "horizons": {
            game.question.horizon: {
                "fingerprint": game.question.mark,
                "worlds": len(game.worlds),
                "without_equilibrium": {p: w.reason for p, w in game.worlds.items() if w.reason},
            }
            for game in games
        },
        "unit": "USD bn per year",
        "definitions": DEFINITIONS,
    }
