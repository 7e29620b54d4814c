"""The sections of the page in their order; each is left out when there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.brief import about, front, game, oil, provenance, support, tables, talks
from threatpoint.brief.cases import claims as claims_table
from threatpoint.brief.cases import scenarios, variants
from threatpoint.brief.figures import diversion_figure, losses_figure, sectors_figure
from threatpoint.brief.horizon_section import horizon_section
from threatpoint.brief.lines import line_by_line
from threatpoint.brief.parts import Parts
from threatpoint.brief.section import Section
from threatpoint.brief.threats_section import threats_section
from threatpoint.brief.titles import (
    buyers_title,
    claims_title,
    lines_title,
    losses_title,
    readings_title,
    sectors_title,
    variants_title,
)

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def sections(reading: Reading, parts: Parts | None = None) -> list[Section]:
    """All sections that have something to show, in the order of the page.

    Args:
        reading: the analysis as the page reads it.
        parts: what the later sections show; those of the analysis by default.
    """
    parts = parts or Parts.of(reading.analysis)
    found = [losses(reading)] if reading.solved else []
    found += _given(horizon_section(reading, parts.by_horizon))
    found.append(threats_section(reading))
    found += [buyers(reading)] if reading.analysis.buyers else []
    found += [industries(reading)] if reading.sectors else []
    found.append(cases(reading))
    found += [assumed(reading)] if reading.analysis.variants else []
    found += later(reading, parts)
    found += [claims(reading)] if reading.analysis.claims else []
    found += [lines(reading)] if reading.analysis.situation.rows else []
    return [*found, assumptions(reading), reproduce(reading)]


def later(reading: Reading, parts: Parts) -> list[Section]:
    """Game, oil, talks, support and front."""
    threat = parts.given.get("game") or game.Facts.of(reading)
    found = _given(game.giving_in(threat)) + _given(game.bill(threat))
    found += _given(oil.section(parts.given.get("oil") or oil.Facts.of(reading)))
    found += _given(talks.section(parts.given.get("talks") or talks.Facts.of(reading)))
    found += _given(support.section(parts.given.get("support") or support.Facts.of(reading)))
    return found + _given(front.section(parts.given.get("front") or front.Facts.of(reading)))


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
        about.rule_sentences(reading),
        tables=(tables.buyers(reading),),
        prose=True,
    )


def industries(reading: Reading) -> Section:
    """Sectors, the sender's prices, and where the trade goes instead."""
    lead = about.price_sentences(reading)
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
    tables = (variants(reading),)
    return Section("variants", variants_title(reading), about.variant_terms(reading), tables=tables)


def claims(reading: Reading) -> Section:
    """The figures of the text."""
    return Section("claims", claims_title(reading), tables=(claims_table(reading),), prose=True)


def lines(reading: Reading) -> Section:
    """The text line by line."""
    return Section("lines", lines_title(reading), tables=(line_by_line(reading),), prose=True)


def assumptions(reading: Reading) -> Section:
    """What carries the numbers and what they leave out."""
    return Section(
        "assumptions",
        "What carries these figures, and what they leave out",
        about.limits(reading),
        tables=(
            *provenance.elasticities(reading),
            *provenance.choices(reading),
            *provenance.sources(reading),
        ),
        facts=provenance.facts(reading),
    )


def reproduce(reading: Reading) -> Section:
    """Cite and reproduce."""
    return Section(
        "reproduce",
        "How to reproduce and cite this page",
        (provenance.files_sentence(), f"Cite as: {provenance.citation(reading)}"),
        commands=(provenance.command(reading),),
    )
