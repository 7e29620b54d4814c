"""What happened since the text was written, against what the model said: a shipped score, read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from threatpoint.files import read_csv
from threatpoint.situation import load_situation
from threatpoint.situation.text import built_in
from threatpoint.tables import Row, Table, columns
from threatpoint.words import DASH, HORIZONS, SPACE, capital, horizon, sentence

if TYPE_CHECKING:
    from threatpoint.situation.model import Situation

Verdict = Literal["miss", "open", "right", "not modelled"]


@dataclass(frozen=True)
class Happened:
    """One statement of the record against one answer of the model.

    Attributes:
        verdict: "miss", "open" (the model's own range holds both answers), "right", or "not
            modelled" (the model has no answer, so it is not scored).
        part: what it is about.
        horizon: of the answer, in words; "any" where it does not matter.
        happened, date, source: the record; the day of its last event.
        measure: what the model's number is; "" where there is none.
        said: the model's answer.
        reason: why it missed or is open, as far as one can tell.
        version, situation: what was scored.
    """

    verdict: Verdict
    part: str
    horizon: str
    happened: str
    date: str
    source: str
    measure: str
    said: str
    reason: str
    version: str
    situation: str


COLUMNS = tuple(field.name for field in fields(Happened))
"""Of the shipped file."""
SCORED = ("date", "threats", "later")
"""What of a situation a score is about."""
NAMES = tuple(map(horizon, HORIZONS))
"""Horizons in words."""


def place(name: str) -> Path:
    """The file of a built-in situation; it need not be there."""
    library = files("threatpoint.situation").joinpath("library")
    return Path(str(library.joinpath(f"{name}.happened.csv")))


def happened(situation: Situation) -> tuple[Happened, ...]:
    """The score of a situation, misses first; empty where none is shipped.

    A file of another text under the name of a built-in one, or with other threats, has none: what
    was scored is the threats as they are shipped.
    """
    name = situation.name
    if name not in built_in() or not place(name).is_file():
        return ()
    shipped = load_situation(name)
    if any(getattr(shipped, key) != getattr(situation, key) for key in SCORED):
        return ()
    return tuple(Happened(**row) for row in read_csv(place(name)))  # type: ignore[arg-type]


def table(found: Sequence[Happened]) -> Table:
    """What happened, verdict and answer, misses first; horizons of one verdict in one row."""
    groups = dict[tuple[str, ...], list[Happened]]()
    for line in found:
        groups.setdefault((line.verdict, line.part, line.happened, line.reason), []).append(line)
    rows = [_row(group) for group in groups.values()]
    keys = ("happened", "verdict", "horizon", "said", "reason", "-part", "-date", "-source")
    return Table(
        "happened",
        "What happened, against what the model said, misses first",
        columns("happened", *keys, horizon=_whole("horizon"), said=_whole("said")),
        rows,
        note="Miss: record and answer disagree. Open: the model's own range holds both answers. "
        "Right: they agree. Not modelled: the model has no answer, so it is not scored.",
        lead=max(sum(row["verdict"] in ("miss", "open") for row in rows), 1),
        fold="What it got right, and what it does not hold",
        deciding=("verdict", "said"),
    )


def lines(found: Sequence[Happened]) -> Table:
    """Every line of the score, a row a horizon."""
    caption = "The score line by line, with what was scored"
    return Table("happened-lines", caption, columns("happened", *COLUMNS), [*map(vars, found)])


def _row(group: Sequence[Happened]) -> dict[str, str]:
    """Lines that differ in horizon and answer alone as one."""
    first, alone = group[0], len(group) == 1
    said = "; ".join(line.said if alone else f"{line.horizon} {line.said}" for line in group)
    return vars(first) | {
        "horizon": ", ".join(line.horizon for line in group),
        "happened": capital(first.happened),
        "said": sentence(": ".join(filter(None, (first.measure, said)))),
        "reason": sentence(first.reason),
    }


def _whole(key: str) -> Callable[[Row], str]:
    """What writes a cell whose horizons no line break divides."""
    whole = {name: name.replace(" ", SPACE).replace(DASH, f"\u2060{DASH}\u2060") for name in NAMES}

    def written(row: Row) -> str:
        text = str(row[key])
        for name, kept in whole.items():
            text = text.replace(name, kept)
        return text

    return written
