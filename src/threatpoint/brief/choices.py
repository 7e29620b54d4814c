"""Would they give in, and is it believed: every threat at the horizon of the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis import option_tables
from threatpoint.brief import charts, game
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.losses import figure
from threatpoint.brief.prose import Said, say
from threatpoint.brief.section import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.analysis.options import Option
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.first_facts import Facts
    from threatpoint.tables import Table

Row = dict[str, Any]


def giving_in(facts: Facts) -> Section:
    """From which belief each target gives in to each threat."""
    said, played = say("choices.giving_in", facts), game.Facts.of(facts.reading)
    name = facts.reading.name
    over = option_tables.over_horizons(facts.options, name)
    by_horizon = game.by_horizon(played) if played.games else []
    said = _with(said, "game.main", played)
    rows = belief_rows(facts)
    known = any(math.isfinite(row["value"]) for row in rows)
    return Section.of(
        "giving-in",
        said,
        figures=[_figure(facts, said, rows)] if known else [],
        tables=[option_tables.moved(facts.options, name), *([over] if over else [])],
        data=by_horizon,
    )


def bill(facts: Facts) -> Section:
    """Against whom each threat pays the sender, and what each option costs it."""
    played, reading = game.Facts.of(facts.reading), facts.reading
    said = _with(say("choices.bill", facts), "game.bill", played)
    over = option_tables.over_horizons(facts.options, reading.name, gains=True)
    tables: list[Table] = [
        option_tables.believed(facts.options, reading.name, reading.stated),
        *([over] if over else []),
        *(game.bill(played) if played.games else []),
    ]
    data = game.files(played) if played.games else []
    figures = _over(facts, said)
    return Section.of("bill", said, figures=figures, tables=tables, data=data)


def _over(facts: Facts, said: Said) -> list[Figure]:
    """What carrying out each threat brings the sender at each horizon, USD bn a year."""
    found = {option.rule.short: option.over for option in facts.options if len(option.over) > 1}
    if not found:
        return []
    lines = [
        Line.of(words.capital(name), "sender", values, words.number(values[0], True))
        for name, over in found.items()
        for values in [list(over.values())]
    ]
    horizons = list(next(iter(found.values())))
    picture, legend = dots(lines, [words.horizon(horizons[0])]), charts.shades(horizons)
    return [figure(facts.reading, said, "over", picture, legend, "over")]


def _with(said: Said, macro: str, played: game.Facts) -> Said:
    """The words of the main threat at every horizon behind those of all threats."""
    if played.games:
        for key, text in say(macro, played).items():
            said[key] = f"{said[key]}\n{text}" if key in said else text
    return said


def belief_rows(facts: Facts) -> list[Row]:
    """A row a target and threat; the smallest belief in the first threat first, unknown last."""
    lead = facts.options[0]

    def order(target: str) -> tuple[bool, float]:
        value = lead.belief(target).value
        return math.isnan(value), value

    found: list[Row] = []
    for target in sorted(lead.targets, key=order):
        for option in facts.options:
            role = "target" if option is lead else "third"
            row = {"name": facts.reading.name(target), "role": role}
            found.append(row | _belief(option, target))
    return found


def _belief(option: Option, target: str) -> Row:
    """NaN where the threat is not to a target."""
    if target not in option.targets:
        return dict.fromkeys(("value", "low", "high"), math.nan)
    found = option.belief(target)
    return {"value": found.value, "low": found.low, "high": found.high}


def _figure(facts: Facts, said: Said, rows: Sequence[Row]) -> Figure:
    names = [option.rule.short for option in facts.options]
    legend = charts.kinds(names, ("target", "third", "third"))
    if any(row["low"] < row["high"] for row in rows):
        legend.append((charts.RANGE, "range"))
    return figure(facts.reading, said, "beliefs", charts.beliefs(rows), legend)
