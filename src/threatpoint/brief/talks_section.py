"""The talks: what it would take for both to accept a freeze in place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.brief import charts, drawing, svg, words
from threatpoint.brief.section import Section
from threatpoint.brief.table import Column, Table
from threatpoint.talks.curves import line_by_sanction
from threatpoint.talks.priors import BY_NAME
from threatpoint.talks.results import number_rows, prior_rows, reason_rows
from threatpoint.talks.talks import ADDED, INPUTS

if TYPE_CHECKING:
    from threatpoint.brief.figures import Figure
    from threatpoint.talks.talks import Ranged, TalksResult
    from threatpoint.world.market import Quantity

Row = dict[str, Any]
Flows = Mapping[str, "Mapping[str, Quantity]"]
POINTS, LEAST_SPAN, HEIGHT = 41, 4.0, 260
SOURCE = "the priors of the talks in the situation file"


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
    tables = [_reasons_table(result, attacker), _numbers_table(result), _priors_table(result)]
    return Section(
        "talks",
        _title(result, attacker, defender),
        [*_lead(result, attacker, defender), *_pressure(result, cases)],
        figures=(_figure(result, attacker, cases),),
        tables=(*_flow_tables(result, cases), *tables),
    )


def _title(result: TalksResult, attacker: str, defender: str) -> str:
    """Who accepts a freeze in place, and what is missing."""
    n = result.numbers
    need, now = _bn(n["sanction needed"].value), _bn(n["sanction"].value)
    if result.attacker_accepts:
        text = f"{attacker} accepts a freeze in place: peace lifts {now} a month of sanctions"
        text += f", and {need} would do"
    else:
        text = f"{attacker} accepts a freeze in place only if peace lifts {need} a month of "
        text += f"sanctions; now it would lift {now}"
    verdict = "accepts" if result.defender_accepts else "refuses"
    low, high = (figure_words(end) for end in (n["sanction needed"].low, n["sanction needed"].high))
    text += f"; {defender} {verdict} it (on priors; what is needed ranges from {low} to {high})"
    return words.capital(text)


def _bn(value: float) -> str:
    return words.money(value, "USD bn")


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
        horizon = drawing.ordered(by_horizon)[-1]
        added = by_horizon[horizon]
        part = f"with the {case}" if case.startswith("threat") else f"if {case}"
        text = f"{part}, {words.number(added.value, True)} ({_span(added.low, added.high)})"
        if missing > 0 and added.value > 0:
            text += f", {words.percent(100 * added.value / missing)} of what is missing"
        parts.append(f"{text} in the {drawing.run(horizon)}")
    if not parts:
        return []
    return [
        "What the threat adds to s_R, if a ceasefire ends it, USD bn a month: "
        + "; ".join(parts)
        + ". Below 0 the attacker earns more with the threat than without, so that ending it costs "
        "it something."
    ]


def _flow_tables(result: TalksResult, flows: Flows) -> list[Table]:
    """What each case adds to s_R, by horizon."""
    missing = result.numbers["sanction missing"].value
    rows = [
        {"case": words.capital(case), "horizon": h, "added": q.value, "low": q.low, "high": q.high}
        | {"shown": words.number(q.value, True), "span": _span(q.low, q.high)}
        | {"share": 100 * q.value / missing if missing > 0 else math.nan, "source": q.source}
        for case, by_horizon in flows.items()
        for h, q in ((h, by_horizon[h]) for h in drawing.ordered(by_horizon))
    ]
    columns = (
        Column("case", "Case"),
        Column("horizon", "Horizon", "short"),
        Column("shown", "Added to s_R", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("share", "Of what is missing", "signed percent"),
        Column("added", "Added", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("source", "From", shown=False),
    )
    caption = "What the threat adds to s_R by horizon, USD bn a month"
    return [Table("pressure", caption, columns, tuple(rows))] if rows else []


def _driver(name: str) -> str:
    return f"the prior “{name.replace('_', ' ')}”" if name else "no prior"


def figure_words(value: float) -> str:
    """A number in words: three digits at most, 'any' and 'none' for the infinities."""
    if math.isnan(value):
        return words.DASH
    if math.isinf(value):
        return "any" if value > 0 else "none"
    if 1e-4 <= abs(value) < 0.01:
        return f"{value:.4f}".rstrip("0").replace("-", words.MINUS)
    if abs(value) >= 1000:
        digits = 2 - math.floor(math.log10(abs(value)))
        return words.number(round(value, min(digits, 0)))
    return words.number(value)


def _km(number: Ranged) -> str:
    return f"{figure_words(number.value)}{words.SPACE}km²"


def _ranged(number: Ranged) -> str:
    """'USD 3.9 bn (range 0 to 160)'."""
    low, high = figure_words(number.low), figure_words(number.high)
    return f"{_bn(number.value)} (range {low} to {high})"


# -- chart -----------------------------------------------------------------------------------


def curve(result: TalksResult, least: float = 0.0) -> list[Row]:
    """`line_by_sanction` from 0 or less to twice what is missing, with the priors of the result."""
    priors = {name: q for name, q in result.priors.items() if name in BY_NAME}
    end = math.ceil(max(2.0 * _missing(result), LEAST_SPAN))
    start = math.floor(2.0 * min(least, 0.0)) / 2.0
    return line_by_sanction(
        priors, [start + (end - start) * k / (POINTS - 1) for k in range(POINTS)]
    )


def _missing(result: TalksResult) -> float:
    """What is missing without any threat."""
    return result.numbers["sanction missing"].value + result.priors[ADDED].value


def _figure(result: TalksResult, attacker: str, flows: Flows) -> Figure:
    marks = [
        {"sanction": by[h].value, "text": f"{case}: {words.number(by[h].value, True)}"}
        for case, by in flows.items()
        for h in drawing.ordered(by)[-1:]
    ]
    rows = curve(result, min((mark["sanction"] for mark in marks), default=0.0))
    missing, last = _missing(result), rows[-1]
    first = min(rows, key=lambda row: abs(row["sanction"]))
    title = (
        f"Without the threat {attacker} asks for {figure_words(first['value'])}{words.SPACE}km² "
        f"more than it holds; with {_bn(missing)} a month more it settles for today's line"
        if first["value"] > 0
        else f"{attacker} settles for today's line without the threat"
    )
    low, high = (figure_words(end) for end in (first["low"], first["high"]))
    return drawing.finished(
        "fig-talks",
        words.capital(title),
        "Least line accepted beyond today's, km², by what the threat adds to the sanctions a "
        f"ceasefire lifts, USD bn a month; line: central priors; shaded: range over all priors, "
        f"{low} to {high} km² at 0, cut at the edges of the chart",
        drawing.computed_from(SOURCE),
        lambda width: _chart(rows, missing, marks, width),
        f"The line falls from {figure_words(first['value'])} km² at 0 to "
        f"{figure_words(last['value'])} km² at {words.number(last['sanction'])} USD bn a month",
    )


def _domain(rows: Sequence[Row]) -> tuple[float, float]:
    """Limits that show the line; the range is cut where it is far wider."""
    values = [row["value"] for row in rows]
    size = 1.6 * max(max(values) - min(values), max(abs(v) for v in values), 1.0)
    low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
    return max(low, -size), min(high, size)


def _chart(rows: Sequence[Row], missing: float, marks: Sequence[Row], width: int) -> Any:
    """The line with its band, today's line, and the sanction at which they meet."""
    import altair as alt

    left = 62 if width > charts.NARROW else 52
    data = alt.Chart(alt.Data(values=[dict(row) for row in rows]))
    axis = alt.Axis(title="USD bn a month added by the threat", grid=False, tickCount=6)
    x = alt.X("sanction:Q", axis=axis, scale=alt.Scale(nice=False))
    scale = alt.Scale(domain=list(_domain(rows)), nice=False)
    label = "replace(replace(format(datum.value, ',d'), ',', '\u202f'), '-', '\u2212')"
    y_axis = alt.Axis(title=None, tickCount=5, labelExpr=label, minExtent=left, maxExtent=left)
    band = data.mark_area(color=svg.THIRD, opacity=0.14, clip=True)
    band = band.encode(x=x, y=alt.Y("low:Q", scale=scale, axis=y_axis), y2="high:Q")
    line = data.mark_line(color=svg.INK, strokeWidth=2, clip=True)
    line = line.encode(x=x, y=alt.Y("value:Q", scale=scale))
    layers = [band, _today(scale), line, *_meeting(rows, missing, scale, width)]
    layers += [part for n, mark in enumerate(marks) for part in _case(mark, n)]
    return alt.layer(*layers).properties(width=width - left - 16, height=HEIGHT)


def _today(scale: Any) -> Any:
    """Today's line: the zero line."""
    import altair as alt

    rule = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=svg.INK, strokeDash=[5, 3])
    return rule.encode(y=alt.Y("zero:Q", scale=scale))


def _meeting(rows: Sequence[Row], missing: float, scale: Any, width: int) -> list[Any]:
    """The point where the line meets today's, with its number."""
    import altair as alt

    if not 0 < missing <= rows[-1]["sanction"]:
        return []
    text = f"{'accepted from' if width > charts.NARROW else 'from'} {words.number(missing)} on"
    here = alt.Chart(alt.Data(values=[{"sanction": missing, "zero": 0, "text": text}]))
    at = {"x": alt.X("sanction:Q"), "y": alt.Y("zero:Q", scale=scale)}
    dot = here.mark_point(filled=True, size=80, color=svg.INK, opacity=1).encode(**at)
    words_ = here.mark_text(align="left", dx=4, dy=-12, color=svg.INK).encode(**at, text="text:N")
    return [dot, words_]


def _case(mark: Row, place: int) -> list[Any]:
    """What a case adds to s_R at the last horizon, as a line with its words beside it."""
    import altair as alt

    here = alt.Chart(alt.Data(values=[dict(mark)])).encode(x=alt.X("sanction:Q"))
    top = 17 * place
    rule = here.mark_rule(color=svg.SENDER, strokeWidth=2)
    rule = rule.encode(y=alt.value(top + 2), y2=alt.value(HEIGHT))
    text = here.mark_text(align="left", dx=5, color=svg.INK)
    return [rule, text.encode(y=alt.value(top + 10), text="text:N")]


# -- tables ----------------------------------------------------------------------------------


def spoken(text: str) -> str:
    """Typed signs as printed ones."""
    return text.replace("km2", "km²").replace(" - ", f" {words.MINUS} ")


def _start(text: str) -> str:
    """With a capital letter, unless it starts with a symbol."""
    return text if text.startswith(("s_R", "max(")) else words.capital(text)


def _spoken(row: Row, *keys: str) -> Row:
    return row | {f"{key}_words": figure_words(row[key]) for key in keys}


def _span(low: float, high: float) -> str:
    return f"{figure_words(low)} to {figure_words(high)}"


def _numbers_table(result: TalksResult) -> Table:
    rows = [
        _spoken(row, "value")
        | {"span": _span(row["low"], row["high"]), "driven": row["driver"].replace("_", " ")}
        | {"unit": spoken(row["unit"])}
        for row in number_rows(result)
    ]
    columns = (
        Column("definition", "What"),
        Column("measure", "Name", shown=False),
        Column("value_words", "Value", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("unit", "Unit", "short"),
        Column("value", "Value", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("driven", "Driven by"),
    )
    rows = [row | {"definition": _start(spoken(row["definition"]))} for row in rows]
    return Table(
        "talks",
        "The talks: answers at the central priors, with the range over all of them",
        columns,
        tuple(rows),
        note=f"Ranges: {result.basis}. Driven by: the prior that moves the answer most alone. "
        f"Check: the closed forms and value iteration differ by "
        f"{words.tiny(result.agreement.gap)}; {_status(result)}.",
        lead=8,
        fold="All other answers",
    )


def _status(result: TalksResult) -> str:
    held = "they agree" if result.agreement.converged else "they do not agree"
    return f"{held}, bound {words.tiny(result.agreement.tolerance)}"


def _reasons_table(result: TalksResult, attacker: str) -> Table:
    rows = [
        _spoken(row, "value", "threshold")
        | {
            "verdict": "yes" if row["pays"] else "no",
            "over": "always" if row["always"] else "for some values" if row["ever"] else "never",
            "flips": f"{figure_words(row['threshold'])} {spoken(row['threshold_unit'])}",
            "title": words.capital(spoken(row["definition"])),
        }
        for row in reason_rows(result)
    ]
    columns = (
        Column("title", "Reason"),
        Column("reason", "Name", shown=False),
        Column("verdict", "Holds", "mark"),
        Column("over", "Over the priors", "short"),
        Column("flips", "Flips at", "short"),
        Column("flipped_by", "Of"),
        Column("value", "Number", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("unit", "Unit", shown=False),
        Column("threshold", "Threshold", "number", shown=False),
        Column("threshold_low", "Threshold low", "number", shown=False),
        Column("threshold_high", "Threshold high", "number", shown=False),
    )
    holds = sum(1 for row in rows if row["verdict"] == "yes")
    return Table(
        "delay",
        f"Does delay pay {attacker}? {words.capital(words.count(holds))} of "
        f"{words.count(len(rows), 'reason')} hold at the central priors",
        columns,
        tuple(rows),
        note="Flips at: the value of the quantity named at which the verdict turns; a value below "
        "0, or none, means that no value of it turns the verdict.",
    )


def _priors_table(result: TalksResult) -> Table:
    rows = [
        row
        | {"value_words": words.number(row["value"]), "kind": "prior" if row["prior"] else "source"}
        | {"span": f"{words.number(row['low'])} to {words.number(row['high'])}"}
        | {"what": words.capital(spoken(row["meaning"])), "unit": spoken(row["unit"])}
        for row in prior_rows(result)
        if row["name"] not in INPUTS
    ]
    columns = (
        Column("what", "What goes in"),
        Column("name", "Name", shown=False),
        Column("value_words", "Value", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("unit", "Unit", "short"),
        Column("kind", "Kind", "mark"),
        Column("value", "Value", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("source", "Source", shown=False),
        Column("page", "Page", shown=False),
    )
    return Table(
        "talks-priors",
        "What goes into the talks; sources in the file",
        columns,
        tuple(rows),
        lead=1,
        fold="All inputs",
    )
