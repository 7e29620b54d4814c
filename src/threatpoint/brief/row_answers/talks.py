"""Answers of the talks: agreement, delay, positioning, guarantees, a wider war."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.row_answers.common import (
    AREA,
    HELD,
    Answer,
    drivers,
    measure,
    ranged_span,
    sides,
    talks_source,
    two,
    usd,
)
from threatpoint.brief.row_answers.ground import line_ranges, line_sentences
from threatpoint.brief.row_answers.pressure import (
    closed_range,
    pressure_in_short,
    pressure_range,
    pressure_sentences,
)
from threatpoint.talks.results import number_rows
from threatpoint.words import SPACE, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.talks.talks import ReasonResult, TalksResult

REASONS = {
    "drift": "the front moves",
    "aid-cut": "support may be cut",
    "commitment": "guarantees that come later cannot be promised now",
    "private-costs": "its costs are not known",
    "positioning": "ground is worth more before a freeze than it costs",
}
"""Reason for delay -> why it would pay."""
FLIPPED = {
    "hazard": "hazard of a cut",
    "shift": "drift that guarantees take away",
    "months to freeze": "time to the freeze",
}
"""Threshold of a reason -> words."""
BASIS = "Peace or war without end, both sides with the same discount; ranges at all ends of priors."


def agreement(reading: Reading, row: Any) -> Answer | None:
    """Is there a line both accept, how wide is the zone, what closes it."""
    found = reading.analysis.pressure
    if found is None:
        return None
    result, (who, other) = found.talks, sides(reading)
    n = result.numbers
    text = (
        f"lines that both prefer to war without end exist: the zone of agreement is "
        f"{two(n['zone width'].value)}{SPACE}{AREA} wide, {_ends(result)}, and is never empty "
        f"while war costs anybody anything. A freeze in place: "
        f"{who} {_accepts(result.attacker_accepts)}, {other} {_accepts(result.defender_accepts)}. "
        f"What stands against a freeze is the drift of the front, "
        f"{words.number(found.talks.priors['drift'].value)}{SPACE}{AREA} a month: {who} would "
        f"accept one up to "
        f"{two(n['drift accepted'].value)}{SPACE}{AREA} a month, or if a ceasefire lifted "
        f"sanctions worth s_R* = {usd(n['sanction needed'].value, 'a month')} to it; those in "
        f"force that it would lift are put at {usd(n['sanction'].value, 'a month')}. "
        f"{pressure_sentences(reading)}"
    )
    used = (n["zone width"], n["sanction needed"], n["drift accepted"])
    return {
        "answer": sentence(text),
        "range": f"zone {ranged_span(n['zone width'])}; {pressure_range(reading)}; a freeze in "
        f"place suits both {HELD[result.accepts]}{closed_range(reading)}",
        "assumptions": f"{BASIS} Moved most by {drivers(used)}.",
        "source": talks_source(reading),
    }


def _ends(result: TalksResult) -> str:
    """Where the zone lies, from today's line."""
    lines = {row["measure"]: row["value"] for row in number_rows(result)}
    low, high = lines["least line"], lines["largest line"]
    if low > 0:
        return f"from {two(low)} to {two(high)}{SPACE}{AREA} beyond today's line"
    return f"from {two(-low)}{SPACE}{AREA} behind today's line to {two(high)}{SPACE}{AREA} beyond"


def _accepts(yes: bool) -> str:
    return "accepts" if yes else "refuses"


def delay(reading: Reading, row: Any) -> Answer | None:
    """Does delay pay, why, and what flips it."""
    found = reading.analysis.pressure
    if found is None:
        return None
    reasons, (who, _) = found.talks.reasons, sides(reading)
    count = sum(reason.pays for reason in reasons)
    verdicts = "; ".join(_verdict(reason) for reason in reasons)
    text = (
        f"delay pays {who} for {words.count(count)} of {words.count(len(reasons))} reasons tested. "
        f"{words.capital(verdicts)}. What would end it is a monthly cost of war that peace lifts. "
        f"{pressure_in_short(reading)}"
    )
    return {
        "answer": sentence(text),
        "range": "; ".join(f"{r.reason} {HELD[r.always, r.ever]}" for r in reasons)
        + f" over the priors; {pressure_range(reading)}",
        "assumptions": f"{BASIS} Moved most by {drivers(r.number for r in reasons)}.",
        "source": talks_source(reading),
    }


def _verdict(reason: ReasonResult) -> str:
    """'the front moves: yes, flips where the drift is 145 km² a month'."""
    why = REASONS.get(reason.reason, reason.reason)
    return f"{why}: {'yes' if reason.pays else 'no'}{_flips(reason)}"


def _flips(reason: ReasonResult) -> str:
    """The threshold that flips a verdict; none within reach is said so."""
    what, value = FLIPPED.get(reason.flipped_by, reason.flipped_by), reason.threshold.value
    if value != value:
        return ""
    if value <= 0 or value == math.inf:
        return f", at {'any' if reason.pays else 'no'} {what}"
    return f", flips where the {what} is {measure(value, reason.threshold.unit)}"


def positioning(reading: Reading, row: Any) -> Answer | None:
    """Value of ground against the expected date of the freeze."""
    found = reading.analysis.pressure
    if found is None:
        return None
    who, other = sides(reading)
    value = found.talks.numbers["value of ground"]
    reason = next(r for r in found.talks.reasons if r.reason == "positioning")
    months = found.talks.priors["months_to_freeze"]
    cost = value.value - 1e3 * reason.number.value
    text = (
        f"a square kilometre that {who} takes now and keeps for good is worth USD"
        f"{SPACE}{two(value.value)}{SPACE}m to it with a freeze expected in "
        f"{words.number(months.value)} months, against a price of USD{SPACE}{two(cost)}{SPACE}m in "
        f"the cost of war: taking ground before a freeze "
        f"{'pays, and stops paying' if reason.pays else 'does not pay, and starts'} where it is "
        f"{two(reason.threshold.value)} months away. {_against(reading)}"
    )
    return {
        "answer": sentence(text),
        "range": f"value {ranged_span(value)}; pays {HELD[reason.always, reason.ever]} over the "
        "priors",
        "assumptions": f"The value of ground to {other} is not used here. Moved most by "
        f"{drivers((value, reason.number))}.",
        "source": talks_source(
            reading, "drift", "attacker_land_value", "attacker_expenditure", "attacker_war_share",
            "discount", "loss_rate", "months_to_freeze",
        ),
    }  # fmt: skip


def _against(reading: Reading) -> str:
    """The cost of war, and what the threat does to it."""
    short = pressure_in_short(reading)
    if not short:
        return ""
    return f"The threat does not enter this price, but what another month of war costs. {short}"


def guarantees(reading: Reading, row: Any) -> Answer | None:
    """Guarantees before against after a ceasefire; area and people on each side of a line."""
    found = reading.analysis.pressure
    if found is None:
        return None
    n, (who, other) = found.talks.numbers, sides(reading)
    room, after = n["zone width"].value, n["commitment premium"].value
    kept = n["premium if kept"].value
    text = (
        f"read as a force that takes {two(found.talks.priors['guarantee_shift'].value)}{SPACE}"
        f"{AREA} a month from the drift, guarantees that start only after a ceasefire make {who} "
        f"ask for {two(kept)}{SPACE}{AREA} more where an agreed line moves only by war, and for "
        f"{two(after)} where {other} may press its new strength at the table; there is room for "
        f"{two(room)}. Such a ceasefire {_holds(kept, after, room)}. Deployed before it, the same "
        f"guarantees move the line back by {two(n['ground saved'].value)}"
        f"{SPACE}{AREA} and ask for nothing later. {line_sentences(reading)}"
    )
    used = (n["commitment premium"], n["premium if kept"], n["ground saved"])
    return {
        "answer": sentence(text),
        "range": f"ground saved {ranged_span(used[2])}; asked for on top {ranged_span(used[1])} "
        f"if lines are kept, {ranged_span(used[0])} if not{line_ranges(reading)}",
        "assumptions": f"The force frees troops and so cuts the drift. Moved most by "
        f"{drivers(used)}; people spread evenly inside an oblast.",
        "source": talks_source(reading, "discount", "guarantee_shift", "guarantee_phases")
        + "; front tables: official areas, State Statistics Service (2021)",
    }


def _holds(kept: float, after: float, room: float) -> str:
    if after <= room:
        return "can hold"
    return "can hold only where a line once agreed is kept" if kept <= room else "cannot hold"


def escalation(reading: Reading, row: Any) -> Answer | None:
    """The hazard of a wider war at which the option stops paying."""
    found = reading.analysis.pressure
    if found is None:
        return None
    hazard, priors = found.talks.numbers["escalation hazard"], found.talks.priors
    months, loss = priors["exposure"], priors["wider_war_loss"]
    text = (
        f"a force deployed before a ceasefire pays as long as it brings a wider war with a "
        f"probability of less than {words.percent(hazard.value)} a month, if it stands there for "
        f"{words.number(months.value)} months of war and a wider war costs {usd(loss.value)}. The "
        f"model does not say how large the hazard is"
    )
    return {
        "answer": sentence(text),
        "range": f"{words.magnitude(hazard.low)} to {words.percent(hazard.high)} a month",
        "assumptions": f"The force saves ground as in the row on guarantees. Moved most by "
        f"{drivers((hazard,))}.",
        "source": talks_source(
            reading, "discount", "defender_land_value", "guarantee_shift", "wider_war_loss",
            "exposure",
        ),
    }  # fmt: skip
