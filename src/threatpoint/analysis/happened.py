"""What happened since the text was written, against what the model said: a shipped score, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from threatpoint.files import as_csv, read_csv
from threatpoint.situation import load_situation
from threatpoint.situation.text import built_in
from threatpoint.tables import Table, columns
from threatpoint.words import DASH, SPACE, capital, sentence

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
    if (shipped.date, shipped.threats) != (situation.date, situation.threats):
        return ()
    return tuple(Happened(**row) for row in read_csv(place(name)))  # type: ignore[arg-type]


def table(found: Sequence[Happened]) -> Table:
    """What happened, verdict and answer, misses first; horizons of one verdict in one row.

    The file has a row a horizon, with date, source and what was scored.
    """
    keys = ("happened", "verdict", "horizon", "said", "reason")
    groups = dict[tuple[str, ...], list[Happened]]()
    for line in found:
        groups.setdefault((line.verdict, line.part, line.happened, line.reason), []).append(line)
    rows = [_row(group) for group in groups.values()]
    return Table(
        "happened",
        "What happened, against what the model said, misses first",
        columns("happened", *keys, *(f"-{key}" for key in COLUMNS if key not in keys)),
        rows,
        note="Miss: record and answer disagree. Open: the model's own range holds both answers. "
        "Right: they agree. Not modelled: the model has no answer, so it is not scored.",
        lead=max(sum(row["verdict"] in ("miss", "open") for row in rows), 1),
        fold="What it got right, and what it does not hold",
        deciding=("verdict", "said"),
        file=as_csv([COLUMNS, *(vars(line).values() for line in found)]),
    )


def _row(group: Sequence[Happened]) -> dict[str, str]:
    """Lines that differ in horizon and answer alone as one."""
    first, alone, horizons = group[0], len(group) == 1, [_whole(line.horizon) for line in group]
    each = zip(horizons, (line.said for line in group), strict=True)
    said = first.said if alone else "; ".join(map(" ".join, each))
    return vars(first) | {
        "horizon": ", ".join(horizons),
        "happened": capital(first.happened),
        "said": sentence(": ".join(filter(None, (first.measure, said)))),
        "reason": sentence(first.reason),
    }


def _whole(horizon: str) -> str:
    """A horizon that no line break divides."""
    return horizon.replace(" ", SPACE).replace(DASH, f"\u2060{DASH}\u2060")
