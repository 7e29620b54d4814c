"""Tables of the options: what moves each target, and against whom each threat pays the sender."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint import words
from threatpoint.analysis.measures import GAIN as GAINS
from threatpoint.analysis.measures import NEEDED
from threatpoint.analysis.options import Option
from threatpoint.tables import Column, Table, columns

if TYPE_CHECKING:
    from threatpoint.quantity import Ranged

Row = dict[str, Any]
Name = Callable[[str], str]
Least = Mapping[str, Mapping[str, str]]
OTHERS = "The other targets go on and are spared, and who is hit answers as stated."
RANGES = "In brackets 90 of 100 draws."


class Measure(NamedTuple):
    """A column an option.

    Attributes:
        stem: of its key in the file.
        heading: with a place for what the option does.
        of: what it is, of an option and a target.
        write: the number in words.
        ends: its range in words.
    """

    stem: str
    heading: str
    of: Callable[[Option, str], Ranged]
    write: Callable[[float], str]
    ends: Callable[[float, float], str]


def _signed(value: float) -> str:
    return words.number(value, True)


STOPS = Measure("stops", "if it gives in, USD bn", Option.stops, _signed, words.ranged)
HIT = Measure("hit", "if hit: {}, USD bn", Option.hit, _signed, words.ranged)
BELIEF = Measure("belief", "gives in from: {}", Option.belief, words.belief, words.belief_span)
GAIN = Measure("gain", "{}, USD bn", Option.gain, _signed, words.ranged)


def moved(options: Sequence[Option], name: Name, least: Least) -> Table:
    """What giving in and each punishment cost a target, and from which belief it gives in.

    Args:
        options: the threats.
        name: of a target.
        least: target -> key of a column of `side-by-side` -> the least punishment in words.
    """
    lead, when = options[0], words.when(options[0].horizon)
    rows, blank = _rows(options, name, (STOPS, HIT, BELIEF)), dict.fromkeys(_found(least), "")
    stops = [_column(STOPS, "", "")]
    hit, belief = (_columns(measure, options) for measure in (HIT, BELIEF))
    return Table(
        "moved",
        f"What giving in and punishment cost each target alone, {when}",
        (
            *columns("moved", "name", "-target"),
            *(*stops, *hit, *belief),
            *columns("side-by-side", *_found(least)),
            *_filed(options),
        ),
        [{**blank, **row, **least.get(row["target"], {})} for row in rows],
        note="Change in income a year; the belief in punishment from which it gives in; the "
        f"smallest punishment at which it gives in if sure of it{_once(options)}. {_note(options)}",
        deciding=tuple(f"belief_{option.key}" for option in (lead, *options[1:2])),
    )


def _found(least: Least) -> list[str]:
    """The least punishments that somebody has."""
    return list(dict.fromkeys(key for row in least.values() for key in row))


def believed(options: Sequence[Option], name: Name, sender: str) -> Table:
    """What punishing a target alone brings the sender against sparing it."""
    when = words.when(options[0].horizon)
    return Table(
        "believed",
        f"What punishing each target brings {sender} against sparing it, a year, {when}",
        (*columns("believed", "name", "-target"), *_columns(GAIN, options), *_filed(options, GAIN)),
        _rows(options, name, (GAIN,)),
        note="Change in income. Where it is a loss, backing down would have to cost the sender "
        f"more for the threat to be believed. {_note(options)}",
        deciding=tuple(f"gain_{option.key}" for option in options[:2]),
    )


def over_horizons(options: Sequence[Option], name: Name, gains: bool = False) -> Table | None:
    """Beliefs, or what punishing brings the sender, at every horizon; None with a single one.

    Args:
        options: the threats.
        name: of a target.
        gains: what punishing brings the sender, in place of the beliefs.
    """
    lead, horizons = options[0], list(dict.fromkeys(h for o in options for h in o.by_horizon))
    if len(horizons) < 2:
        return None
    measure, kind = (GAINS, "signed number") if gains else (NEEDED, "belief")
    rows = [
        {"threat": words.capital(option.rule.short), "name": name(target), "target": target}
        | {h: option.at(h, measure, target) for h in horizons}
        for option in options
        for target in option.targets
    ]
    what = "What punishing each target brings the sender against sparing it, USD bn a year"
    return Table(
        f"{'gains' if gains else 'beliefs'}-by-horizon",
        f"{what if gains else 'Belief in punishment from which each target gives in'}, by horizon",
        (
            *columns("moved", "name", "-target"),
            Column("threat", "Threat", "short", "What is threatened."),
            *(Column(h, words.capital(words.horizon(h)), kind) for h in horizons),
        ),
        rows,
        note=words.one_horizon_drawn(lead.horizon) if lead.drawn else "",
        deciding=("threat", *horizons),
    )


def _note(options: Sequence[Option]) -> str:
    """Who does what, and what the brackets are, where there are some."""
    return f"{OTHERS} {RANGES}" if any(option.drawn for option in options) else OTHERS


def _once(options: Sequence[Option]) -> str:
    return ", solved once at the central values" if options[0].drawn else ""


def _rows(options: Sequence[Option], name: Name, measures: Sequence[Measure]) -> list[Row]:
    """One row a target of the first option."""
    found: list[Row] = []
    for target in options[0].targets:
        row: Row = {"target": target, "name": name(target)}
        for measure in measures:
            for option in options[:1] if measure is STOPS else options:
                row |= _cells(measure, option, target)
        found.append(row)
    return found


def _cells(measure: Measure, option: Option, target: str) -> Row:
    """Value and range of a cell; NaN for whom the option does not threaten."""
    key = _key(measure, option.key)
    if target not in option.targets:
        return dict.fromkeys((key, f"{key}_low", f"{key}_high"), math.nan)
    found = measure.of(option, target)
    low, high = (found.low, found.high) if option.drawn else (math.nan, math.nan)
    return {key: found.value, f"{key}_low": low, f"{key}_high": high}


def _key(measure: Measure, option: str) -> str:
    return measure.stem if measure is STOPS else f"{measure.stem}_{option}"


def _columns(measure: Measure, options: Sequence[Option]) -> list[Column]:
    return [_column(measure, option.key, option.rule.short) for option in options]


def _column(measure: Measure, option: str, short: str) -> Column:
    """Shown with its range in the same cell."""
    key = _key(measure, option)

    def write(row: Mapping[str, Any]) -> str:
        value, low, high = row[key], row[f"{key}_low"], row[f"{key}_high"]
        said = measure.write(value)
        span = measure.ends(low, high) if low < high and not math.isnan(value) else ""
        return f"{said} ({span})" if span and span != said else said

    return Column(key, measure.heading.format(short), "number", write=write)


def _filed(options: Sequence[Option], *measures: Measure) -> list[Column]:
    """The ends of all ranges, for the file."""
    kept = measures or (STOPS, HIT, BELIEF)
    keys = dict.fromkeys(_key(measure, option.key) for measure in kept for option in options)
    return [
        Column(f"{key}_{end}", "", "number", shown=False) for key in keys for end in ("low", "high")
    ]
