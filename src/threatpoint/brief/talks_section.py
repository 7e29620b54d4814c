"""The talks: what it would take for both to accept a freeze in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.brief import drawing
from threatpoint.brief.section import Section
from threatpoint.brief.talks_chart import line_figure
from threatpoint.brief.talks_tables import flow_tables, numbers_table, priors_table, reasons_table
from threatpoint.brief.talks_words import bn, figure_words, span

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity
    from threatpoint.talks.talks import Ranged, TalksResult

Flows = Mapping[str, "Mapping[str, Quantity]"]


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
        figures=(line_figure(result, attacker, cases),),
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
        horizon = drawing.ordered(by_horizon)[-1]
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
