"""Views of a situation file: who threatens whom, its figures and record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.situation.record import record_tables
from threatpoint.situation.tables import figures, priors
from threatpoint.tables import Table, columns
from threatpoint.views import About, Named, View, short

if TYPE_CHECKING:
    from threatpoint.situation.model import Situation


def about(situation: Situation) -> About:
    """Title, date, threats, and what else the file holds."""
    parts = {"talks": situation.talks, "support": situation.support, "oil": situation.oil}
    facts = {
        "name, date": f"{situation.name}, {situation.date}",
        "sender": situation.sender,
        "question": situation.question,
        "threats": short(tuple(situation.threats)),
        "main threat": situation.policy.describe(),
        "other readings": short(tuple(situation.scenarios)),
        "claims, figures": f"{len(situation.claims)}, {len(situation.given)}",
        "also": ", ".join(name for name, part in parts.items() if part) or "trade alone",
    }
    told = {label: text for label, text in facts.items() if text}
    title = f"Situation: {situation.title}"
    return About(title, told, "tp.analyse(situation, world), .policy, .to_pandas()")


def threats(situation: Situation) -> Table:
    """A threat a row, the main one first."""
    rows = [
        {
            "name": name,
            "words": situation.words.get(name, name),
            "made": str(situation.made[name].date) if name in situation.made else "",
            "rule": rule.describe(),
            "retaliation": "; ".join(item.describe() for item in rule.retaliations),
        }
        for name, rule in situation.threats.items()
    ]
    rows.sort(key=lambda row: row["name"] != situation.main)
    shown = columns("threats", "name", "words", "made", "rule", "retaliation")
    return Table("threats", "The threats of the situation, the main one first", shown, rows)


def tables_of(situation: Situation) -> Mapping[str, Named]:
    """Tables of the file."""
    found = {
        "threats": Named("each threat, and how it is read", lambda: threats(situation)),
        "figures": Named("every figure with its source", lambda: figures(situation.given)),
        "priors": Named("figures that nobody has measured", lambda: priors(situation.assumptions)),
    }
    return found | {t.key: _named(t) for t in record_tables(situation)}


def _named(table: Table) -> Named:
    return Named(table.caption, lambda: table)


SITUATION = View(about, tables_of)
