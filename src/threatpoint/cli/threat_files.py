"""Files of `threatpoint threat`: one long CSV with a sidecar, or one JSON."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

from threatpoint.files import require_writable, save

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


def write(
    games: list[ThreatGame], tables: dict[str, list[dict[str, Any]]], path: Path
) -> list[Any]:
    """Write all tables; returns the files. CSV: one value per row, with its table and keys."""
    about = _about(games)
    finite = {name: [_finite(row) for row in rows] for name, rows in tables.items()}
    texts = [json.dumps({"assumptions": about, **finite}, indent=1, ensure_ascii=False) + "\n"]
    if path.suffix == ".csv":
        texts = [_tidy(finite), json.dumps(about, indent=1, ensure_ascii=False) + "\n"]
    return save({path: texts})


def _tidy(tables: Tables) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", *KEYS, "measure", "value"])
    for table, rows in tables.items():
        for row in rows:
            place = [table, *(row.get(key, "") for key in KEYS)]
            for measure, value in row.items():
                if measure not in KEYS:
                    writer.writerow([*place, measure, "" if value is None else value])
    return text.getvalue()


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


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """NaN and infinity as null: JSON has neither."""
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in row.items()
    }
