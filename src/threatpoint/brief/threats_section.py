"""The threats of the situation: their words, whether they were made, and what they are read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.brief.section import Section
from threatpoint.situation.made import made_words
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.policy import Rule


def threats_section(reading: Reading) -> Section:
    """Who threatens whom, since when; the parties with their roles."""
    situation = reading.analysis.situation
    parties = [(reading.name(code), role) for code, role in situation.parties.items()]
    return Section(
        "threats",
        _title(reading),
        _no_game(reading),
        tables=(_table(reading),),
        facts=[*parties, *_groups(reading), ("The text", situation.source)],
        prose=True,
    )


def _title(reading: Reading) -> str:
    """How many threats there are, and how many were made."""
    situation = reading.analysis.situation
    made = sum(name in situation.made for name in situation.threats)
    count = words.count(len(situation.threats), "threat")
    verb = "was" if made == 1 else "were"
    some = "none is said to have been made" if not made else f"{words.count(made)} {verb} made"
    return words.capital(f"{count}: {some}")


def _no_game(reading: Reading) -> list[str]:
    """Why nobody can give in to the main threat, where it is no game at any horizon."""
    threat = reading.analysis.threat
    if threat.solved or not threat.failures:
        return []
    reason = next(iter(threat.failures.values()))
    return [_said(reading, f"the main threat is no game: {reason}")]


def _groups(reading: Reading) -> list[tuple[str, str]]:
    """Groups that the file defines."""
    own = reading.analysis.situation.groups
    return [
        (f"{name}, members", words.listing([reading.place(code) for code in members]))
        for name, members in own.items()
    ]


def _table(reading: Reading) -> Table:
    """One row a threat, the main one first."""
    situation = reading.analysis.situation
    names = sorted(situation.threats, key=lambda name: name != situation.main)
    rows = [
        {
            "words": situation.words.get(name, name),
            "name": name,
            "made": made_words(situation.made.get(name), reading.economy),
            "rule": _said(reading, situation.threats[name].describe()),
            "retaliation": _retaliation(reading, situation.threats[name]),
        }
        for name in names
    ]
    return Table(
        "threats",
        "The threats of the situation, the main one first",
        (
            Column("words", "In the words of the text"),
            Column("name", "Key", shown=False),
            Column("made", "Made"),
            Column("rule", "Read as"),
            Column(
                "retaliation",
                "Retaliation stated",
                shown=any(rule.retaliations for rule in situation.threats.values()),
            ),
        ),
        tuple(rows),
    )


def _retaliation(reading: Reading, rule: Rule) -> str:
    """What the targets may do in return."""
    return _said(reading, "; ".join(item.describe() for item in rule.retaliations) or "none")


def _said(reading: Reading, text: str) -> str:
    return words.sentence(words.named(text, reading.economy))
