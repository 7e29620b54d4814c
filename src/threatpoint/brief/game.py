"""The threat as a game: from which belief each target gives in, what each option costs the sender.

The numbers are read from the worlds that the game has solved; nothing is solved here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts
from threatpoint.brief.losses import figure
from threatpoint.brief.method import built_from
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.strategy import tables
from threatpoint.strategy.options import option_rows
from threatpoint.strategy.results import target_rows

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame

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
        return built_from(self.reading)

    # -- every horizon

    @cached_property
    def rows(self) -> list[Row]:
        """`target_rows` of every horizon, with the place in words."""
        return [
            row | {"place": self.reading.place(row["target"])}
            for game in self.games.values()
            for row in target_rows(game, thresholds=False)
        ]

    @property
    def by_target(self) -> list[list[Row]]:
        """The rows of each target, one a horizon."""
        return list(_grouped(self.rows, "target").values())

    @cached_property
    def option_rows(self) -> list[Row]:
        """`option_rows` of every horizon."""
        return [r for h, game in self.games.items() for r in option_rows(game, self.settled.get(h))]

    @property
    def options(self) -> dict[str, list[Row]]:
        """Option of the sender -> its rows, one a horizon."""
        return _grouped(self.option_rows, "option")

    # -- the last horizon

    @property
    def threat(self) -> ThreatGame:
        """The game of the last horizon."""
        return list(self.games.values())[-1]

    @property
    def horizon(self) -> str:
        """The last one."""
        return self.threat.question.horizon

    @property
    def last(self) -> list[Row]:
        """The targets at the last horizon."""
        return [row for row in self.rows if row["horizon"] == self.horizon]

    @property
    def known(self) -> list[Row]:
        """The targets at the last horizon at which any has a belief, by belief."""
        known = [row for row in self.rows if not math.isnan(row["break_even_belief"])]
        return [row for row in known if row["horizon"] == known[-1]["horizon"]]

    @property
    def valued(self) -> list[Row]:
        """Political terms that are not 0."""
        return tables.valued_terms(self.threat)

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


def giving_in(facts: Facts) -> Section:
    """Who gives in, by horizon."""
    shown = [tables.giving_in(facts.rows), tables.retaliation(facts.rows)]
    return Section.of(
        "giving-in",
        say("game.giving_in", facts),
        figures=[_figure(facts)] if facts.known else [],
        tables=[table for table in shown if table],
    )


def bill(facts: Facts) -> Section:
    """What each option costs the sender, and the price of credibility."""
    name, threats = facts.reading.name, list(facts.games.values())
    shown = [
        tables.options(facts.threat, facts.option_rows, name),
        tables.credibility(facts.rows),
        tables.senders(threats, name),
    ]
    return Section.of(
        "bill",
        say("game.bill", facts),
        tables=[table for table in shown if table],
        data=[table for table in [tables.payoffs(facts.threat, name)] if table],
    )


def _grouped(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    """Rows by what they have under a key, in the order of the first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def _figure(facts: Facts) -> Figure:
    said, rows, legend = say("game.figure", facts), belief_rows(facts), charts.shades(facts.games)
    return figure(facts.reading, said, "beliefs", charts.beliefs, rows, legend=legend)


def belief_rows(facts: Facts) -> list[Row]:
    """Beliefs by target and horizon; the smallest at the last horizon first, unknown ones last."""
    beliefs = {r[0]["name"]: [row["break_even_belief"] for row in r] for r in facts.by_target}
    drawn = [
        {"name": row["name"], "role": "target", "horizon": row["horizon"]}
        | {"value": row["break_even_belief"], "label": _label(beliefs[row["name"]])}
        | {"low": row["break_even_low"], "high": row["break_even_high"]}
        for row in facts.rows
    ]
    last = {name: values[-1] for name, values in beliefs.items()}
    return sorted(drawn, key=lambda row: (math.isnan(last[row["name"]]), last[row["name"]]))


def _label(beliefs: Sequence[float]) -> str:
    """'22 · 28 · 34 %'."""
    unit = f"{words.SPACE}%"
    texts = [words.belief(value) for value in beliefs]
    last = max((n for n, text in enumerate(texts) if text.endswith(unit)), default=-1)
    short = [text if n == last else text.removesuffix(unit) for n, text in enumerate(texts)]
    return " · ".join(short)
