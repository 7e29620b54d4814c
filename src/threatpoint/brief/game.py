"""The threat as a game: from which belief each target gives in, what each option costs the sender.

The numbers are read from the worlds that the game has solved; nothing is solved here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.game_drawn import drawn_option, drawn_target
from threatpoint.brief.method import baseline
from threatpoint.strategy import tables
from threatpoint.strategy.options import option_rows
from threatpoint.strategy.results import target_rows

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame
    from threatpoint.tables import Table

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: names and sources.
        games: horizon -> the threat as a game, short first.
        failures: horizon -> why there is none.
        settled: horizon -> words -> world of a smaller punishment of all targets.
    """

    reading: Reading
    games: Mapping[str, ThreatGame]
    failures: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, Mapping[str, World]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> Facts:
        """The facts of an analysis."""
        threat = reading.analysis.threat
        games = {horizon: threat.solved[horizon] for horizon in words.ordered(threat.solved)}
        return cls(reading, games, threat.failures, threat.settled)

    @property
    def source(self) -> str:
        """What it is built from."""
        return baseline(self.reading)

    # -- every horizon

    @cached_property
    def rows(self) -> list[Row]:
        """`target_rows` of every horizon, with the place in words; drawn at that of the page."""
        return [
            row | {"place": self.reading.place(row["target"])} | drawn_target(self.reading, row)
            for game in self.games.values()
            for row in target_rows(game, thresholds=False)
        ]

    @property
    def by_target(self) -> list[list[Row]]:
        """The rows of each target, one a horizon."""
        return list(_grouped(self.rows, "target").values())

    @cached_property
    def option_rows(self) -> list[Row]:
        """`option_rows` of every horizon; drawn at that of the page."""
        return [
            row | drawn_option(self.reading, row, game.game.targets)
            for horizon, game in self.games.items()
            for row in option_rows(game, self.settled.get(horizon))
        ]

    @property
    def options(self) -> dict[str, list[Row]]:
        """Option of the sender -> its rows, one a horizon."""
        return _grouped(self.option_rows, "option")

    # -- the horizon of the page

    @property
    def threat(self) -> ThreatGame:
        """The game at the horizon of the page, or the last one where that has none."""
        return self.games.get(self.reading.analysis.horizon) or list(self.games.values())[-1]

    @property
    def horizon(self) -> str:
        """Its horizon."""
        return self.threat.question.horizon

    @property
    def stated(self) -> list[Row]:
        """The targets at it."""
        return [row for row in self.rows if row["horizon"] == self.horizon]

    @property
    def bill(self) -> Row:
        """What carrying it out on all brings the sender at it."""
        return next(r for r in self.options["carry out on all"] if r["horizon"] == self.horizon)

    @property
    def valued(self) -> list[Row]:
        """Political terms that are not 0."""
        return tables.valued_terms(self.threat)

    @property
    def drawn(self) -> bool:
        """Whether the rows at the horizon of the page are of the draws."""
        return any("belief_low" in row for row in self.rows)

    @property
    def drivers(self) -> dict[str, list[str]]:
        """Input that moves the beliefs of the page most -> names of the targets."""
        found: dict[str, list[str]] = {}
        for row in self.stated:
            if row.get("driver"):
                found.setdefault(row["driver"], []).append(row["name"])
        return found

    def fates(self, profile: str) -> dict[str, list[str]]:
        """Letter of a fate -> the targets that have it."""
        found: dict[str, list[str]] = {}
        for target, fate in zip(self.threat.game.targets, profile, strict=True):
            found.setdefault(fate, []).append(self.reading.place(target))
        return found

    def named(self, text: str) -> dict[str, list[str]]:
        """Countries that a statement names: those that are targets, and those that are not."""
        found: dict[str, list[str]] = {"among": [], "not among": []}
        for code, name in self.reading.economy.names.items():
            if code not in self.reading.senders and re.search(rf"\b{re.escape(name)}\b", text):
                verb = "among" if code in self.reading.targets else "not among"
                found[verb].append(self.reading.place(code))
        return found


def by_horizon(facts: Facts) -> list[Table]:
    """Who gives in to the main threat, at every horizon, and if the punished hit back."""
    given = tables.complying(facts.rows, facts.reading.place)
    found = [tables.giving_in(facts.rows), given, tables.retaliation(facts.rows)]
    return [_own_first(table, facts.horizon) for table in found if table]


def bill(facts: Facts) -> list[Table]:
    """What each option costs the sender at every horizon, and each of several senders."""
    name = facts.reading.name
    senders = tables.senders(list(facts.games.values()), name)
    options = tables.options(facts.threat, facts.option_rows, name)
    return [_own_first(options, facts.horizon), *([senders] if senders else [])]


def files(facts: Facts) -> list[Table]:
    """What backing down would have to cost; the game of the two largest targets."""
    payoffs = tables.payoffs(facts.threat, facts.reading.name)
    return [tables.credibility(facts.rows), *([payoffs] if payoffs else [])]


def _own_first(table: Table, horizon: str) -> Table:
    """The rows of a horizon, those of the others behind the fold."""
    own = [row for row in table.rows if row["horizon"] in (horizon, "any")]
    rest = [row for row in table.rows if row not in own]
    return replace(table, rows=[*own, *rest], lead=len(own) if rest else 0, fold="Other horizons")


def _grouped(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    """Rows by what they have under a key, in the order of the first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found
