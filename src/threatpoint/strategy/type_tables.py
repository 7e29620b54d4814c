"""Tables of the sender's type, each declared once for page, terminal and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from threatpoint import words
from threatpoint.strategy.type_priors import TypePrior
from threatpoint.tables import Table, columns

Row = Mapping[str, Any]
Name = Callable[[str], str]
UNIT = "USD bn"


def path(rows: Sequence[Row], name: Name, threat: Name = str) -> Table:
    """What to believe after each step, from `Resolve.rows`.

    Args:
        rows: one a step and target.
        name: of a target.
        threat: words of a threat.
    """
    shown = columns(
        "type-path", "name", "date", "threat", "step", "gain_usd_bn", "pays", "hit_probability",
        "hit", "was_hit", "-target", "-belief_tough", "-hit_before", "-before",
        "-effective_draws", "-concept",
        date=lambda row: words.day(row["date"]),
        threat=lambda row: threat(row["threat"]),
    )  # fmt: skip
    return Table(
        "type-path",
        "Chance of being hit at the next clock, by day and target, beside what money alone says",
        shown,
        [{**row, "name": name(row["target"])} for row in rows],
        UNIT,
        "Of a target that goes on. Range: over the scale s, which no record shows. Money a year. "
        "A clock that passes lowers what is believed of its threat; a milder one can still come.",
        deciding=("date", "hit_probability", "hit", "gain_usd_bn", "was_hit"),
    )


def models(rows: Sequence[Row], name: Name | None = None) -> Table:
    """The sender's type beside quantal response, from `type_compared.compared`; the middle s first.

    Args:
        rows: one an s and target.
        name: of a target; None where the rows have it.
    """
    scales = sorted({row["s_usd_bn"] for row in rows})
    middle = scales[len(scales) // 2]
    named = [row if name is None else {**row, "name": name(row["target"])} for row in rows]
    return Table(
        "type-models",
        "Chance of being punished if it defies: the sender's type, and logit agent-QRE at 1/s",
        columns(
            "type-models", "name", "s_usd_bn", "type_probability", "type_alone",
            "quantal_probability", "-target", "-lambda_per_usd_bn", "-type_concept",
            "-quantal_concept", "-status",
        ),
        sorted(named, key=lambda row: row["s_usd_bn"] != middle),
        note="s in USD bn. By type the sender knows what it will do and the target does not; in "
        "quantal response the sender itself errs, and expects the others to. They differ by what "
        "the record adds, and by how long the punishment lasts.",
        lead=sum(row["s_usd_bn"] == middle for row in rows) if len(scales) > 1 else 0,
        fold="At the ends of the range of s",
    )  # fmt: skip


def priors(given: Mapping[str, TypePrior]) -> Table:
    """The priors on the sender's type, with range, source and date."""
    return Table(
        "type-priors",
        "What is assumed of the sender's type",
        columns(
            "type-priors", "meaning", "-prior", "symbol", "value", "span", "unit", "law", "known",
            "source", "-page",
        ),
        [prior.row() for prior in given.values()],
    )  # fmt: skip
