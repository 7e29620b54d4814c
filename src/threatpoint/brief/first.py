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
from threatpoint.brief import design, expect, first_charts
from threatpoint.brief.charts import Caption
from threatpoint.brief.first_facts import Facts, Row
from threatpoint.brief.method import command
from threatpoint.brief.method import computed as computed_from
from threatpoint.brief.moving import Moving, moving
from threatpoint.brief.prose import Said, say, sentence
from threatpoint.spread import Spread

if TYPE_CHECKING:
    from threatpoint.analysis.carried import Carried
    from threatpoint.analysis.chain.decision import Option
    from threatpoint.array_types import Array
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.quantity import Ranged

MOST_ROWS, MOST_TILES, MOST_CHANGES, MOST_SURE = 8, 6, 3, 4


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
    """A part of the answer, how likely it is, and one word for that."""

    claim: str
    chance: str
    word: str


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
        moving: what moves the first of them; None where nothing does.
        changes: name and sentence of what would change the answer.
        sure: line by line.
        sure_note: what the words mean.
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
    moving: Moving | None
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
        answer=said_answer(facts),
        note=sentence("first.note", facts),
        boxes=list(_boxes(facts)),
        threats=[words.capital(option.rule.short) for option in facts.options],
        beliefs_title=sentence("first.beliefs_title", facts),
        beliefs=_beliefs(facts),
        figures=list(_figures(facts)),
        moving=moving(facts, drawn_rows(facts)),
        changes=_changes(facts),
        sure=sure,
        sure_note=sentence("first.sure_note", facts) if sure else "",
        scored=sentence("happened.short", facts.scored) if facts.scored else "",
        absent=sentence("first.absent", facts),
        command=command(reading),
        horizon=reading.horizon,
    )


def said_answer(facts: Facts) -> str:
    """The first sentence: what to expect, or who loses most where nobody is asked for anything."""
    if facts.expect is not None:
        return sentence("expect.answer", facts.expect)
    return sentence("first.answer", facts)


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
    yield from filter(None, (losses_figure(facts), options_figure(facts)))


def losses_figure(facts: Facts) -> Figure | None:
    """Losses by horizon where the first threat is carried out; None without an equilibrium."""
    drawn = drawn_rows(facts)
    if not drawn:
        return None
    said, losses = say("first.losses", facts, drawn), [_loss(facts, row) for row in drawn]
    horizons = [words.horizon(name) for name in _horizons(facts)]
    return first_charts.losses("first", _caption(facts, said), losses, horizons)


def options_figure(facts: Facts, chosen: str = "") -> Figure | None:
    """The options against each other; None where nobody is asked for anything.

    Args:
        facts: with draws.
        chosen: name of a threat whose row is shaded.
    """
    rows = option_rows(facts, chosen)
    if not rows:
        return None
    said = say("expect.options", facts.expect, rows)
    return first_charts.options("options", _caption(facts, said), rows, said)


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


def option_rows(facts: Facts, chosen: str = "") -> list[dict[str, Any]]:
    """The decision table drawn: the threats from mild to hard, what sanctions do, the ceiling."""
    found = facts.expect
    if found is None or not found.chain.threats:
        return []
    return [
        _option(found, option) | {"chosen": option.kind == "hit" and option.name == chosen}
        for option in found.drawn_options
    ]


def _option(facts: expect.Facts, option: Option) -> dict[str, Any]:
    said = say("expect.bar", facts, option)
    ceiling = option.kind == "stop"
    return {
        "words": said["words"],
        "on": said.get("on", ""),
        "last": ceiling,
        "instead": "",
        "tiles": _tiles(facts, option),
        **_bar("sender", option.sender),
        **_bar("targets", option.others),
    }


def _bar(name: str, values: Array | None) -> dict[str, Any]:
    """A bar, its range and its number in words; nothing where the option touches nobody."""
    if values is None:
        return {name: (math.nan, math.nan, math.nan), f"{name}_label": ""}
    found = Spread(values)
    ends = (found.low, found.high) if found.low < found.high else (math.nan, math.nan)
    return {name: (found.median, *ends), f"{name}_label": words.number(found.median, True)}


def _tiles(facts: expect.Facts, option: Option) -> list[dict[str, Any]]:
    """Chance that each target gives in, and of a freeze; none where there are too many."""
    targets = facts.chain.threats[0].parties
    names = targets if len(targets) < MOST_TILES else ()
    tiles = [
        _tile(facts.reading.name(target), option.gives_in.get(target, math.nan)) for target in names
    ]
    freeze = [] if option.freeze is None else [_tile("Freeze", option.freeze.value)]
    return [*tiles, *freeze]


def _tile(name: str, chance: float) -> dict[str, Any]:
    label = words.DASH if math.isnan(chance) else words.chance(chance).removesuffix(" %")
    return {"target": name, "chance": chance, "label": label}


# -- what would change it, how sure ------------------------------------------------------------


def _changes(facts: Facts) -> list[tuple[str, str]]:
    """What would change the answer; the most telling first, another threat last."""
    other = design.first(facts.reading)
    if facts.expect is not None:
        return [*expect.changed(facts.expect)[: MOST_CHANGES - len(other)], *other]
    lines = (line.partition("|") for line in say("first.changes", facts).all("change"))
    return [*[(name, text) for name, _, text in lines][: MOST_CHANGES - len(other)], *other]


def _sure(facts: Facts) -> Iterator[Sure]:
    """Every part of the answer with its chance and one word."""
    if facts.expect is not None:
        yield from (Sure(*line) for line in expect.sure(facts.expect))
