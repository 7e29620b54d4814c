"""The sections of the page in their order; each is left out when there is nothing to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint.brief import (
    cases,
    front,
    game,
    horizons,
    lines,
    losses,
    method,
    oil,
    support,
    talks,
    threats,
    trade,
)
from threatpoint.brief.section import Section

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def sections(reading: Reading, **given: Any) -> list[Section]:
    """All sections that have something to show, in the order of the page.

    Args:
        reading: the analysis as the page reads it.
        **given: part -> facts in place of those of the analysis.
    """
    by_horizon = given.get("horizons", reading.analysis.by_horizon)
    found = _given(losses.section(reading), horizons.section(reading, by_horizon))
    found.append(threats.section(reading))
    found += _given(trade.buyers(reading), trade.sectors(reading))
    found += _given(cases.readings(reading), cases.assumptions(reading))
    found += later(reading, given)
    found += [lines.claims(reading)] if reading.analysis.claims else []
    found += [lines.section(reading)] if reading.analysis.situation.rows else []
    return [*found, method.assumptions(reading), method.reproduce(reading)]


def later(reading: Reading, given: Mapping[str, Any]) -> list[Section]:
    """Game, oil, talks, support and front."""
    threat = given.get("game") or game.Facts.of(reading)
    found = [game.giving_in(threat), game.bill(threat)] if threat.games else []
    for name, part in {"oil": oil, "talks": talks, "support": support, "front": front}.items():
        facts = given.get(name) or part.Facts.of(reading)
        found += [part.section(facts)] if facts else []
    return found


def _given(*found: Section | None) -> list[Section]:
    return [section for section in found if section is not None]
