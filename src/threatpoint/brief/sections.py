"""The sections of the page in their order; each is left out when there is nothing to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint.brief import front, game, lines, method, oil, support, tables, talks, threats
from threatpoint.brief.cases import scenarios, variants
from threatpoint.brief.figures import diversion_figure, losses_figure, sectors_figure
from threatpoint.brief.horizon_section import horizon_section
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.brief.titles import (
    buyers_title,
    losses_title,
    readings_title,
    sectors_title,
    variants_title,
)

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def sections(reading: Reading, **given: Any) -> list[Section]:
    """All sections that have something to show, in the order of the page.

    Args:
        reading: the analysis as the page reads it.
        **given: part -> facts in place of those of the analysis.
    """
    by_horizon = given.get("horizons", reading.analysis.by_horizon)
    found = [losses(reading)] if reading.solved else []
    found += _given(horizon_section(reading, by_horizon))
    found.append(threats.section(reading))
    found += [buyers(reading)] if reading.analysis.buyers else []
    found += [industries(reading)] if reading.sectors else []
    found.append(cases(reading))
    found += [assumed(reading)] if reading.analysis.variants else []
    found += later(reading, given)
    found += [lines.claims(reading)] if reading.analysis.claims else []
    found += [lines.section(reading)] if reading.analysis.situation.rows else []
    return [*found, method.assumptions(reading), method.reproduce(reading)]


def later(reading: Reading, given: Mapping[str, Any]) -> list[Section]:
    """Game, oil, talks, support and front."""
    threat = given.get("game") or game.Facts.of(reading)
    found = _given(game.giving_in(threat)) + _given(game.bill(threat))
    found += _given(oil.section(given.get("oil") or oil.Facts.of(reading)))
    found += _given(talks.section(given.get("talks") or talks.Facts.of(reading)))
    found += _given(support.section(given.get("support") or support.Facts.of(reading)))
    return found + _given(front.section(given.get("front") or front.Facts.of(reading)))


def _given(section: Section | None) -> list[Section]:
    return [] if section is None else [section]


def losses(reading: Reading) -> Section:
    """Who loses what."""
    return Section(
        "losses",
        losses_title(reading),
        figures=(losses_figure(reading),),
        tables=(tables.losses(reading),),
    )


def buyers(reading: Reading) -> Section:
    """Who is a target and why."""
    return Section(
        "targets",
        buyers_title(reading),
        threats.rule(reading),
        tables=(tables.buyers(reading),),
        prose=True,
    )


def industries(reading: Reading) -> Section:
    """Sectors, the sender's prices, and where the trade goes instead."""
    lead = say("method.prices", reading).all("lead")
    figures = [sectors_figure(reading)]
    if any(row["change"] for row in reading.sender_imports):
        figures.append(diversion_figure(reading))
    return Section(
        "sectors",
        sectors_title(reading),
        lead,
        figures,
        (tables.sectors(reading), tables.prices(reading), tables.diversion(reading)),
    )


def cases(reading: Reading) -> Section:
    """What the words could also mean."""
    return Section("cases", readings_title(reading), tables=(scenarios(reading),))


def assumed(reading: Reading) -> Section:
    """How the answer moves with the assumptions of the model."""
    lead = say("method.variants", reading).all("lead")
    return Section("variants", variants_title(reading), lead, tables=(variants(reading),))
