"""Build the shipped counts of threats of sanctions and of how they ended, by sender and decade.

Run: `python -m builders.threats` with THREATPOINT_DATA set. The same source gives the same bytes.

What the source holds: one row a pair of states and decade, with the number of threats that ended in
each way: the target conceded (cd), or resisted and the sender stood firm (sf) or backed down (bd).
Counts ship, the table itself does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from builders import data, write
from builders.sources import data_directory
from threatpoint.errors import WorldError

SOURCE = "threats/ties_dyad_decades.csv"
TABLE = write.ROOT / "src" / "threatpoint" / "strategy" / "threats.csv"
FACTS = data.toml("threats")
ALL = "all"
SENDERS: Mapping[str, str | None] = {ALL: None} | {k: str(v) for k, v in FACTS["senders"].items()}
"""Sender of the shipped table -> its number in the source; None: everybody."""
OUTCOMES = {"conceded": "cd", "stood_firm": "sf", "backed_down": "bd"}
HEADER = (
    "sender", "decade", "threats", "conceded", "resisted", "stood_firm", "backed_down", "unit",
    "source", "licence",
)  # fmt: skip

Row = dict[str, int | str]


def table(given: Iterable[Mapping[str, str]]) -> list[Row]:
    """One row a sender and decade.

    Raises:
        WorldError: the counts do not add up to those that are known.
    """
    given = tuple(given)
    found = [
        _row(sender, decade, [r for r in given if _counts(r, number) and r["tenyear"] == decade])
        for sender, number in SENDERS.items()
        for decade in sorted({row["tenyear"] for row in given})
    ]
    _require_totals(found)
    return found


def _counts(row: Mapping[str, str], number: str | None) -> bool:
    return number is None or row["ccode1"] == number


def _row(sender: str, decade: str, own: Iterable[Mapping[str, str]]) -> Row:
    own = tuple(own)
    ended = {name: sum(int(row[key]) for row in own) for name, key in OUTCOMES.items()}
    resisted = ended["stood_firm"] + ended["backed_down"]
    told = {name: FACTS[name] for name in ("unit", "source", "licence")}
    threats = ended["conceded"] + resisted
    return {"sender": sender, "decade": decade, "threats": threats, "resisted": resisted} | (
        ended | told
    )


def _require_totals(found: Iterable[Row]) -> None:
    found = tuple(found)
    for sender, wanted in FACTS["total"].items():
        for name, number in wanted.items():
            total = sum(int(row[name]) for row in found if row["sender"] == sender)
            if total != number:
                raise WorldError(f"{SOURCE}: {name} of {sender} add up to {total}, not {number}")


def build(folder: Path, target: Path = TABLE) -> None:
    """Write the table."""
    found = table(data.read(folder / SOURCE))
    write.rows(target, HEADER, ([row[name] for name in HEADER] for row in found))


if __name__ == "__main__":
    build(data_directory(None, (SOURCE,)))
