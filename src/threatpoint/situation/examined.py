"""Examined: what a sound situation file says, what it leaves open, what it answers, what is odd."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from threatpoint.situation.left_out import left_out
from threatpoint.situation.made import made_words
from threatpoint.situation.odd import odd
from threatpoint.words import capital, count, day, listing, named, place

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.situation.model import Situation
    from threatpoint.situation.schema import SituationFile
    from threatpoint.world.economy import Economy


class Part(NamedTuple):
    """One part of the answer.

    Attributes:
        name: in words.
        answered: whether there is one.
        why: what it rests on, or why there is none.
    """

    name: str
    answered: bool
    why: str


class Examined(NamedTuple):
    """A situation file without problems.

    Attributes:
        title: of the situation.
        said: who threatens whom with what, a sentence each.
        left_out: keys that the file leaves out, each with what it is then.
        parts: what it answers, and what not.
        odd: what is legal but worth a second look, a sentence each.
    """

    title: str
    said: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    odd: tuple[str, ...]


def examined(
    situation: Situation, file: SituationFile, economy: Economy, today: datetime.date | None = None
) -> Examined:
    """What a situation says, leaves out and answers; nothing is solved.

    Args:
        situation: as read.
        file: its tables, as `reader.tables_of_text` gives them.
        economy: the table whose codes it uses.
        today: from which a day lies ahead; None is today.
    """
    return Examined(
        situation.title,
        tuple(_said(situation, economy)),
        tuple(left_out(file, situation, economy)),
        tuple(_parts(situation, economy)),
        tuple(odd(situation, economy, today or datetime.date.today())),
    )


def _said(situation: Situation, economy: Economy) -> Iterator[str]:
    """Who threatens whom, with what, unless they do what."""
    rule = situation.policy
    who = listing([place(code, economy) for code in rule.senders])
    hit = listing([place(code, economy) for code in rule.parties(economy)])
    yield f"{day(situation.date)}: {who} against {hit}."
    groups = {code: place(code, economy) for code in economy.groups}
    items = "; ".join(item.describe() for item in rule.templates)
    yield capital(named(items, economy, groups)).replace("target", "the targets") + "."
    yield _asked(rule, economy)
    if rule.retaliations:
        back = "; ".join(item.describe() for item in rule.retaliations)
        yield f"In return: {named(back, economy, groups)}.".replace("target", "a target")
    yield made_words(situation.made.get(situation.main), economy)
    more = (
        count(len(situation.threats) - 1, "other threat"),
        count(len(situation.later), "later threat"),
        count(len(situation.scenarios), "other reading"),
    )
    if any(not text.startswith("no ") for text in more):
        yield capital(f"besides: {listing([*more])}.")


def _asked(rule: Rule, economy: Economy) -> str:
    """What the targets are asked."""
    if rule.demand is not None and rule.demand.buying is None:
        return f"Unless: {rule.demand.words}."
    if rule.buys is not None:
        return f"Hit is whoever {named(rule.buys.describe(), economy)}."
    return "The targets are asked for nothing."


def _parts(situation: Situation, economy: Economy) -> Iterator[Part]:
    """Every part of the answer, whether there is one, and why."""
    rule = situation.policy
    yield Part("losses", True, "of every country, at every horizon")
    nothing = "the threat asks for nothing: give `when`"
    yield Part("who gives in", rule.asks, "the game of threat and answer" if rule.asks else nothing)
    if rule.asks:
        lacking = listing([place(code, economy) for code in _unpriced(rule, economy)])
        why = f"nobody says what giving in costs {lacking}: give `cost` or `costs`"
        yield Part("belief at which they give in", not lacking, why if lacking else "")
    back = bool(rule.retaliations)
    yield Part("retaliation", back, "" if back else "no target answers: give `retaliation`")
    yield _oil(situation, economy)
    talks = situation.talks is not None
    yield Part("talks and front", talks, "" if talks else "there is no [talks]")
    support = situation.support is not None
    yield Part("support", support, "" if support else "there is no [support]")
    claims = len(situation.claims)
    yield Part(
        "claims", bool(claims), count(claims, "claim") if claims else "there are no [[claims]]"
    )


def _unpriced(rule: Rule, economy: Economy) -> list[str]:
    """Targets of whom nobody says what giving in costs, where it is not computed."""
    if rule.demand is None or rule.demand.cost is not None:
        return []
    return [code for code in rule.parties(economy) if code not in dict(rule.demand.own)]


def _oil(situation: Situation, economy: Economy) -> Part:
    """Whether the market of crude is solved."""
    from threatpoint.oil.setting import setting_of

    market = setting_of(economy)
    if market is None:
        return Part("oil", False, "this table has no market of crude")
    if situation.oil:
        return Part("oil", True, f"{count(len(situation.oil), 'sanction')} on energy under [oil]")
    rule = situation.policy
    if market.touched(rule.wedges(economy)):
        return Part("oil", True, "the threat touches the market of crude")
    stops = rule.when is not None and market.outlets.market.name in rule.when.goods
    if stops:
        return Part("oil", True, "who gives in stops buying crude")
    why = "the threat does nothing to the market of crude that is modelled; there is no [oil]"
    return Part("oil", False, why)
