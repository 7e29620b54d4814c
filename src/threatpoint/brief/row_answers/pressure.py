"""How far the threat moves the talks: the attacker's monthly cost of war against s_R*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.brief.row_answers.common import percent_of, span, threat_words, two, usd

if TYPE_CHECKING:
    from threatpoint.analysis.pressure import Flows, Pressure
    from threatpoint.brief.reading import Reading

HARDLY = 0.05
"""A move of less than this share of the gap is called hardly any."""


def pressure_sentences(reading: Reading) -> str:
    """What carrying the threat out, and compliance, add to the attacker's monthly cost of war."""
    found = reading.analysis.pressure
    if found is None:
        return ""
    if not found.carried_out:
        return words.sentence(f"what the threat adds to it was not solved: {found.failure}")
    parts = [_carried_out(reading, found)]
    parts += [_complied(reading, found)] if found.complied else []
    return " ".join(parts)


def _carried_out(reading: Reading, found: Pressure) -> str:
    """Carried out: towards s_R*, the wrong way, or hardly at all."""
    who, flows = reading.place(found.attacker), found.carried_out
    verb = _verb(flows)
    text = (
        f"carried out, {threat_words(reading)} {verb} {who} {_by_horizon(flows)} (range over "
        f"horizons and assumptions {_range(flows)}): it moves the monthly cost of war "
        f"{_direction(found, flows)}{_everywhere(flows)}"
    )
    return words.sentence(text)


def _complied(reading: Reading, found: Pressure) -> str:
    """Compliance instead."""
    flows = found.complied
    return words.sentence(
        f"if all targets comply instead, that {_verb(flows)} {reading.place(found.attacker)} "
        f"{_by_horizon(flows)} (range over the same {_range(flows)}) and moves it "
        f"{_direction(found, flows)}"
    )


def pressure_in_short(reading: Reading) -> str:
    """The same in one sentence, without amounts."""
    found = reading.analysis.pressure
    if found is None or not found.carried_out or found.gap <= 0:
        return ""
    text = f"{threat_words(reading)} moves that cost {_shares(found, found.carried_out)}"
    if found.complied:
        text += f" if carried out, and {_shares(found, found.complied)} if all targets comply"
    return words.sentence(text)


def _shares(found: Pressure, flows: Flows) -> str:
    """'the wrong way, by 2.6 to 12 % of the gap to s_R*'."""
    shares = [100 * found.gap_share(flow.value) for flow in flows.values()]
    low, high = min(shares), max(shares)
    of = f"of the gap to s_R*{' over horizons' * (len(shares) > 1)}"
    if high < 0:
        return f"the wrong way, by {span(-high, -low, '%')} {of}"
    return f"{'towards s_R*, ' if low > 0 else ''}by {span(low, high, '%')} {of}"


def _verb(flows: Flows) -> str:
    values = [flow.value for flow in flows.values()]
    return "costs" if all(v > 0 for v in values) else "brings" if max(values) < 0 else "changes by"


def _by_horizon(flows: Flows) -> str:
    """'USD 0.35 bn a month in the first year, 0.17 after 1–3 years and 0.08 after 7–10 years'."""
    mixed = _verb(flows) == "changes by"
    first, *rest = flows.items()
    sign = words.MINUS if mixed and first[1].value < 0 else ""
    parts = [f"{sign}{usd(first[1].value, 'a month')} {words.when(first[0])}"]
    parts += [
        f"{words.number(flow.value if mixed else abs(flow.value))} {words.when(name)}"
        for name, flow in rest
    ]
    return words.listing(parts)


def _range(flows: Flows) -> str:
    """Over all horizons and assumptions, in the sign of the verb."""
    low = min(flow.low for flow in flows.values())
    high = max(flow.high for flow in flows.values())
    if _verb(flows) == "brings":
        low, high = -high, -low
    return span(low, high, "bn")


def _everywhere(flows: Flows) -> str:
    """Said where no assumption tried changes the sign."""
    up = all(flow.low > 0 for flow in flows.values())
    down = all(flow.high < 0 for flow in flows.values())
    return ", the same way in every assumption tried" if up or down else ""


def _direction(found: Pressure, flows: Flows) -> str:
    """Where it moves the cost, with the part of the gap per horizon."""
    shares = {name: found.gap_share(flow.value) for name, flow in flows.items()}
    if found.gap <= 0:
        return "where no gap is open: the attacker accepts a freeze without it"
    sizes = words.listing([percent_of(abs(share)) for share in shares.values()])
    gap = f"the gap of {usd(found.gap, 'a month')} to s_R*"
    if max(shares.values()) < 0:
        return f"the wrong way, by {sizes} of {gap}"
    if max(map(abs, shares.values())) < HARDLY:
        return f"hardly at all, by {sizes} of {gap}"
    if min(shares.values()) < 0:
        both = words.listing([words.percent(100 * s, True) for s in shares.values()])
        return f"by {both} of {gap}"
    past = (
        " (from 100 % on the attacker accepts a freeze in place)"
        if max(shares.values()) > 1
        else ""
    )
    return f"towards s_R*, by {sizes} of {gap}{past.replace(' %', words.SPACE + '%')}"


def pressure_range(reading: Reading) -> str:
    """Range of s_R* and of the gap over the priors."""
    found = reading.analysis.pressure
    if found is None:
        return words.DASH
    needed = found.talks.numbers["sanction needed"]
    return f"s_R* USD{words.SPACE}{two(needed.low)} to {two(needed.high)}{words.SPACE}bn a month"


def closed_range(reading: Reading) -> str:
    """Part of the gap that compliance closes, over the priors, horizons and assumptions."""
    found = reading.analysis.pressure
    if found is None or found.talks_complied is None:
        return ""
    closed = found.talks_complied.numbers["gap closed"]
    ends = span(closed.low, closed.high, "%")
    return f"; compliance closes {ends} of the gap over horizons and priors, 100 where none is open"
