"""Each target of a threat, at each day on which the threat was due: was it hit, and does it pay.

Money alone: what carrying it out on this target brings the sender a year, against sparing it, the
others spared, at each horizon, in the world of the day before. It is expected where that is 0 or
more. Where the target said how it would answer, the answer counts; where that turns the sign, the
line is open. No political term, nothing tuned to the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from threatpoint import words
from threatpoint.analysis.happened import COLUMNS
from threatpoint.analysis.happened import place as place_of
from threatpoint.files import as_csv, write_whole
from threatpoint.policy.standing import on_day
from threatpoint.situation import Situation, built_in, load_situation
from threatpoint.strategy import Store, solve_threat
from threatpoint.strategy.results import target_rows
from threatpoint.words import HORIZONS
from threatpoint.world import load_world
from threatpoint.world.economy import Economy
from validation import happened
from validation.chain_scored.lines import lines as chain_lines
from validation.scored import ORDER, Line, Verdict
from validation.threats_on_record import chances

FIRST = "short"
"""The horizon that the counts are about: a tariff is judged by its first year."""
ELSE = (
    "nothing but money is in the sender's payoff; whether it acts on just this day is not in the "
    "model"
)


@dataclass(frozen=True)
class Clock:
    """One target on one day on which a threat was due.

    Attributes:
        situation, threat, target: whose.
        horizon: of the gain.
        day: when it was due.
        hit: it was carried out on the target that day.
        words, source: of the record.
        gain: what carrying it out brings the sender, USD bn a year, unanswered.
        answered: the same where the target answers as stated; the gain where it said nothing.
    """

    situation: str
    threat: str
    target: str
    horizon: str
    day: date
    hit: bool
    words: str
    source: str
    gain: float
    answered: float

    @property
    def expected(self) -> bool:
        """Money alone carries it out."""
        return self.answered >= 0

    @property
    def verdict(self) -> Verdict:
        """Open where the answer of the target decides."""
        if (self.gain >= 0) != (self.answered >= 0):
            return "open"
        return "right" if self.expected == self.hit else "miss"


# -- what is asked ---------------------------------------------------------------------------


def found() -> list[Clock]:
    """Every clock of every built-in situation: misses first, then by day and target."""
    every = [each for name in built_in() for each in clocks(_read(name))]
    return sorted(every, key=lambda c: (ORDER.index(c.verdict), c.day, c.target))


def clocks(situation: Situation) -> list[Clock]:
    """One entry a threat, day, horizon and target; none of days of which nothing is said."""
    return [
        Clock(
            situation.name,
            threat,
            target,
            horizon,
            due.date,
            target in due.hit,
            due.words or "",
            due.source or made.source,
            row["credibility_usd_bn"],
            row.get("credibility_with_retaliation_usd_bn", row["credibility_usd_bn"]),
        )
        for threat, made in situation.made.items()
        for due in made.due
        if due.hit is not None
        for horizon in HORIZONS
        for target, row in _answers(situation.name, threat, _before(due.date), horizon).items()
    ]


_STORE = Store()


def _before(day: date) -> date:
    """The day before: a tariff that came into force on the day stands not behind itself."""
    return day - timedelta(days=1)


@cache
def _answers(name: str, threat: str, day: date, horizon: str) -> Mapping[str, Mapping[str, float]]:
    """Target -> row of a threat in the world of a day."""
    read = _read(name)
    rule = read.threats[threat] if threat in read.threats else read.later[threat].rule
    game = solve_threat(_world(day), rule, horizon=horizon, store=_STORE)
    return {row["target"]: row for row in target_rows(game, thresholds=False)}


@cache
def _read(name: str) -> Situation:
    return load_situation(name)


@cache
def _world(day: date) -> Economy:
    return on_day(load_world(), day)


# -- lines -----------------------------------------------------------------------------------


def line(clock: Clock) -> Line:
    """The clock as a line of a score."""
    who = words.place(clock.target, load_world())
    came = "was hit" if clock.hit else "was not hit"
    more = f": {clock.words}" if clock.words else ""
    return Line(
        f"whether {who} is hit on {words.day(clock.day)}",
        (),
        clock.horizon,
        f"{who} {came} on {words.day(clock.day)}{more}",
        f"on the day before, a year of it for {_sender(clock)}, against sparing, money alone",
        _said(clock),
        clock.verdict,
        _reason(clock),
    )


def _sender(clock: Clock) -> str:
    sender = _read(clock.situation).sender
    return words.listing([words.place(code, load_world()) for code in sender.split("+")])


def _said(clock: Clock) -> str:
    """'+USD 30 bn, +USD 21 bn if it answers as stated'."""
    answered = f", {words.usd_change(clock.answered)} if it answers as stated"
    return words.usd_change(clock.gain) + (answered if clock.answered != clock.gain else "")


def _reason(clock: Clock) -> str:
    if clock.verdict == "right":
        return ""
    if clock.verdict == "open":
        return "it pays unless the target answers; it said that it would"
    if clock.expected:
        return ELSE
    worth = words.money(-clock.answered, "USD bn")
    return f"a word worth {worth} a year to the sender is enough; here it is 0"


def rows(given: Iterable[Clock], situation: str) -> list[dict[str, str]]:
    """The columns of the file that ships with a situation, misses first."""
    found = [
        happened.row(line(c), {"date": str(c.day), "source": c.source}, situation)
        for c in given
        if c.situation == situation
    ]
    places = {str(verdict): place for place, verdict in enumerate(ORDER)}
    found += [happened.row(*each, situation) for each in chain_lines(situation)]
    return sorted([*found, *chances.rows(situation)], key=lambda row: places[row["verdict"]])


def write(given: Sequence[Clock]) -> list[Path]:
    """Write what ships, of each situation but the one that has a score of its own."""
    names = [name for name in dict.fromkeys(c.situation for c in given) if _unscored(name)]
    for name in names:
        made = [[row[key] for key in COLUMNS] for row in rows(given, name)]
        write_whole(place_of(name), as_csv([COLUMNS, *made]))
    return [place_of(name) for name in names]


def _unscored(name: str) -> bool:
    return name != happened.SITUATION


# -- the text --------------------------------------------------------------------------------


def page(given: Sequence[Clock]) -> str:
    """What ships as differences.md: counts, every line, then the chances of being hit, scored."""
    first = [c for c in given if c.horizon == FIRST]
    hit = sum(c.hit for c in first)
    head = [
        "# Threats on record: money alone, at every day on which they were due",
        "",
        "Written by `python -m validation.threats_on_record --write`. Every threat of the built-in",
        "situations that was due on a day, target by target: what carrying it out brings the",
        "sender a year against sparing, others spared, in the world of the day before. Expected",
        "where 0 or more, with the answer that the target announced. The threats were chosen with",
        "the record known: how often they were carried out says nothing of others.",
        "",
        f"Of {len(first)} targets and days {hit} were hit: that nobody is ever hit is right in",
        f"{len(first) - hit}, that everybody is in {hit}. Money alone is right so often:",
        "",
        "| horizon | right | miss | open: the target's answer decides |",
        "|---|---|---|---|",
        *(_counted(name, given) for name in HORIZONS),
        "",
        "| verdict | horizon | situation, threat | what happened | the model said | reason |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(_cells, given), *chances.section()]) + "\n"


def _counted(horizon: str, given: Sequence[Clock]) -> str:
    found = [c.verdict for c in given if c.horizon == horizon]
    counts = (found.count(verdict) for verdict in ("right", "miss", "open"))
    return f"| {words.horizon(horizon)} | {' | '.join(map(str, counts))} |"


def _cells(clock: Clock) -> str:
    said = line(clock)
    what = f"{said.happened} ({clock.source})"
    told = (
        said.verdict,
        said.when,
        f"{clock.situation}, {clock.threat}",
        what,
        said.said,
        said.reason,
    )
    return f"| {' | '.join(told)} |"
