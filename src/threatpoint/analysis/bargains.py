"""Bargains: what an offer on record is worth to both sides, and where bargaining would end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.dated import world_of
from threatpoint.errors import PolicyError
from threatpoint.policy.standing import added
from threatpoint.strategy import pose
from threatpoint.strategy.offer_rows import bargain_rows, offer_rows
from threatpoint.strategy.offers import bargain, duty_on, threatened
from threatpoint.strategy.threat import sketch
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threatpoint.policy import Rule
    from threatpoint.situation.made_schema import OfferTable
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import ThreatGame
    from threatpoint.tables import Row
    from threatpoint.world.economy import Economy

Rows = list[dict[str, Any]]
MIDDLE = 0.25
"""B of a headline: the second of those that are solved, near the middle of its range in logs."""


def ends(threat: ThreatGame) -> Rows:
    """Where bargaining with each target alone would end, by B; who has nothing to bargain over
    is left out.
    """
    found: Rows = []
    for target in threat.game.targets:
        try:
            found += bargain_rows(threat, target)
        except PolicyError:
            continue
    return [row for row in found if row["status"] == "found"]


def offered(situation: Situation, economy: Economy, horizon: str, deficits: str) -> Rows:
    """Each offer on record, target by target, in the world of the day on which it was made."""
    rules = {**situation.threats, **{name: each.rule for name, each in situation.later.items()}}
    how = (economy, horizon, deficits)
    return [
        {"threat": rules[name].short, "date": offer.date.isoformat(), **row}
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
) -> Iterator[dict[str, Any]]:
    """One offer; nothing where it does not fit the world of its day."""
    due = situation.made[name].due if name in situation.made else ()
    hit = {target for clock in due if clock.date <= offer.date for target in clock.hit or ()}
    try:
        question = pose(world_of(economy, offer.date), rule, horizon=horizon, deficits=deficits)
        threat = sketch(question)
        for target in threat.game.targets:
            stands = target in hit
            found = bargain(threat, target, in_force=stands)
            cut, pledge = _cut(threat, target, offer, stands), offer.pledged.value / 100
            yield from offer_rows(threat, target, cut, pledge, in_force=stands, found=found)
    except PolicyError:
        return


def _cut(threat: ThreatGame, target: str, offer: OfferTable, stands: bool) -> float:
    """The cut as a share; in proportion where part of the goods is exempt."""
    if offer.of is None:
        return float(offer.cut.value) / 100
    question = threat.question
    whole = added(question.economy, duty_on(question, target))
    whole += 0.0 if stands else threatened(question)
    return whole * float(offer.cut.value) / float(offer.of.value)


def offer_table(rows: Sequence[Row]) -> Table | None:
    """What an offer brings both, part by part; None without an offer on record."""
    if not rows:
        return None
    return Table(
        "offer",
        "What the offer on record is worth to both sides, part by part, money a year",
        columns(
            "offer", "name", "-target", "threat", "date", "part", "cut_points", "pledge_percent",
            "target_gain_usd_bn", "sender_gain_usd_bn", "revenue_lost_usd_bn",
            "pays_sender_from_b", "explained_by", "-pays_both_from_b",
            pays_sender_from_b=_from_b("pays_sender_from_b"),
        ),
        [{**row, "threat": words.capital(row["threat"])} for row in rows],
        "USD bn",
        "Against a refusal, in the world of the day of the offer. B is what a dollar lost by the "
        "seller is worth to the sender: nobody has measured it, it is taken to lie between 0.05 "
        "and 1.",
        deciding=("part", "target_gain_usd_bn", "sender_gain_usd_bn", "explained_by"),
    )  # fmt: skip


def bargain_table(rows: Sequence[Row]) -> Table | None:
    """Where bargaining would end, at the middle B first; None where nobody has a gain."""
    if not rows:
        return None
    middle = [row for row in rows if row["b_usd_per_usd"] == MIDDLE]
    rest = [row for row in rows if row["b_usd_per_usd"] != MIDDLE]
    return Table(
        "bargain",
        "Where bargaining over how much is stopped and over the tariff would end, by what the "
        "seller's loss is worth to the sender, money a year",
        columns(
            "bargain", "name", "-target", "b_usd_per_usd", "stops_percent", "added_points",
            "target_gain_usd_bn", "sender_gain_usd_bn", "revenue_lost_usd_bn", "pledge_from_b",
            "-concept", pledge_from_b=_from_b("pledge_from_b"),
        ),
        [*middle, *rest],
        "USD bn",
        f"{rows[0]['concept']}; without an agreement the threat is carried out. Points: added to "
        "the tariffs of the day, below 0 taken off them.",
        lead=len(middle),
        fold="At other values of B",
        deciding=("b_usd_per_usd", "stops_percent", "added_points"),
    )  # fmt: skip


def _from_b(key: str) -> Any:
    """'0.25', or none where no B is enough."""

    def write(row: Row) -> str:
        return "none" if math.isinf(row[key]) else words.number(row[key])

    return write
