"""Support: what the other donors must add if one leaves, and whether they can."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, drawing, svg
from threatpoint.brief.section import Section
from threatpoint.support.data import load_support
from threatpoint.support.results import donor_rows, prior_rows, summary_rows
from threatpoint.tables import Column, Table
from threatpoint.words import SPACE

if TYPE_CHECKING:
    from threatpoint.brief.figures import Figure
    from threatpoint.support.support import SupportResult

Row = dict[str, Any]
UNIT = "EUR bn"
SHOWN = 12
MEASURES = {
    "lost_military": "Lost: military",
    "lost_financial": "Lost: financial",
    "lost_humanitarian": "Lost: humanitarian",
    "given_pct_gdp": "Given, of GDP",
    "needed_pct_gdp": "Given and gap, of GDP",
    "lost_share": "Gap, of all support",
}
KEY_WORDS = {"gdp": "GDP", "effort": "effort so far", "capacity": "capacity"}
"""Measures whose names are no words."""


def support_section(result: SupportResult | None, leaver: str = "the donor") -> Section | None:
    """The gap by donor, the three tests and the record; None without a result.

    Args:
        result: of `solve_support`.
        leaver: who leaves, as it stands inside a sentence.
    """
    if result is None:
        return None
    return Section(
        "support",
        _title(result, leaver),
        _lead(result, leaver),
        figures=(_figure(result, leaver),),
        tables=(_tests_table(result), _donor_table(result), _priors_table(result)),
    )


def _eur(value: float) -> str:
    return words.money(value, UNIT)


def month(text: str) -> str:
    """'2022-02' -> 'February 2022'."""
    return f"{datetime.date.fromisoformat(f'{text}-01'):%B %Y}"


def _percent(share: float) -> str:
    return words.percent(100.0 * share)


def _title(result: SupportResult, leaver: str) -> str:
    share = result.gap / float(result.gdp.sum())
    low, high = (words.number(100.0 * end) for end in result.capability_range)
    return words.capital(
        f"without {leaver} Europe must add {_eur(result.gap)} a year, {_percent(share)} of its "
        f"GDP; within {result.horizon} months it can replace {_percent(result.capability['all'])} "
        f"(range {low} to {high}{SPACE}%, priors)"
    )


def _lead(result: SupportResult, leaver: str) -> list[str]:
    """The three words, and the record."""
    first, last = map(month, result.baseline)
    ready = (
        f"after {words.number(result.ready_months)} months"
        if result.ready_months is not None
        else "never, on the priors used"
    )
    return [
        f"The gap is what {leaver} allocated a year from {first} to {last}. Able: the share of it "
        "that can be replaced at the horizon, kind by kind, since some kinds have no other maker. "
        f"Ready: when {_percent(result.covered)} of the gap is covered, {ready}. Willing: the "
        "share that the others would give of their own accord, "
        f"{_percent(result.voluntary_low)} if all value the support alike and "
        f"{_percent(result.voluntary_high)} with the values that their aid so far reveals.",
        _record(result),
    ]


def _record(result: SupportResult) -> str:
    start, end = map(month, result.afterwards)
    change = float(result.afterwards_change.sum())
    verb = "added" if change >= 0 else "cut"
    return (
        f"The record: from {start} to {end} Europe {verb} {_eur(abs(change))} a year, "
        f"{_percent(result.score)} of the gap. It is compared, never fitted."
    )


def _figure(result: SupportResult, leaver: str) -> Figure:
    rows = [row | {"label": _label(row)} for row in donor_rows(result)[:SHOWN]]
    rest = len(result.donors) - len(rows)
    most = donor_rows(result)[0]
    some = f"; {words.count(rest, 'other donor')} in the table" if rest > 0 else ""
    return drawing.finished(
        "fig-support",
        f"{most['name']} must add most, {_eur(most['added_eur_bn'])} a year",
        f"What each donor must add if {leaver} leaves, {UNIT} a year and % of GDP, shared by "
        f"{KEY_WORDS.get(result.key, result.key)}; ring: what it really added from "
        f"{month(result.afterwards[0])} to {month(result.afterwards[1])}{some}",
        drawing.computed_from(load_support().about["release"]),
        lambda width: _chart(rows, width),
        "; ".join(f"{row['name']} {row['label']}" for row in rows),
    )


def _label(row: Row) -> str:
    """'7.6 (0.18 %)'."""
    return f"{words.number(row['added_eur_bn'])}  ({words.percent(row['added_pct_gdp'])})"


def _chart(rows: Sequence[Row], width: int) -> Any:
    """Bars of what is needed, rings of the record, numbers at the right."""
    import altair as alt

    names, left = [row["name"] for row in rows], drawing.label_width(rows, width)
    inner = drawing.room(rows, width)
    whole = drawing.base(rows, names, width, left)
    axis = alt.Axis(
        labelExpr="replace(format(datum.value, ',.3~f'), '-', '\u2212')",
        orient="top", tickCount=5, offset=0 if width > charts.NARROW else 10,
    )  # fmt: skip
    x = alt.X("added_eur_bn:Q", title=None, axis=axis, scale=alt.Scale(zero=True, padding=9))
    bars = whole.mark_bar(height=13, color=svg.THIRD).encode(x=x)
    rings = whole.mark_point(size=70, color=svg.INK, strokeWidth=1.8, opacity=1)
    rings = rings.encode(x=alt.X("afterwards_change_eur_bn:Q", title=None))
    layers = [bars, drawing.zero_line(), rings, *drawing.names_above(whole, rows, width)]
    layers += drawing.numbers(whole, inner, width)
    return alt.layer(*layers).properties(width=inner, height=drawing.step(rows, width))


def _tests_table(result: SupportResult) -> Table:
    rows = [
        row
        | {
            "what": MEASURES.get(row["measure"], words.capital(row["measure"])),
            "shown": _shown(row),
        }
        | {"value": None if row["value"] is None else float(row["value"])}
        for row in summary_rows(result)
    ]
    columns = (
        Column("what", "Measure"),
        Column("measure", "Name", shown=False),
        Column("shown", "Value", "figure", filed=False),
        Column("meaning", "What it means"),
        Column("value", "Value", "number", shown=False),
        Column("unit", "Unit", shown=False),
    )
    note = (
        f"Short within {result.horizon} months: {words.listing(result.short)}."
        if result.short
        else ""
    )
    return Table("support", "Ready, willing and able", columns, tuple(rows), note=note)


def _shown(row: Row) -> str:
    """A value with its unit."""
    value, unit = row["value"], row["unit"]
    if value is None:
        return "never"
    if unit.startswith("share"):
        return words.percent(100.0 * float(value))
    if unit.startswith("%"):
        return words.percent(float(value))
    if unit.startswith(UNIT):
        return f"{words.money_as(float(value), 1.0, UNIT).lstrip('+')}"
    return words.number(float(value)) + (f"{SPACE}months" if unit == "months" else "")


def _donor_table(result: SupportResult) -> Table:
    columns = (
        Column("name", "Donor"),
        Column("donor", "Code", shown=False),
        Column("bilateral_eur_bn", "Gives itself", "money"),
        Column("through_eu_eur_bn", "Through the EU", "money"),
        Column("added_eur_bn", "Must add", "money"),
        Column("added_pct_gdp", "Must add, of GDP", "percent"),
        Column("needed_pct_gdp", "Then gives, of GDP", "percent"),
        Column("afterwards_change_eur_bn", "Really added", "signed money"),
        Column("needed_eur_bn", "Then gives", "money", shown=False),
        Column("score", "Score", "number", shown=False),
    )
    (first, last), (start, end) = map(month, result.baseline), map(month, result.afterwards)
    key = KEY_WORDS.get(result.key, result.key)
    return Table(
        "donors",
        f"What each donor gives ({first} to {last}) and must add, a year, shared by {key}",
        columns,
        tuple(row | {"score": _filed(row["score"])} for row in donor_rows(result)),
        UNIT,
        f"Really added: {start} to {end} less the baseline, each donor's part of the aid of the EU "
        "institutions counted.",
        lead=SHOWN,
        fold="All other donors",
    )


def _filed(value: float | None) -> float | str:
    return "" if value is None else float(value)


def _priors_table(result: SupportResult) -> Table:
    rows = [
        row
        | {"title": f"{words.capital(row['capability'])}: {row['what']}"}
        | {"span": f"{words.number(row['low'])} to {words.number(row['high'])}"}
        for row in prior_rows(result.capabilities)
    ]
    columns = (
        Column("title", "Prior"),
        Column("value", "Value", "number"),
        Column("span", "Range", "figure", filed=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("source", "Why"),
    )
    return Table(
        "support-priors",
        "Priors of what can be replaced: weight in the leaver's aid, ceiling, and time in months",
        columns,
        tuple(rows),
        lead=1,
        fold="All priors",
    )
