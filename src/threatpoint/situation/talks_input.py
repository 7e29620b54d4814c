"""What [talks] of a situation says: the two sides and the priors of the talks, checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from threatpoint.errors import unknown
from threatpoint.situation.problems import Problem
from threatpoint.situation.talks_schema import TalksFigure, TalksTable
from threatpoint.talks.priors import BY_NAME, NAMES, Priors


@dataclass(frozen=True, eq=False)
class TalksInput:
    """What [talks] says.

    Attributes:
        attacker, defender: codes of the parties.
        priors: name -> quantity, complete and within bounds.
        area: km2 of the defender's territory; None where the file does not say.
    """

    attacker: str
    defender: str
    priors: Priors
    area: float | None = None


def talks_input(table: TalksTable) -> TalksInput:
    """The talks of a table without problems; see `talks_problems`."""
    priors = Priors({name: figure.quantity for name, figure in talks_figures(table).items()})
    area = table.defender_area
    return TalksInput(table.attacker, table.defender, priors, area.number if area else None)


def talks_figures(table: TalksTable) -> dict[str, TalksFigure]:
    """Name of the registry -> figure."""
    return {name: getattr(table, name) for name in NAMES}


def talks_problems(table: TalksTable, parties: Iterable[str]) -> Iterator[Problem]:
    """Sides that are no parties or one, and priors out of bounds.

    Ranges that are none are found with those of the rest of the file.
    """
    known = tuple(parties)
    for side in ("attacker", "defender"):
        if getattr(table, side) not in known:
            yield ("talks", side), unknown("party", getattr(table, side), known)
    if table.attacker == table.defender:
        yield ("talks", "defender"), f"{table.defender} is the attacker as well"
    area, line = table.defender_area, talks_figures(table)["line"]
    if area is not None and area.unit != line.unit:
        yield ("talks", "defender_area", "unit"), f"must be {line.unit!r}, as the line is"
    elif area is not None and area.value < line.value:
        text = f"{area.value} {area.unit} is less than the attacker holds ({line.value})"
        yield ("talks", "defender_area"), text
    for name, figure in talks_figures(table).items():
        if figure.sound and (text := BY_NAME[name].problem(figure.quantity)):
            yield ("talks", name), text
        if figure.range and figure.prior and figure.range[0] == figure.range[-1]:
            text = "the range of a prior must have two different ends"
            yield ("talks", name, "range"), text
