"""The folds of the page in their order; a part that has nothing to show has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.brief import (
    bargain,
    cases,
    choices,
    course,
    design,
    expect,
    first_facts,
    front,
    happened,
    horizons,
    leverage,
    lines,
    losses,
    method,
    oil,
    shares,
    support,
    talks,
    threats,
    trade,
)
from threatpoint.brief.headlines import NAMES, finding
from threatpoint.brief.section import Fold, Section

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

ALONE = {
    "leverage": leverage,
    "design": design,
    "oil": oil,
    "talks": talks,
    "support": support,
    "front": front,
    "happened": happened,
}
"""Part of one section -> its module."""


def folds(reading: Reading, **given: Any) -> list[Fold]:
    """All folds that have something to show, in the order of the page.

    Args:
        reading: the analysis as the page reads it.
        **given: part -> facts in place of those of the analysis.
    """
    found = [_expect(reading), _fold("losses", _losses(reading, given)), *_game(reading, given)]
    found += _carried(reading)
    for part, module in ALONE.items():
        facts = given.get(part) or module.Facts.of(reading)
        told: list[Section | None] = [module.section(facts)] if facts else []
        if part == "happened":
            told = [course.record(reading), *told, bargain.record(reading)]
        found.append(_fold(part, told, finding(part, facts) if facts else ""))
    text = _text(reading)
    found += [text, _method(reading, bool(text.sections))]
    return [fold for fold in found if fold.sections]


def _expect(reading: Reading) -> Fold:
    """The tree, the decision table, and what would change them."""
    facts = expect.Facts.of(reading)
    return _fold("expect", [expect.section(facts)] if facts else [])


def _fold(key: str, sections: Sequence[Section | None], line: str = "") -> Fold:
    """A fold of the sections that are there; its finding is that of the first by default."""
    kept = [section for section in sections if section is not None]
    return Fold(key, NAMES[key], line or next((s.title for s in kept), ""), kept)


def _losses(reading: Reading, given: Mapping[str, Any]) -> list[Section | None]:
    """Who loses what, at each horizon, by sector, and over other readings."""
    own = [horizons.section(reading, given["horizons"])] if "horizons" in given else []
    over = own or horizons.each(reading)
    return [
        *over,
        losses.section(reading, beside=any(over)),
        trade.buyers(reading),
        trade.sectors(reading),
        cases.readings(reading),
    ]


def _game(reading: Reading, given: Mapping[str, Any]) -> list[Fold]:
    """Who gives in, and what each option costs; none where the threat is no game."""
    facts = given.get("threats") or first_facts.Facts(reading)
    made = {"giving-in": choices.giving_in, "options": choices.bill} if facts.options else {}
    return [_fold(part, [make(facts)], finding(part, facts)) for part, make in made.items()]


def _carried(reading: Reading) -> list[Fold]:
    """How likely the threats are carried out, and what an offer could do; none where not known."""
    modules = {"carried": course, "bargain": bargain}
    found = {part: module.Facts.of(reading) for part, module in modules.items()}
    return [
        _fold(part, [modules[part].section(facts)], finding(part, facts))
        for part, facts in found.items()
        if facts
    ]


def _text(reading: Reading) -> Fold:
    """The words of the threats, the figures of the text, and the text line by line."""
    checked = lines.claims(reading) if reading.analysis.claims else None
    answered = lines.section(reading) if reading.analysis.situation.rows else None
    found = [section for section in (checked, answered) if section is not None]
    if not found:
        return _fold("text", [])
    return _fold("text", [threats.section(reading), *found], found[0].title)


def _method(reading: Reading, told: bool) -> Fold:
    """Assumptions, sources, how to cite; and the threats where no text is read line by line."""
    announced = reading.analysis.situation.policy.announced
    own = [threats.section(reading)] if announced and not told else []
    tried, carried = cases.assumptions(reading), shares.Facts.of(reading)
    drawn = None if carried is None else shares.section(carried)
    found = [*own, method.assumptions(reading), drawn, tried, method.reproduce(reading)]
    return _fold("method", found, method.headline(reading))
