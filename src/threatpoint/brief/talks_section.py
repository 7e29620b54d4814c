"""The talks: what it would take for both to accept a freeze in place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, curves
from threatpoint.brief.section import Section
from threatpoint.brief.talks_tables import flow_tables, numbers_table, priors_table, reasons_table
from threatpoint.brief.talks_words import bn, figure_words, span
from threatpoint.talks.curves import line_by_sanction
from threatpoint.talks.priors import ADDED

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.quantity import Quantity
    from threatpoint.talks.talks import Ranged, TalksResult

Row = dict[str, Any]
Flows = Mapping[str, "Mapping[str, Quantity]"]
POINTS, LEAST_SPAN = 41, 4.0


def talks_section(
    result: TalksResult | None,
    attacker: str = "the attacker",
    defender: str = "the defender",
    flows: Flows | None = None,
) -> Section | None:
    """Zone of agreement, s_R* against s_R, the verdicts on delay; None without a result.

    Args:
        result: of `solve_talks`, without the threat.
        attacker: as it stands inside a sentence.
        defender: the same.
        flows: words of a case -> horizon -> what it adds to s_R, USD bn per month.
    """
    if result is None:
        return None
    cases = flows or {}
    tables = [reasons_table(result, attacker), numbers_table(result), priors_table(result)]
    return Section(
        "talks",
        _title(result, attacker, defender),
        [*_lead(result, attacker, defender), *_pressure(result, cases)],
        figures=(_figure(result, attacker, cases),),
        tables=(*flow_tables(result, cases), *tables),
    )


def _title(result: TalksResult, attacker: str, defender: str) -> str:
    """Who accepts a freeze in place, and what is missing."""
    n = result.numbers
    need, now = bn(n["sanction needed"].value), bn(n["sanction"].value)
    if result.attacker_accepts:
        text = f"{attacker} accepts a freeze in place: peace lifts {now} a month of sanctions"
        text += f", and {need} would do"
    else:
        text = f"{attacker} accepts a freeze in place only if peace lifts {need} a month of "
        text += f"sanctions; now it would lift {now}"
    verdict = "accepts" if result.defender_accepts else "refuses"
    low, high = (figure_words(end) for end in (n["sanction needed"].low, n["sanction needed"].high))
    text += (
        f"; {defender} {verdict} it (on priors; what is needed ranges from USD {low} to {high} bn)"
    )
    return words.capital(text)


def _lead(result: TalksResult, attacker: str, defender: str) -> list[str]:
    """The words where they are first used, and what the ranges say."""
    n = result.numbers
    least, largest, width = n["least line"], n["largest line"], n["zone width"]
    a, d = words.capital(attacker), words.capital(defender)
    both = "always" if result.accepts[0] else "for some" if result.accepts[1] else "for no"
    return [
        f"The zone of agreement holds every line that both sides prefer to war without end. {a} "
        f"prefers peace from a line {_km(least)} beyond today's on, {d} up to one {_km(largest)} "
        f"beyond: the zone is {_km(width)} wide. A freeze in place is the line 0 km². s_R is what "
        f"a ceasefire lifts of the sanctions, USD bn a month; s_R* is the least s_R at which {a} "
        f"accepts a freeze in place: {_ranged(n['sanction needed'])}, against "
        f"{_ranged(n['sanction'])} now.",
        "All of this rests on priors, that is choices with a range that nobody has measured, and "
        f"the ranges are wide: over them both accept a freeze in place {both} "
        f"{'values' if both != 'always' else ''}".rstrip()
        + f". What moves the answer most is {_driver(n['sanction needed'].driver)}.",
    ]


def _pressure(result: TalksResult, flows: Flows) -> list[str]:
    """What the threat adds to s_R at the last horizon, against what is missing."""
    missing = result.numbers["sanction missing"].value
    parts: list[str] = []
    for case, by_horizon in flows.items():
        horizon = words.ordered(by_horizon)[-1]
        added = by_horizon[horizon]
        part = f"with the {case}" if case.startswith("threat") else f"if {case}"
        text = f"{part}, {words.number(added.value, True)} ({span(added.low, added.high)})"
        if missing > 0 and added.value > 0:
            text += f", {words.percent(100 * added.value / missing)} of what is missing"
        parts.append(f"{text} {words.when(horizon)}")
    if not parts:
        return []
    return [
        "What the threat adds to s_R, if a ceasefire ends it, USD bn a month: "
        + "; ".join(parts)
        + ". Below 0 the attacker earns more with the threat than without, so that ending it costs "
        "it something."
    ]


def _driver(name: str) -> str:
    return f"the prior “{name.replace('_', ' ')}”" if name else "no prior"


def _km(number: Ranged) -> str:
    return f"{figure_words(number.value)}{words.SPACE}km²"


def _ranged(number: Ranged) -> str:
    """'USD 3.9 bn (range 0 to 160)'."""
    low, high = figure_words(number.low), figure_words(number.high)
    return f"{bn(number.value)} (range {low} to {high})"


# -- figure -----


def curve_rows(result: TalksResult, least: float = 0.0) -> list[Row]:
    """`line_by_sanction` from 0 or less to twice what is missing, with the priors of the result."""
    end = math.ceil(max(2.0 * _missing(result), LEAST_SPAN))
    start = math.floor(2.0 * min(least, 0.0)) / 2.0
    grid = {start + (end - start) * k / (POINTS - 1) for k in range(POINTS)}
    return line_by_sanction(result.priors, sorted(grid | {0.0}))


def _missing(result: TalksResult) -> float:
    """What is missing without any threat."""
    return result.numbers["sanction missing"].value + result.inputs[ADDED].value


def _figure(result: TalksResult, attacker: str, flows: Flows) -> Figure:
    """The chart with its words; upright lines mark what the threat adds at the last horizon."""
    marks = [
        {"x": by[h].value, "label": f"{case}: {words.number(by[h].value, True)}"}
        for case, by in flows.items()
        for h in words.ordered(by)[-1:]
    ]
    rows = curve_rows(result, min((mark["x"] for mark in marks), default=0.0))
    drawn = [row | {"x": row["sanction"]} for row in rows]
    line = [{"x": row["sanction"], "value": row["value"]} for row in rows]
    missing, last = _missing(result), rows[-1]
    first = min(rows, key=lambda row: abs(row["sanction"]))
    title = (
        f"Without the threat {attacker} asks for {figure_words(first['value'])}{words.SPACE}km² "
        f"more than it holds; with {bn(missing)} a month more it settles for today's line"
        if first["value"] > 0
        else f"{attacker} settles for today's line without the threat"
    )
    low, high = (figure_words(end) for end in (first["low"], first["high"]))
    return charts.figure(
        "fig-talks",
        words.capital(title),
        "Least line accepted beyond today's, km², by what the threat adds to the sanctions a "
        f"ceasefire lifts, USD bn a month; line: central priors; shaded: range over all priors, "
        f"{low} to {high} km² at 0, cut at the edges of the chart",
        "computed from the priors of the talks in the situation file",
        lambda width: curves.curves(
            [{"colour": "third", "rows": drawn}, {"colour": "ink", "rows": line}],
            width,
            _domain(rows),
            title="USD bn a month added by the threat",
            level=True,
            points=meeting_rows(missing, last["sanction"]),
            uprights=marks,
        ),
        f"The line falls from {figure_words(first['value'])} km² at 0 to "
        f"{figure_words(last['value'])} km² at {words.number(last['sanction'])} USD bn a month",
    )


def _domain(rows: Sequence[Row]) -> tuple[float, float]:
    """Limits that show the line; the range is cut where it is far wider."""
    values = [row["value"] for row in rows]
    size = 1.6 * max(max(values) - min(values), max(abs(v) for v in values), 1.0)
    low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
    return max(low, -size), min(high, size)


def meeting_rows(missing: float, end: float) -> list[Row]:
    """Where the line meets today's, if it does before the end of the axis."""
    text = f"from {words.number(missing)} on"
    point = {"x": missing, "value": 0.0, "label": f"accepted {text}", "narrow": {"label": text}}
    return [point] if 0 < missing <= end else []
