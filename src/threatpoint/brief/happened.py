"""What happened since: the model's answers scored against the record, misses first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.analysis.happened import lines, table
from threatpoint.analysis.scores import Scores, known_later, questions
from threatpoint.analysis.scores import table as score_table
from threatpoint.brief import charts, front
from threatpoint.brief.prose import say
from threatpoint.brief.reliability_layout import reliability
from threatpoint.brief.section import Section
from threatpoint.oil.known import Later, later
from threatpoint.oil.setting import setting_of
from threatpoint.strategy.regime import regime_of

if TYPE_CHECKING:
    from threatpoint.analysis.happened import Happened, Verdict
    from threatpoint.brief.reading import Reading

FRONT = "the front over all months"
"""Part of the score that the chart of the front stands beside."""


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        lines: of the score, misses first; at least one.
        later: numbers of the crude market that became known after the text; None for none.
        ground: facts of the front; None without one.
        scores: of the draws; None where they were not scored.
        inputs: groups of them known after the day, without a date of their own, and all.
    """

    lines: Sequence[Happened]
    later: Later | None = None
    ground: front.Facts | None = None
    scores: Scores | None = None
    inputs: tuple[int, int, int] = (0, 0, 0)

    @property
    def scored(self) -> list[Happened]:
        """The lines that the model has an answer to."""
        return [line for line in self.lines if line.verdict != "not modelled"]

    def count(self, verdict: Verdict) -> int:
        """Lines of a verdict."""
        return sum(line.verdict == verdict for line in self.lines)

    @property
    def always(self) -> list[str]:
        """What is missed at every horizon."""
        found = {line.part for line in self.scored if line.verdict != "miss"}
        return list(dict.fromkeys(line.part for line in self.scored if line.part not in found))

    @property
    def sometimes(self) -> list[str]:
        """What is missed at some horizons."""
        missed = dict.fromkeys(line.part for line in self.scored if line.verdict == "miss")
        return [part for part in missed if part not in self.always]

    @property
    def version(self) -> str:
        """Of the software that was scored."""
        return self.lines[0].version

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without a score."""
        found = reading.analysis.happened
        if not found:
            return None
        scores = Scores.of(found[0].situation)
        about = _later(reading), front.Facts.of(reading), scores, _dated(reading)
        return cls(found, *about)


def _dated(reading: Reading) -> tuple[int, int, int]:
    """What the draws rest on that nobody knew on the day."""
    chain = reading.analysis.chain
    return (0, 0, 0) if chain is None else known_later(chain.inputs, chain.situation.date)


def _later(reading: Reading) -> Later | None:
    """What of the crude market, where the threats move it, could not be known on their day."""
    market = setting_of(reading.economy)
    if market is None:
        return None
    situation = reading.analysis.situation
    moved = any(regime_of(reading.economy, rule) for rule in situation.threats.values())
    return later(market.outlets.base, situation.date) if moved else None


def section(facts: Facts) -> Section:
    """The score, every line of it, the draws against what came, and the front as it went."""
    said = say("happened.section", facts)
    over = [line for line in facts.lines if line.part == FRONT]
    drawn = [front.since(facts.ground, line) for line in over if facts.ground]
    shown = [figure for figure in drawn if figure is not None]
    tables, data = [table(facts.lines)], [lines(facts.lines)]
    if facts.scores is not None:
        shown.insert(0, _reliability(facts.scores))
        tables.insert(0, score_table(facts.scores))
        data.append(questions(facts.scores))
    return Section.of("happened", said, figures=shown, tables=tables, data=data, prose=True)


def _reliability(scores: Scores) -> charts.Figure:
    """Chances given, and how often what they were given to came."""
    said, drawn = say("happened.reliability", scores), reliability(scores.classes)
    return charts.figure("reliability", said, "scored against the record", drawn)
