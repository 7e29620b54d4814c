"""The first screen: what to expect, what it costs, what instead, what would change it, how sure.

It says nothing that the parts below do not hold, and computes nothing.
"""

from __future__ import annotations

import datetime
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint import words
from threatpoint.brief import first_charts
from threatpoint.brief.charts import Caption
from threatpoint.brief.first_facts import Facts, Row
from threatpoint.brief.method import command
from threatpoint.brief.method import computed as computed_from
from threatpoint.brief.prose import Said, say, sentence
from threatpoint.strategy.game import COMPLY

if TYPE_CHECKING:
    from threatpoint.analysis.carried import Carried
    from threatpoint.analysis.options import Option
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.quantity import Ranged

MOST_ROWS, MOST_TILES, MOST_CHANGES, MOST_SURE = 8, 6, 4, 6


class Cell(NamedTuple):
    """A number of a box: what it is of, the number and its range in words."""

    label: str
    number: str
    range: str


class Box(NamedTuple):
    """A box: its name, whose colour it has, and a number for each threat."""

    name: str
    role: str
    cells: Sequence[Cell]


class Belief(NamedTuple):
    """A target, and for each threat the belief from which it gives in, with its range."""

    name: str
    cells: Sequence[Cell]


class Sure(NamedTuple):
    """A part of the answer, and in how much of what was tried it is the same."""

    claim: str
    assumptions: str
    horizons: str


@dataclass(frozen=True)
class First:
    """The first screen, in words.

    Attributes:
        kicker, heading, answer: who threatens whom with what, and what to expect.
        note: over the boxes: what the numbers are, and their ranges.
        boxes: what it costs the sender, and the target hit hardest.
        threats: heads of the columns of `beliefs`.
        beliefs_title, beliefs: the third box; empty where nobody is asked for anything.
        figures: losses; the options, where there are some.
        changes: name and sentence of what would change the answer.
        sure: line by line.
        sure_note: what the counts are.
        scored: how the answers fared against what happened since; "" where nobody scored them.
        absent: what is not in here.
        command: that makes the page.
        horizon: of every number that names no other.
    """

    kicker: str
    heading: str
    answer: str
    note: str
    boxes: Sequence[Box]
    threats: Sequence[str]
    beliefs_title: str
    beliefs: Sequence[Belief]
    figures: Sequence[Figure]
    changes: Sequence[tuple[str, str]]
    sure: Sequence[Sure]
    sure_note: str
    scored: str
    absent: str
    command: str
    horizon: str


def computed() -> datetime.date:
    """Today, or the day of $SOURCE_DATE_EPOCH (seconds since 1970), to make a page again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return datetime.date.today()
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()


def first(reading: Reading) -> First:
    """The first screen of an analysis."""
    facts = Facts(reading)
    sure = list(_sure(facts))[:MOST_SURE]
    return First(
        kicker=sentence("first.kicker", facts, computed()),
        heading=sentence("first.heading", facts),
        answer=sentence("first.answer", facts),
        note=sentence("first.note", facts),
        boxes=list(_boxes(facts)),
        threats=[words.capital(option.rule.short) for option in facts.options],
        beliefs_title=sentence("first.beliefs_title", facts),
        beliefs=_beliefs(facts),
        figures=list(_figures(facts)),
        changes=_changes(facts),
        sure=sure,
        sure_note=sentence("first.sure_note", facts) if sure else "",
        scored=sentence("first.scored", facts.scored) if facts.scored else "",
        absent=sentence("first.absent", facts),
        command=command(reading),
        horizon=reading.horizon,
    )


# -- boxes -------------------------------------------------------------------------------------


def _boxes(facts: Facts) -> Iterator[Box]:
    """The sender, and who is hit hardest beside it; nothing without an equilibrium."""
    for name, role in (("sender", "sender"), ("target", "target")):
        cells = [cell for carried in facts.carried for cell in _cells(facts, carried, role)]
        if cells:
            yield Box(sentence(f"first.{name}_box", facts), role, cells)


def _cells(facts: Facts, carried: Carried, role: str) -> Iterator[Cell]:
    """The economy of a role that loses most by a threat."""
    row = next((row for row in facts.rows(carried) if row.role == role), None)
    if row is not None:
        label = sentence("first.cell", facts, carried, row)
        yield Cell(label, words.change(row.first), _span(row))


def _span(row: Row) -> str:
    """The range of a change, or that it says nothing."""
    if words.undetermined(row.low, row.first, row.high):
        return sentence("first.undetermined").rstrip(".")
    return words.ranged(row.low, row.high)


def _beliefs(facts: Facts) -> list[Belief]:
    """The targets of the first threat, the smallest belief first."""
    heads = [option.rule.short for option in facts.options]
    return [
        Belief(facts.reading.name(target), list(map(_belief, heads, found)))
        for target, found in (facts.beliefs[:MOST_TILES] if heads else ())
    ]


def _belief(head: str, found: Ranged | None) -> Cell:
    if found is None:
        return Cell(head, words.DASH, "")
    span = "" if not found.low < found.high else words.belief_span(found.low, found.high)
    return Cell(head, words.belief(found.value), span)


# -- charts ------------------------------------------------------------------------------------


def _figures(facts: Facts) -> Iterator[Figure]:
    """Losses by horizon; the options against each other."""
    drawn, rows = drawn_rows(facts), option_rows(facts)
    if drawn:
        said, losses = say("first.losses", facts, drawn), [_loss(facts, row) for row in drawn]
        horizons = [words.horizon(name) for name in _horizons(facts)]
        yield first_charts.losses("first", _caption(facts, said), losses, horizons)
    if rows:
        said = say("first.options", facts, rows)
        yield first_charts.options("options", _caption(facts, said), rows, said)


def _caption(facts: Facts, said: Said) -> Caption:
    return Caption(said["figure.title"], said["figure.subtitle"], computed_from(facts.reading))


def _horizons(facts: Facts) -> list[str]:
    """That of the page, then the others, short to long."""
    own = facts.reading.analysis.horizon
    return [own, *(name for name in facts.lead.by_horizon if name != own)][:3]


def drawn_rows(facts: Facts) -> list[Row]:
    """Senders, targets, parties, who loses most and who gains most money; by their change."""
    rows = facts.rows(facts.lead)
    if not rows:
        return []
    parties = facts.reading.analysis.situation.parties
    single = [row for row in rows if row.code not in facts.reading.economy.residuals]
    wanted = [rows[0], max(single or rows, key=lambda row: row.money)]
    wanted += [row for role in ("sender", "target") for row in rows if row.role == role][:5]
    wanted += [row for row in rows if row.code in parties]
    wanted += [row for row in rows if row.role == "target"]
    codes = list(dict.fromkeys(row.code for row in wanted))[:MOST_ROWS]
    return [row for row in rows if row.code in codes]


def _loss(facts: Facts, row: Row) -> dict[str, Any]:
    """A row of the chart: the horizon of the page with its range, and the others."""
    over = dict(zip(facts.lead.by_horizon, row.over, strict=True))
    later = [over[name] for name in _horizons(facts)[1:]] + [math.nan, math.nan]
    return {
        "name": row.name, "role": row.role, "first": row.first, "low": row.low, "high": row.high,
        "middle": later[0], "last": later[1], "label": words.number(row.first, True),
    }  # fmt: skip


def option_rows(facts: Facts) -> list[dict[str, Any]]:
    """The options from mild to hard, and what it would bring if all stopped."""
    options = sorted(facts.reading.analysis.options, key=lambda option: -option.sender().value)
    if not options or not facts.options:
        return []
    lead, said = facts.options[0], say("first.ceiling", facts)
    found = [
        _option(words.capital(option.rule.short), sentence("first.on", facts, option))
        | _bars(option.sender(), option.others())
        | {"tiles": _tiles(facts, option)}
        for option in options
    ]
    ceiling = _option(said["words"], said["on"]) | {"last": True, "instead": said["instead"]}
    return [*found, ceiling | _bars(lead.sender(COMPLY), lead.others(COMPLY))]


def _option(name: str, on: str) -> dict[str, Any]:
    return {"words": name, "on": on, "tiles": [], "last": False, "instead": ""}


def _bars(sender: Ranged, targets: Ranged) -> dict[str, Any]:
    """Both bars with their numbers in words."""
    return {
        key: value
        for name, found in (("sender", sender), ("targets", targets))
        for key, value in (
            (name, (found.value, found.low, found.high)),
            (f"{name}_label", words.number(found.value, True)),
        )
    }


def _tiles(facts: Facts, option: Option) -> list[dict[str, Any]]:
    """A tile a target of the first threat; none where there are too many."""
    targets = facts.options[0].targets
    return [_tile(facts, option, target) for target in targets if len(targets) <= MOST_TILES]


def _tile(facts: Facts, option: Option, target: str) -> dict[str, Any]:
    name = facts.reading.name(target)
    if target not in option.targets:
        return {"target": name, "belief": math.nan, "label": words.DASH, "pays": False}
    belief = option.belief(target).value
    pays = option.gain(target).value >= 0
    return {"target": name, "belief": belief, "label": words.belief(belief), "pays": pays}


# -- what would change it, how sure ------------------------------------------------------------


def _changes(facts: Facts) -> list[tuple[str, str]]:
    """What would change the answer; the most telling first."""
    lines = say("first.changes", facts).all("change")
    return [(name, text) for name, _, text in (line.partition("|") for line in lines)][
        :MOST_CHANGES
    ]


def _sure(facts: Facts) -> Iterator[Sure]:
    """Every part of the answer but who is spared, counted over what was tried."""
    for part in facts.parts:
        if part.kind == "spared":
            continue
        counts = (part.option.agreeing(part.same), part.option.at_horizons(part.same))
        said = [f"{sum(c.values())} of {len(c)}" if c else words.DASH for c in counts]
        yield Sure(sentence("first.claim", facts, part), *said)
    if facts.expected is not None and facts.expected.freeze is not None:
        said = say("first.freeze_sure", facts)
        yield Sure(said["claim"], said["held"], words.DASH)
    elif facts.expected is not None and facts.expected.failure:
        yield Sure("Freeze", "not known", words.DASH)
