"""Course: how likely each threat was to be carried out, day by day, as its clocks passed.

The threats of one story are those by which the same senders ask for the same; they share the
sender's type, so what came of one tells about the next.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.dated import asked
from threatpoint.situation.record import steps
from threatpoint.strategy.answers import belief, stated
from threatpoint.strategy.game import DEFY, NoWorld, or_nan
from threatpoint.strategy.history import MADE, Step
from threatpoint.strategy.opinions import opinions, share_giving_in
from threatpoint.strategy.record import base_rate_of
from threatpoint.strategy.resolve import Resolve
from threatpoint.strategy.type_compared import gains_of
from threatpoint.strategy.type_priors import TypePrior, type_priors
from threatpoint.tables import Column, Row, Table, columns
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.dated import Dated
    from threatpoint.quantity import Quantity
    from threatpoint.situation.model import Situation

Rows = list[dict[str, Any]]
HIT = "chance of being hit at the next clock of this threat, %"
ENDS = ("low", "high")
LEAST = 5e-4
TABLE_NOTE = (
    "From how often such senders stood firm on record, what hitting the target brings in money, "
    "and the clocks that passed. Nobody knows how many dollars weigh as much as resolve: the range "
    "is over that."
)
PATH_NOTE = (
    "In % after the day's event, the range over how much money weighs in brackets; of who was hit "
    "the chance just before it. Money alone: whom hitting would pay the sender. A threat that was "
    "carried out, on whomever, has no further clock."
)


@dataclass(frozen=True, eq=False)
class Course(Shown):
    """What to believe of each threat and target after each day of a story.

    Attributes:
        of: the sender's type for the threats.
        history: every day, in order.
        rows: `Resolve.rows`, with the threat in words and the probability that a target gives in.
        others: threats made by others or for something else, which are another story.
    """

    of: Resolve
    history: tuple[Step, ...]
    rows: Rows
    others: tuple[Dated, ...] = ()

    def known_on(self, day: datetime.date) -> Course | None:
        """What of it was known on a day; None if nothing.

        A step knows the steps before it alone, so nothing is computed anew.
        """
        history = tuple(step for step in self.history if step.date <= day)
        rows = [row for row in self.rows if row["date"] <= day.isoformat()]
        others = tuple(dated for dated in self.others if dated.day is not None and dated.day <= day)
        return replace(self, history=history, rows=rows, others=others) if history else None

    @property
    def left_out(self) -> list[str]:
        """A sentence on the threats of another story; none without."""
        said = words.listing([f"“{dated.words}”" for dated in self.others])
        return [f"Not told here, as another sender or another demand: {said}."] if said else []

    @cached_property
    def latest(self) -> Rows:
        """The last row of each threat and target, the largest buyer first."""
        return list({(row["key"], row["target"]): row for row in self.rows}.values())

    @property
    def steps(self) -> Rows:
        """`Resolve.rows` with the threats in words."""
        return [{**row, "date": datetime.date.fromisoformat(row["date"])} for row in self.rows]

    @property
    def forecasts(self) -> Rows:
        """Those after which a clock is still to come, the last threat's being the last."""
        return [row for row in self.latest if not math.isnan(row["hit_probability"])]

    @property
    def marked(self) -> list[list[dict[str, Any]]]:
        """The rows of three days: the first, the last new threat and the last before a clock.

        A day counts where the threat is to the targets of the one that is to most, the earliest of
        these, and a clock is still to come; each once, the targets in the order of the first.
        """
        open_ = [rows for rows in self.days() if not math.isnan(rows[0]["hit_probability"])]
        targets = _targets(max(open_, key=len))
        whole = [_in_order(rows, targets) for rows in open_ if {*_targets(rows)} == {*targets}]
        made = [rows for rows in whole if rows[0]["step"] == MADE]
        return list({rows[0]["date"]: rows for rows in (whole[0], made[-1], whole[-1])}.values())

    def days(self) -> list[list[dict[str, Any]]]:
        """The rows of each step of the history."""
        rows = iter(self.rows)
        return [[next(rows) for _ in self.of.gains[step.threat]] for step in self.history]

    def tough(self, threat: str) -> dict[str, float]:
        """Target -> belief that the sender carries a threat out on it, after the last day."""
        return {r["target"]: r["belief_tough"] for r in self.latest if r["key"] == threat}


def _targets(rows: Rows) -> list[str]:
    return [row["target"] for row in rows]


def _in_order(rows: Rows, targets: Sequence[str]) -> Rows:
    return sorted(rows, key=lambda row: targets.index(row["target"]))


def solve_course(
    situation: Situation,
    found: Sequence[Dated],
    of: str = "",
    scale: Quantity | None = None,
) -> Course | None:
    """The course of the story of a threat; None where nobody made one of it.

    Args:
        situation: who made which threat when, and which clocks passed or were kept.
        found: the threats on their days.
        of: name of the threat; the one made first by default.
        scale: s in place of its prior, see `priors_of`.

    Raises:
        PolicyError: an s out of range.
    """
    story = list(_story(found, of))
    history = tuple(_history(situation, story))
    if not history:
        return None
    gains = {dated.name: gains_of(dated.game.game) for dated in story if dated.game is not None}
    type_ = Resolve(gains, priors_of(_senders(story), scale))
    rows = list(_rows(type_, history, {dated.name: dated for dated in story}))
    others = (dated for dated in found if dated.day is not None and asked(dated) != asked(story[0]))
    return Course(type_, history, rows, tuple(others))


def priors_of(senders: Sequence[str], scale: Quantity | None = None) -> dict[str, TypePrior]:
    """The priors of some senders' type.

    Args:
        senders: codes.
        scale: s, the dollars that weigh as much as resolve, USD bn, in place of its prior.

    Raises:
        PolicyError: an s out of range.
    """
    found = dict(type_priors(base_rate_of(senders).sender))
    return found if scale is None else found | {"s": found["s"].given(scale)}


def _senders(story: Sequence[Dated]) -> tuple[str, ...]:
    """Codes of who makes the threats."""
    (first, *_) = story
    return () if first.game is None else first.game.question.senders


def _story(found: Sequence[Dated], of: str) -> Iterator[Dated]:
    """The threats made by the same senders for the same; those of known worth."""
    told = [dated for dated in found if dated.day is not None and _known(dated)]
    lead = next((dated for dated in found if dated.name == of), told[0] if told else None)
    for dated in told:
        if lead is not None and asked(dated) == asked(lead):
            yield dated


def _known(dated: Dated) -> bool:
    """Whether what hitting each target brings the sender is known."""
    try:
        return dated.game is not None and bool(gains_of(dated.game.game))
    except NoWorld:
        return False


def _history(situation: Situation, story: Sequence[Dated]) -> Iterator[Step]:
    """The days on which a threat was made, and its clocks of which the file says what came.

    A threat that was carried out, on whomever, has no further clock in the model: what the file
    says of later ones stands in `clocks` alone.
    """
    open_ = {dated.name for dated in story}
    for day, name, kind, hit in steps(situation):
        if name in open_:
            yield Step(day, name, kind, hit)
        if hit:
            open_.discard(name)


def _rows(
    of: Resolve, history: Sequence[Step], story: dict[str, Dated]
) -> Iterator[dict[str, Any]]:
    """One a day and target."""
    rows = of.rows(history)
    days = [n for n, step in enumerate(history) for _ in of.gains[step.threat]]
    for n, row in zip(days, rows, strict=True):
        dated = story[row["threat"]]
        yield {
            **row,
            "date": row["date"].isoformat(),
            "day": words.day(row["date"]),
            "threat": words.capital(dated.rule.short),
            "short": dated.rule.short,
            "key": dated.name,
            "name": dated.game.name(row["target"]) if dated.game else row["target"],
            "gives_in": _gives_in(of, history[: n + 1], dated, row),
        }


def _gives_in(of: Resolve, history: Sequence[Step], dated: Dated, row: dict[str, Any]) -> float:
    """Probability that the target gives in before the next clock; NaN without one."""
    if math.isnan(row["hit_probability"]) or dated.game is None:
        return math.nan
    game = dated.game.game
    i, quiet = game.position(row["target"]), game.everybody(DEFY)
    needed = or_nan(belief, game, i, quiet, stated(game))
    return share_giving_in(opinions(of, history, dated.name, row["target"]), needed)


def table(found: Course | None) -> Table | None:
    """How likely each threat is carried out, as known after the last day; None without one."""
    if found is None or not found.forecasts:
        return None
    return Table(
        "carried-out",
        "How likely a target that goes on is hit at the next clock, and gives in before it",
        columns(
            "type-path", "name", "-target", "threat", "-key", "gain_usd_bn", "belief_tough",
            "hit_probability", "hit", "gives_in", "-date", "-concept",
        ),
        found.forecasts,
        "USD bn",
        " ".join([TABLE_NOTE, *found.left_out]),
        deciding=("threat", "hit_probability", "hit", "gives_in"),
    )  # fmt: skip


def percent(chance: float) -> float:
    """A probability in percent; one below half a thousandth is none that anybody could tell."""
    return 100 * chance if not chance < LEAST else 0.0


def path(found: Course | None) -> Table | None:
    """Day by day: how likely each target was to be hit at the next clock, and what happened."""
    if found is None or len(found.history) < 2:
        return None
    targets = {row["target"]: row["name"] for row in found.rows}
    return Table(
        "path",
        "How likely each target was to be hit at the next clock, day by day, what money alone "
        "says, and what happened",
        (
            *columns("path", "what", "-day", "-threat"),
            *(Column(t, name, "number", HIT, write=_cell(t)) for t, name in targets.items()),
            *columns("path", "money", "-happened"),
            *(Column(f"{t}_{e}", "", "number", shown=False) for t in targets for e in ENDS),
            *(Column(f"{t}_before", "", "number", shown=False) for t in targets),
        ),
        list(_days(found, targets)),
        note=" ".join([PATH_NOTE, *found.left_out]),
        deciding=(*targets, "money"),
    )


def _days(found: Course, targets: Iterable[str]) -> Iterator[dict[str, Any]]:
    """A row a step of the history."""
    for step, rows in zip(found.history, found.days(), strict=True):
        own = {row["target"]: row for row in rows}
        paying = [row["name"] for row in own.values() if row["pays"]]
        hit = [row["name"] for row in own.values() if row["was_hit"]]
        came = f"{words.listing(hit)} hit" if hit else "nobody hit"
        event = "made" if step.kind == MADE else came if hit else "clock passed"
        yield {
            "what": f"{words.day(step.date)}: {rows[0]['short']}, {event}",
            "day": step.date.isoformat(),
            "threat": rows[0]["threat"],
            "money": words.listing(paying) or "nobody",
            "happened": came,
            **{key: value for t in targets for key, value in _chances(t, own.get(t)).items()},
        }


def _chances(target: str, row: dict[str, Any] | None) -> dict[str, Any]:
    """The chance of a target in percent with its ends, and that before it where it was hit.

    NaN where no clock is to come for it.
    """
    keys = {target: "hit_probability", f"{target}_low": "hit_low", f"{target}_high": "hit_high"}
    found = {key: math.nan if row is None else percent(row[own]) for key, own in keys.items()}
    before = percent(row["hit_before"]) if row and row["was_hit"] else math.nan
    return {**found, f"{target}_before": before}


def _cell(target: str) -> Callable[[Row], str]:
    """'25 (1 to 32)', 'hit, 18 before'."""

    def write(row: Row) -> str:
        if not math.isnan(row[f"{target}_before"]):
            return f"hit, {words.number(row[f'{target}_before'])} before"
        if math.isnan(row[target]):
            return words.DASH
        ends = words.number_span(*(row[f"{target}_{end}"] for end in ENDS))
        return f"{words.number(row[target])} ({ends})"

    return write
