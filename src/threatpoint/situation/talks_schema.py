"""Schema of [talks] in a situation file: the two sides and one figure per prior of the talks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ValidationError, create_model

from threatpoint.errors import SituationError, unknown
from threatpoint.situation.lines import Path, line_numbers
from threatpoint.situation.messages import problem, sentences
from threatpoint.situation.model import Assumption
from threatpoint.situation.schema import Figure, Model, Text
from threatpoint.situation.text import parse, printable, read_text, text_problems
from threatpoint.talks.priors import BY_NAME, NAMES, check_priors, quantity_problems
from threatpoint.world.market import Quantity

if TYPE_CHECKING:
    from threatpoint.situation.build import Problem

TALKS_UNITS = tuple(dict.fromkeys(p.unit for p in BY_NAME.values()))
"""Units of the priors of the talks; a figure there may have no other."""


def _talks_unit(value: Any) -> Any:
    if value not in TALKS_UNITS:
        raise ValueError(unknown("unit", str(value), TALKS_UNITS))
    return value


class TalksFigure(Figure):
    """A figure in one of the units of the talks."""

    unit: Annotated[str, BeforeValidator(_talks_unit)]


class TalksSides(Model):
    """[talks]: who takes ground and who holds it; both are parties of the situation."""

    attacker: Text
    defender: Text


DRAFT = str(FilePath(__file__).parent / "library" / "talks-draft.toml")
"""The built-in priors until they stand in the situation itself."""

_FIGURES: dict[str, Any] = dict.fromkeys(NAMES, (TalksFigure, ...))
TalksTable = create_model("TalksTable", __base__=TalksSides, **_FIGURES)
"""[talks]: the sides, and each name of the registry in `threatpoint.talks.priors`."""


@dataclass(frozen=True, eq=False)
class TalksInput:
    """What [talks] says.

    Attributes:
        attacker, defender: codes of the parties.
        priors: name -> quantity, complete and within bounds.
        figures: the same as printed in the file.
    """

    attacker: str
    defender: str
    priors: Mapping[str, Quantity]
    figures: Mapping[str, TalksFigure]

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """The priors among them, with their place in the file."""
        return tuple(
            Assumption(f"talks.{name}", figure)
            for name, figure in self.figures.items()
            if figure.prior
        )


def load_talks(name_or_path: str | FilePath) -> TalksInput:
    """Read [talks] of a situation by built-in name or from a TOML file.

    Raises:
        SituationError: no such file, no [talks], or every problem of the table at once.
    """
    text, _ = read_text(name_or_path)
    source = printable(str(name_or_path))
    raw = parse(text, source)
    if "talks" not in raw:
        raise SituationError(source, ["has no table [talks]; add one, see docs/talks.md"])
    problems: list[Problem] = list(text_problems(raw))
    found = read_talks(raw["talks"], problems)
    if problems or found is None:
        raise SituationError(source, sentences(problems, line_numbers(text)))
    return found


def read_talks(given: Any, problems: list[Problem]) -> TalksInput | None:
    """What a raw [talks] says; None after recording every problem with its key path."""
    try:
        table: Any = TalksTable.model_validate(given)
    except ValidationError as error:
        problems += [_problem(item) for item in error.errors(include_url=False)]
        return None
    figures: dict[str, TalksFigure] = {name: getattr(table, name) for name in NAMES}
    found = [item for name, figure in figures.items() for item in _figure_problems(name, figure)]
    if table.attacker == table.defender:
        found.append((("talks", "defender"), f"{table.defender} is the attacker as well"))
    problems += found
    if found:
        return None
    priors = check_priors({name: quantity(figure) for name, figure in figures.items()})
    return TalksInput(table.attacker, table.defender, priors, MappingProxyType(figures))


def _figure_problems(name: str, figure: TalksFigure) -> list[Problem]:
    """A range that is none; else a wrong unit or an end out of bounds."""
    path: Path = ("talks", name)
    words = _range_problem(figure)
    if words:
        return [(path, words)]
    return [(path, text) for text in quantity_problems(BY_NAME[name], quantity(figure))]


def quantity(figure: Figure) -> Quantity:
    """A figure with its range; without one both ends are the value."""
    low, high = figure.range or (figure.value, figure.value)
    return Quantity(
        value=float(figure.value),
        low=float(low),
        high=float(high),
        unit=figure.unit,
        period=figure.period,
        source=figure.source,
        page=figure.page or "",
        prior=figure.prior,
    )


def _range_problem(figure: Figure) -> str:
    """What is wrong with the range of a figure, '' if nothing."""
    limits = figure.range
    if limits is None:
        return "a prior needs a range: nobody has measured it" if figure.prior else ""
    if len(limits) != 2 or limits[0] > limits[1]:
        return "range must be [low, high]"
    if not limits[0] <= figure.value <= limits[1]:
        return f"value {figure.value} is outside its range {limits[0]} to {limits[1]}"
    if figure.prior and limits[0] == limits[1]:
        return "the range of a prior must have two different ends"
    return ""


def _problem(error: Any) -> Problem:
    """As in the rest of the file; keys of [talks] get their nearest spelling from the registry."""
    path: Path = ("talks", *error["loc"])
    if error["type"] == "extra_forbidden":
        known = ("attacker", "defender", *NAMES) if len(path) == 2 else tuple(Figure.model_fields)
        return path, unknown("key", str(path[-1]), known)
    return problem({**error, "loc": path})
