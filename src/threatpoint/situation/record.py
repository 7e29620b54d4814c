"""Record: when a threat came due, on whom it was carried out, what was offered; checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import unknown
from threatpoint.policy.instruments.tariff import Tariff
from threatpoint.policy.policy import Policy
from threatpoint.policy.scope import member_codes
from threatpoint.policy.standing import standing_policy
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.policy import Rule
    from threatpoint.situation.lines import Path
    from threatpoint.situation.made_schema import ClockTable, MadeTable, OfferTable
    from threatpoint.situation.model import Situation
    from threatpoint.situation.problems import Problem
    from threatpoint.situation.schema import SituationFile
    from threatpoint.world.economy import Economy

Row = dict[str, Any]
Step = tuple[date, str, str, frozenset[str]]
CLOCKS = ("threat", "made", "clock", "came", "hit", "words", "source")
OFFERS = (
    *("threat", "by", "offered", "cut_percentage_points", "of_percentage_points"),
    *("pledge_percent", "words", "source"),
)


# -- rows ------------------------------------------------------------------------------------


def clock_rows(situation: Situation) -> list[Row]:
    """One row a threat and day on which it came due, in the order of the file.

    `came` is "carried out", "passed" or, where nothing is said, "not said"; `hit` the targets on
    whom it was carried out, joined by ", ".
    """
    return [
        {"threat": name, "made": made.date, "clock": clock.date, "came": came_of(clock)}
        | {"hit": ", ".join(clock.hit or ()), "words": clock.words or ""}
        | {"source": clock.source or made.source}
        for name, made in situation.made.items()
        for clock in made.due
    ]


def came_of(clock: ClockTable) -> str:
    """What came of a day on which a threat was due."""
    if clock.hit is None:
        return "not said"
    return "carried out" if clock.hit else "passed"


def steps(situation: Situation) -> list[Step]:
    """(day, threat, "made" or "clock", whom it hit) in order of days; what came of it is known.

    Of all threats, later ones too; days of which nothing is said are left out.
    """
    made = [(m.date, name, "made", frozenset[str]()) for name, m in situation.made.items()]
    clocks = [
        (clock.date, name, "clock", frozenset(clock.hit))
        for name, each in situation.made.items()
        for clock in each.due
        if clock.hit is not None
    ]
    return sorted([*made, *clocks], key=lambda step: (step[0], step[2] != "made"))


def offer_rows(situation: Situation) -> list[Row]:
    """One row a threat with an offer: who, when, the tariff cut and the pledge asked for it."""
    return [
        {"threat": name, "by": offer.by, "offered": offer.date}
        | {"cut_percentage_points": offer.cut.number}
        | {"of_percentage_points": offer.of.number if offer.of else np.nan}
        | {"pledge_percent": offer.pledged.value}
        | {"words": offer.words or "", "source": offer.source}
        for name, offer in situation.offers.items()
    ]


def record_tables(situation: Situation) -> list[Table]:
    """Recorded clocks and offers of the threats of the day; they may tell what came later."""
    told = {name for name, made in situation.made.items() if made.clocks} & {*situation.threats}
    clocks = [row for row in clock_rows(situation) if row["threat"] in told]
    offers = [row for row in offer_rows(situation) if row["threat"] in situation.threats]
    made = (
        ("clocks", "When the threats came due, and what came of it", CLOCKS, clocks),
        ("offers", "What was offered to who complies", OFFERS, offers),
    )
    return [Table(key, said, columns(key, *keys), rows) for key, said, keys, rows in made if rows]


# -- what cannot be --------------------------------------------------------------------------


def record_problems(
    file: SituationFile, threats: Mapping[str, Rule], economy: Economy
) -> Iterator[Problem]:
    """Carried out on somebody who is no target; an offer above the threat.

    Args:
        file: as read, groups replaced by their members.
        threats: the rules made of it, sound otherwise.
        economy: gives the targets, and the tariffs of the table.
    """
    for name, rule in threats.items():
        table = file.threats[name]
        if table.made is not None:
            yield from _hit_problems(("threats", name, "made", "clocks"), table.made, rule, economy)
        if table.offer is not None:
            yield from _cut_problems(("threats", name, "offer", "cut"), table.offer, rule, economy)


def _hit_problems(path: Path, made: MadeTable, rule: Rule, economy: Economy) -> Iterator[Problem]:
    """Targets on whom it was carried out that are none."""
    targets = tuple(rule.parties(economy))
    for position, clock in enumerate(made.clocks or ()):
        for code in clock.hit or ():
            if code not in targets:
                yield (*path, position, "hit"), unknown("target", code, targets)


def _cut_problems(path: Path, offer: OfferTable, rule: Rule, economy: Economy) -> Iterator[Problem]:
    """A cut larger than what is threatened and what is in force on the day of the offer."""
    threatened, standing = _threatened(rule), _in_force(rule, offer, economy)
    if offer.cut.number > threatened + standing:
        yield (
            path,
            f"a cut of {offer.cut.number:g} points is above the threat: {threatened:.3g} points "
            f"threatened and at most {standing:.3g} in force on {offer.date}; give at most "
            f"{threatened + standing:.3g}",
        )


def _threatened(rule: Rule) -> float:
    """The highest tariff threatened, in percentage points; 0 for other instruments."""
    rates = [100 * item.rate for item in rule.templates if isinstance(item, Tariff)]
    return max([0.0, *rates])


def _in_force(rule: Rule, offer: OfferTable, economy: Economy) -> float:
    """The highest mean tariff in force on a target's goods, in percentage points."""
    bare = economy.bare
    added = [item for item in standing_policy(offer.date, bare).items if item.bites(bare)]
    tariff = Policy(added).wedges(bare).tariff
    senders = member_codes(bare, rule.senders)
    return 100 * max(_mean(bare, tariff, senders, code) for code in rule.targets(economy))


def _mean(economy: Economy, tariff: Array, importers: Iterable[str], exporter: str) -> float:
    """A tariff on an exporter's goods, weighted with trade."""
    goods = [economy.sector(code) for code in economy.goods]
    buyers = [economy.country(code) for code in importers]
    cells = np.ix_(buyers, [economy.country(exporter)], goods)
    sold = float(economy.trade[cells].sum())
    return float((tariff[cells] * economy.trade[cells]).sum()) / sold if sold > 0 else 0.0
