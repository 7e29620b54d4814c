"""Bargains: what an offer on record is worth to both sides, and where bargaining would end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.dated import world_of
from threatpoint.analysis.games import with_terms
from threatpoint.errors import PolicyError
from threatpoint.policy.standing import added
from threatpoint.strategy import pose
from threatpoint.strategy.game import NoWorld
from threatpoint.strategy.offer_rows import GAINS, bargain_rows, offer_rows
from threatpoint.strategy.offers import bargain, duty_on, threatened
from threatpoint.strategy.threat import sketch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.policy import Rule
    from threatpoint.situation.made_schema import OfferTable
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import Terms, ThreatGame
    from threatpoint.world.economy import Economy

Rows = list[dict[str, Any]]


def ends(threat: ThreatGame) -> tuple[Rows, list[str]]:
    """Where bargaining with each target alone would end, by B; sentences on who has no world.

    Who has nothing to bargain over, or to gain, is left out.
    """
    found: Rows = []
    unknown: list[str] = []
    for target in threat.game.targets:
        try:
            found += bargain_rows(threat, target)
        except NoWorld as error:
            name = threat.name(target)
            unknown.append(f"Where bargaining with {name} would end is not known: {error}.")
        except PolicyError:
            continue
    return [row for row in found if row["status"] == "found"], unknown


def offered(
    situation: Situation,
    economy: Economy,
    horizon: str,
    deficits: str,
    terms: Terms | None = None,
) -> Rows:
    """Each offer on record, target by target, in the world of the day on which it was made.

    `status` is "found", or why an offer has no answer: it does not fit the world of its day.
    """
    rules = {**situation.threats, **{name: each.rule for name, each in situation.later.items()}}
    how = (economy, horizon, deficits, terms)
    return [
        {"threat": words.capital(rules[name].short), "date": offer.date.isoformat(), **row}
        for name, offer in situation.offers.items()
        for row in _offered(situation, name, rules[name], offer, *how)
    ]


def _offered(
    situation: Situation,
    name: str,
    rule: Rule,
    offer: OfferTable,
    economy: Economy,
    horizon: str,
    deficits: str,
    terms: Terms | None,
) -> Iterator[dict[str, Any]]:
    """One offer."""
    due = situation.made[name].due if name in situation.made else ()
    hit = {target for clock in due if clock.date <= offer.date for target in clock.hit or ()}
    try:
        question = pose(world_of(economy, offer.date), rule, horizon=horizon, deficits=deficits)
        threat = with_terms(sketch(question), terms)
    except PolicyError as error:
        yield _without(offer, "", "all targets", horizon, str(error))
        return
    for target in threat.game.targets:
        try:
            yield from _to(threat, target, offer, target in hit)
        except PolicyError as error:
            yield _without(offer, target, threat.name(target), horizon, str(error))


def _to(threat: ThreatGame, target: str, offer: OfferTable, stands: bool) -> Rows:
    """An offer to one target."""
    found = bargain(threat, target, in_force=stands)
    cut, pledge = _cut(threat, target, offer, stands), float(offer.pledged.value) / 100
    rows = offer_rows(threat, target, cut, pledge, in_force=stands, found=found)
    return [row | {"status": "found"} for row in rows]


def _without(offer: OfferTable, target: str, name: str, horizon: str, why: str) -> dict[str, Any]:
    """An offer of which nothing is known but why."""
    about = {"target": target, "name": name, "horizon": horizon, "part": "both"}
    pledge = {"pledge_percent": float(offer.pledged.value)}
    nothing = dict.fromkeys(("cut_points", *GAINS), math.nan)
    return {**about, **nothing, **pledge, "explained_by": words.DASH, "status": why}


def _cut(threat: ThreatGame, target: str, offer: OfferTable, stands: bool) -> float:
    """The cut as a share; in proportion where part of the goods is exempt."""
    if offer.of is None:
        return float(offer.cut.value) / 100
    question = threat.question
    whole = added(question.economy, duty_on(question, target))
    whole += 0.0 if stands else threatened(question)
    return whole * float(offer.cut.value) / float(offer.of.value)
