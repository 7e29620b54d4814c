"""Answers about the ground: control, drift, pockets, and both sides of a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.front_words import counts
from threatpoint.brief.row_answers.common import AREA, Answer, area, percent_of, sides
from threatpoint.front.results import COMPUTED
from threatpoint.words import SPACE, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.front.front import FrontResult
    from threatpoint.front.territory import ClaimedOblast, Pocket, Side

OTHERS = 0.01
"""An oblast without a claim is named from this share held on."""


def line_sentences(reading: Reading) -> str:
    """Area and people on each side of the river, or of the contact line without it."""
    return words.sentence("; ".join(_side(side) for side in _sides(reading.analysis.front)))


def line_ranges(reading: Reading) -> str:
    """Their ranges; the river is drawn by hand, so its sides have some."""
    parts = [
        f"{side.side} {words.number(side.area_low)} to {area(side.area_high)}, "
        f"{words.number(side.population_low / 1e3)} to "
        f"{words.number(side.population_high / 1e3)} million people"
        for side in _sides(reading.analysis.front)
    ]
    return "".join(f"; {part}" for part in parts)


def _sides(front: FrontResult | None) -> list[Side]:
    """Both sides of the river, or of the contact line where it is not drawn."""
    lines = () if front is None else front.lines
    drawn = [side for side in lines if side.area_low < side.area_high]
    return drawn or [side for side in lines if side.line == "contact line"]


def _side(side: Side) -> str:
    people = f"{words.number(side.population / 1e3)} million people in 2021"
    gone = words.listing(list(side.without_population))
    return (
        f"{side.line}, {side.side}: {area(side.area)}, {people}"
        f"{f' (no figure for {gone})' if gone else ''}"
    )


def control(reading: Reading, row: Any) -> Answer | None:
    """Claim against control, oblast by oblast, and the pockets the words name."""
    front = reading.analysis.front
    if front is None:
        return None
    who = sides(reading)[0]
    groups: dict[str, list[ClaimedOblast]] = {}
    for item in front.claims:
        groups.setdefault(item.claim.claim, []).append(item)
    claims = "; ".join(f"{claim}: {_held(items)}" for claim, items in groups.items())
    text = (
        f"on {_day(front)} {who} held {area(front.total)} in all. {words.capital(claims)}. "
        f"{_unclaimed(front)} {_pockets(named_pockets(front, row.words))}"
    )
    return {
        "answer": sentence(text),
        "range": _control_range(reading, front),
        "assumptions": f"Held: {counts()}; shares of official oblast areas.",
        "source": f"{COMPUTED}, observation of {_day(front)}; claims: "
        + "; ".join(dict.fromkeys(item.claim.source for item in front.claims)),
    }


def _held(items: list[ClaimedOblast]) -> str:
    """'Luhansk 98 % held, Donetsk 69 %'; what is not held stands last."""
    ordered = sorted(items, key=lambda item: -item.share)
    held = [f"{i.oblast.name} {percent_of(i.share)} held" for i in ordered if i.held > 0]
    none = [f"{i.oblast.name} none of {area(i.not_held)} held" for i in ordered if not i.held]
    return ", ".join([*held, *none])


def _unclaimed(front: FrontResult) -> str:
    claimed = {item.oblast.code for item in front.claims}
    parts = [
        f"{percent_of(item.share)} of {item.oblast.name}"
        for item in front.held
        if item.oblast.code not in claimed and item.share >= OTHERS
    ]
    return f"Without a claim in the table: {words.listing(parts)}." if parts else ""


def _control_range(reading: Reading, front: FrontResult) -> str:
    """Between the observations around the date, as [talks] gives them; else one source."""
    talks = reading.analysis.situation.talks
    limits = talks.priors["line"] if talks is not None else None
    if limits is None or limits.low == limits.high:
        return "exact, by one source"
    return f"{words.number(limits.low)} to {area(limits.high)} between observations, one source"


def drift(reading: Reading, row: Any) -> Answer | None:
    """Drift of the month with the range between sources, and the record since."""
    front = reading.analysis.front
    if front is None or front.drift is None:
        return None
    found, score, who = front.drift, front.score, sides(reading)[0]
    verb = "gained" if found.low > 0 else "moved by"
    counts = [f"{f.source} {words.number(f.value)}" for f in found.published]
    counts += [f"this project ({COMPUTED}) {words.number(found.computed)}"]
    text = (
        f"in {found.month} {who} {verb} {words.number(found.low)} to {area(found.high)}, by the "
        f"count of {words.listing(counts)}; {_against(front)}. Since then the record shows "
        f"{words.number(score.monthly_record)}{SPACE}{AREA} a month; "
        f"{percent_of(score.coverage)} of its {score.observations} observations lie in the band "
        "projected from before"
    )
    return {
        "answer": sentence(text),
        "range": f"{words.number(found.low)} to {area(found.high)} a month between sources",
        "assumptions": "Sources count different things as gained; none is preferred.",
        "source": "; ".join(dict.fromkeys(f.source for f in found.published)),
    }


def _against(front: FrontResult) -> str:
    """The month against the mean of those before."""
    mean, found = front.fitted.mean, front.drift
    if found is None or not front.fitted.months:
        return "there is no earlier record"
    more = "slower" if found.high < mean else "faster" if found.low > mean else "about as fast"
    than = "as" if more == "about as fast" else "than"
    return (
        f"that is {more} {than} the {words.number(mean)}{SPACE}{AREA} a month of "
        f"{front.fitted.months[0]:%Y-%m} to {front.fitted.months[-1]:%Y-%m}"
    )


def pocket(reading: Reading, row: Any) -> Answer | None:
    """The pockets that the words name: size and date."""
    front = reading.analysis.front
    if front is None:
        return None
    found = named_pockets(front, row.words)
    if not found:
        return None
    spread = [p for p in found if p.low < p.high]
    ranges = [f"{p.item}: {words.number(p.low)} to {area(p.high)}" for p in spread]
    alone = [f"{p.item}: one figure, no range" for p in found if p.low == p.high]
    return {
        "answer": sentence(_pockets(found)),
        "range": "; ".join([*ranges, *alone]),
        "assumptions": "Published sizes side by side; nothing is computed.",
        "source": "; ".join(source for p in found for source in p.sources),
    }


def named_pockets(front: FrontResult, text: str) -> list[Pocket]:
    """Pockets whose first word stands in a text, in the order of the table."""
    spoken = set(re.findall(r"\w+", text))
    return [p for p in front.pockets if re.findall(r"\w+", p.item)[0] in spoken]


def _pockets(found: list[Pocket]) -> str:
    """'Kursk pocket held by …, 2025-03: 80 to 140 km².'"""
    parts = [
        f"{p.item}, {p.period}: "
        + (area(p.low) if p.low == p.high else f"{words.number(p.low)} to {area(p.high)}")
        for p in found
    ]
    return sentence("; ".join(parts))


def _day(front: FrontResult) -> str:
    return f"{front.observed.day} {front.observed:%B %Y}"
