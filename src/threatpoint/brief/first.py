"""The first screen: who threatens whom with what, the answer, three boxes, two charts, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from threatpoint.brief.losses import answer
from threatpoint.brief.method import command
from threatpoint.brief.prose import sentence

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading


@dataclass(frozen=True)
class Box:
    """One number with its range.

    Attributes:
        name: whose it is.
        role: for its colour.
        number: with its unit.
        range: in words; "" without one.
        also: a line under it; "" without one.
    """

    name: str
    role: Literal["sender", "target", "third"]
    number: str
    range: str = ""
    also: str = ""


@dataclass(frozen=True)
class First:
    """What the first screen says; a part that is empty is not shown.

    Attributes:
        kicker: version, date of the text, date of the computation.
        heading: who threatens whom with what.
        answer: what to expect.
        note: over the boxes: horizon and what the ranges are.
        boxes: at most two.
        beliefs_title: over the beliefs.
        beliefs: name, number and range of each target.
        figures: losses by economy, the options.
        changes: bold name and sentence of what would change the answer.
        sure: part of the answer, and how sure it is or what was tried.
        sure_note: what these words mean.
        absent: what is not in here.
        links: address and words.
        command: that makes the page.
    """

    kicker: str
    heading: str
    answer: str
    note: str = ""
    boxes: Sequence[Box] = ()
    beliefs_title: str = ""
    beliefs: Sequence[tuple[str, str, str]] = ()
    figures: Sequence[Figure] = ()
    changes: Sequence[tuple[str, str]] = ()
    sure: Sequence[tuple[str, str]] = ()
    sure_note: str = ""
    absent: str = ""
    links: Sequence[tuple[str, str]] = ()
    command: str = ""


def first(reading: Reading) -> First:
    """The first screen of an analysis."""
    situation = reading.analysis.situation
    said = sentence("losses.in_short", reading) if reading.solved else " ".join(answer(reading))
    kicker = f"Threatpoint brief · situation of {situation.date}"
    links = (("#reproduce", "Data"), ("#cite", "Cite"))
    return First(kicker, situation.title, said, links=links, command=command(reading))
