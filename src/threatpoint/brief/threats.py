"""The threats: as the text makes them, as they are read, and the main one carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import method
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.brief.shown import sizeable, watched
from threatpoint.situation.made import made_words
from threatpoint.situation.record import record_tables
from threatpoint.tables import Table, columns
from threatpoint.units import money_words, percent_words

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.policy import Action, Rule

Row = Any


def section(reading: Reading) -> Section:
    """Who threatens whom, since when; the parties with their roles."""
    situation, threat = reading.analysis.situation, reading.analysis.threat
    reason = "" if threat.solved else next(iter(threat.failures.values()), "")
    facts = [(reading.name(code), role) for code, role in situation.parties.items()]
    for name, members in situation.groups.items():
        facts.append((f"{name}, members", words.listing(list(map(reading.place, members)))))
    facts += [("The question", situation.question), ("The text", situation.source)]
    said = say("threats.section", reading, reason)
    tables, data = (_table(reading),), record_tables(situation)
    return Section.of("threats", said, tables=tables, data=data, facts=facts, prose=True)


def _table(reading: Reading) -> Table:
    """One row a threat, the main one first."""
    situation, economy = reading.analysis.situation, reading.economy
    rows = [
        {
            "words": situation.words.get(name, name),
            "name": name,
            "made": made_words(situation.made.get(name), economy),
            "rule": words.sentence(words.named(rule.describe(), economy)),
            "retaliation": words.sentence(words.named(_retaliation(rule), economy)),
        }
        for name, rule in situation.threats.items()
    ]
    rows.sort(key=lambda row: row["name"] != situation.main)
    answered = any(rule.retaliations for rule in situation.threats.values())
    keys = ("words", "-name", "made", "rule", "retaliation" if answered else "-retaliation")
    caption = "The threats of the situation, the main one first"
    return Table("threats", caption, columns("threats", *keys), rows)


def _retaliation(rule: Rule) -> str:
    """What the targets may do in return."""
    return "; ".join(item.describe() for item in rule.retaliations) or "none"


@dataclass(frozen=True)
class Facts:
    """The main threat: its rule, and what comes of it."""

    reading: Reading

    @property
    def source(self) -> str:
        """What it is built from."""
        return method.baseline(self.reading)

    @property
    def when(self) -> Action | None:
        """The condition of the rule; None where it names its targets."""
        return self.reading.analysis.situation.policy.buys

    @property
    def limits(self) -> list[str]:
        """How much of it, a year and of its imports."""
        when, economy = self.when, self.reading.economy
        assert when is not None
        floor, share = when.floor(economy), when.min_share
        least = [f"at least {money_words(floor, economy.unit)} a year"] if floor > 0 else []
        of_all = f"at least {percent_words(share)} of its imports of such goods"
        return [*least, *([of_all] if share > 0 else [])]

    @property
    def thresholds(self) -> int:
        """Thresholds of the rule that are priors."""
        situation = self.reading.analysis.situation
        keys = [f"threats.{situation.main}.when.{key}" for key in ("min_value", "min_share")]
        return sum(prior.where in keys for prior in situation.assumptions)

    @property
    def watched(self) -> list[str]:
        """Sender and targets that are shown."""
        return watched(self.reading)

    @property
    def targets_first(self) -> list[str]:
        """The same, the senders last."""
        return sorted(self.watched, key=self.reading.senders.__contains__)

    @property
    def hit_most(self) -> list[Row]:
        """The goods sector of each whose output falls most."""
        found = (self._worst(code) for code in watched(self.reading, apart=True))
        return [row for row in found if row and row["output_quantity_percent"] <= -words.SMALLEST]

    def _worst(self, code: str) -> Row | None:
        reading = self.reading
        rows = [r for r in reading.sectors if r["country"] == code and sizeable(reading, r)]
        return min(rows, key=lambda row: row["output_quantity_percent"], default=None)

    @property
    def drivers(self) -> dict[str, list[str]]:
        """Input that moves a change of real income most -> whose; none where nothing was drawn."""
        reading, found = self.reading, dict[str, list[str]]()
        figures, name = reading.figures, reading.analysis.situation.main
        if figures is None:
            return {}
        for code in self.targets_first:
            found.setdefault(figures.driver(name, reading.members(code)), []).append(code)
        return {driver: codes for driver, codes in found.items() if driver}


def rule(reading: Reading) -> Sequence[str]:
    """The main threat in the words of the text, and the rule it is read as."""
    return say("threats.rule", reading, Facts(reading)).all("lead")
