"""What [talks] of a situation says: the two sides and the priors of the talks, checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
        known: name -> month from which it could be known, YYYY-MM.
    """

    attacker: str
    defender: str
    priors: Priors
    known: Mapping[str, str]


def talks_input(table: TalksTable) -> TalksInput:
    """The talks of a table without problems; see `talks_problems`."""
    priors = Priors({name: figure.quantity for name, figure in talks_figures(table).items()})
    known = {name: figure.known for name, figure in talks_figures(table).items()}
    return TalksInput(table.attacker, table.defender, priors, MappingProxyType(known))


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
    for name, figure in talks_figures(table).items():
        if figure.sound and (text := BY_NAME[name].problem(figure.quantity)):
            yield ("talks", name), text
        if figure.range and figure.prior and figure.range[0] == figure.range[-1]:
            text = "the range of a prior must have two different ends"
            yield ("talks", name, "range"), text
