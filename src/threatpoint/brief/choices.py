"""Would they give in, and is it believed: every threat at the horizon of the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.analysis import option_tables
from threatpoint.analysis.played import Played
from threatpoint.brief import charts, game
from threatpoint.brief.beliefs_layout import Belief, beliefs
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import computed
from threatpoint.brief.prose import Said, say
from threatpoint.brief.section import Section
from threatpoint.strategy import motive

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.first_facts import Facts
    from threatpoint.tables import Table


def giving_in(facts: Facts) -> Section:
    """From which belief each target gives in to each threat."""
    said, played = say("choices.giving_in", facts), game.Facts.of(facts.reading)
    name = facts.reading.name
    over = option_tables.over_horizons(facts.options, name)
    by_horizon = game.by_horizon(played) if played.games else []
    shown = [table for table in by_horizon if table.key == "complying"]
    said = _with(said, "game.main", played)
    moved = option_tables.moved(facts.options, name, facts.least)
    own = facts.reading.analysis.played or Played()
    said["lead"] = "\n".join([said["lead"], *own.unknown])
    return Section.of(
        "giving-in",
        said,
        figures=_beliefs(facts, said),
        tables=[moved, *([over] if over else []), *shown, *own.on_targets()],
        data=[table for table in by_horizon if table not in shown],
    )


def bill(facts: Facts) -> Section:
    """Against whom each threat pays the sender, and what each option costs it."""
    played, reading = game.Facts.of(facts.reading), facts.reading
    said = _with(say("choices.bill", facts), "game.bill", played)
    over = option_tables.over_horizons(facts.options, reading.name, gains=True)
    own = reading.analysis.played
    tables: list[Table] = [
        option_tables.believed(facts.options, reading.name, reading.stated),
        *filter(None, [motive.table(own.motive) if own else None]),
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
    source = computed(facts.reading)
    return [charts.figure("over", said, source, picture, legend=legend, part="over")]


def _with(said: Said, macro: str, played: game.Facts) -> Said:
    """The words of the main threat at every horizon behind those of all threats."""
    if played.games:
        for key, text in say(macro, played).items():
            said[key] = f"{said[key]}\n{text}" if key in said else text
    return said


def _beliefs(facts: Facts, said: Said) -> list[Figure]:
    """A line a target and threat; nothing where no belief is known."""
    rows = facts.beliefs
    known = [belief for _, found in rows for belief in found if belief is not None]
    if not any(math.isfinite(belief.value) for belief in known):
        return []
    names = [option.rule.short for option in facts.options]
    roles = ["target"] + ["third"] * (len(names) - 1)
    legend = charts.kinds(names, roles)
    if any(belief.low < belief.high for belief in known):
        legend.append((charts.RANGE, "range"))
    lines = [
        (facts.reading.name(target), [*map(Belief.of, roles, found)]) for target, found in rows
    ]
    source = computed(facts.reading)
    return [charts.figure("beliefs", said, source, beliefs(lines), legend=legend)]
