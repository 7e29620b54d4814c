"""Draft: a situation as somebody states it in a few words, and the commented file that says it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from threatpoint.policy.instruments import Instrument
from threatpoint.situation.instrument_tables import table_of
from threatpoint.situation.instrument_values import values
from threatpoint.situation.keys import keys_of
from threatpoint.situation.made_schema import MadeTable
from threatpoint.situation.schema import SituationFile, SituationTable, ThreatTable, WhenTable
from threatpoint.situation.toml_text import comment, key, table, value
from threatpoint.words import capital, listing, named, place

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

SOURCE = "own assumption"
"""The source of what is stated without one."""
PERIOD = "per year"


@dataclass(frozen=True)
class Draft:
    """Who threatens whom, with what, unless they do what.

    Attributes:
        sender: codes of countries or groups.
        then: the punishment, "target" for whoever is hit.
        date: the day of the situation, on which the threat is made.
        targets: codes; none where what is bought finds them.
        demand: what they are to do, where it is no trade; "" for nothing.
        cost: what complying costs each a year, USD bn: value, or value, low and high.
        buys, seller: goods that nobody is to buy, and whose they are.
        min_value: purchases from which a buyer counts, USD bn a year; None for any.
        retaliation: what a target does in return.
        clock: the day after which it is to be carried out.
        title, source: "" for words made of the rest, and for an own assumption.
    """

    sender: tuple[str, ...]
    then: tuple[Instrument, ...]
    date: datetime.date
    targets: tuple[str, ...] = ()
    demand: str = ""
    cost: tuple[Decimal, ...] = ()
    buys: tuple[str, ...] = ()
    seller: tuple[str, ...] = ()
    min_value: Decimal | None = None
    retaliation: tuple[Instrument, ...] = ()
    clock: datetime.date | None = None
    title: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """The key of its threat."""
        return self.then[0].word

    @property
    def said(self) -> str:
        """The source of its figures."""
        return self.source or SOURCE

    @property
    def asks(self) -> bool:
        """Whether the targets are asked for anything."""
        return bool(self.demand or self.buys)


def text_of(draft: Draft, economy: Economy) -> str:
    """The commented situation file; `load_situation` reads it.

    Args:
        draft: what is stated.
        economy: gives names to its codes.
    """
    head = f"A situation for threatpoint: who threatens whom, with what. {HOW}"
    lines = [*comment(head), *_situation(draft, economy), *_threat(draft, economy)]
    return "\n".join([*lines, *_other_tables()]) + "\n"


HOW = (
    "Change what you like: `threatpoint check` says what is wrong and what is assumed, "
    "`threatpoint brief` answers it. A figure has a unit, a period and a source; one that nobody "
    "has measured is a prior and has a range."
)


def _situation(draft: Draft, economy: Economy) -> Iterator[str]:
    """[situation] and [parties]."""
    facts = {
        "title": draft.title or title_of(draft, economy),
        "date": draft.date,
        "question": f"What does each side lose{', and who gives in' if draft.asks else ''}?",
        "sender": draft.sender[0] if len(draft.sender) == 1 else list(draft.sender),
        "main": draft.name,
        "source": draft.said,
    }
    yield from table("[situation]", SituationTable, facts)
    parties = next(each for each in keys_of(SituationFile) if each.name == "parties")
    yield from ("", "[parties]", *comment(capital(parties.meaning)))
    for code, role in _parties(draft).items():
        yield f"{key(code)} = {value(role)}  # {place(code, economy)}"


def _parties(draft: Draft) -> dict[str, str]:
    """Who takes part, and its role."""
    asked = "asked, and hit if it does not comply" if draft.asks else "hit"
    roles = dict.fromkeys(draft.seller, "seller of what is bought")
    return roles | dict.fromkeys(draft.targets, asked) | dict.fromkeys(draft.sender, "threatens")


def _threat(draft: Draft, economy: Economy) -> Iterator[str]:
    """[threats.NAME] and what stands below it."""
    here = f"threats.{key(draft.name)}"
    unions = [code for code in (*draft.targets, *draft.sender) if code in economy.groups]
    if not draft.targets:
        unions = [code for code in economy.groups if code not in draft.sender]
    facts = {"words": _words(draft, economy), "named": list(draft.targets), "unions": unions}
    given = {name: fact for name, fact in facts.items() if fact}
    yield from table(f"[{here}]", ThreatTable, given)
    made = {"by": draft.sender[0], "date": draft.date, "source": draft.said}
    made |= {"clock": draft.clock} if draft.clock else {}
    yield from table(f"[{here}.made]", MadeTable, made)
    if draft.asks:
        yield from table(f"[{here}.when]", WhenTable, _when(draft))
    for name, items in (("then", draft.then), ("retaliation", draft.retaliation)):
        for item in items:
            facts = values(item, f"from {draft.date}", draft.said)
            yield from table(f"[[{here}.{name}]]", table_of(type(item)), facts)


def _when(draft: Draft) -> dict[str, Any]:
    """What is punished."""
    if draft.buys:
        least = {} if draft.min_value is None else {"min_value": _usd(draft, draft.min_value)}
        return {"buys": list(draft.buys), "from": list(draft.seller), **least}
    cost = {"cost": _usd(draft, *draft.cost)} if draft.cost else {}
    return {"demand": draft.demand, **cost}


def _usd(draft: Draft, amount: Decimal, *ends: Decimal) -> dict[str, Any]:
    """A figure of money a year, a prior where it has a range."""
    prior = {"range": list(ends), "prior": True} if ends else {}
    return {"value": amount, "unit": "USD bn", "period": PERIOD, "source": draft.said, **prior}


def title_of(draft: Draft, economy: Economy) -> str:
    """What is threatened, as a heading."""
    hit = draft.targets or ("target",)
    words = listing([item.aimed(hit).describe() for item in draft.then])
    asked = f" unless nobody buys {_bought(draft)}" if draft.buys and draft.targets else ""
    names = {code: place(code, economy) for code in economy.groups}
    said = words.replace("target", f"whoever buys {_bought(draft)}") if draft.buys else words
    return capital(named(f"{said}{asked}", economy, names))


def _words(draft: Draft, economy: Economy) -> str:
    """The threat in words, with what is asked."""
    title = title_of(draft, economy)
    return f"{title}, unless {draft.demand}" if draft.demand else title


def _bought(draft: Draft) -> str:
    """'crude from RUS'."""
    return f"{listing(list(draft.buys))} from {listing(list(draft.seller))}"


def _other_tables() -> Iterator[str]:
    """The tables that can be added, as a comment."""
    yield from ("", *comment("More tables, if you need them; docs/situations.md shows each:"))
    below = [(f"threats.NAME.{name}", meaning) for name, meaning in _left(ThreatTable)]
    for name, meaning in (*below, *_left(SituationFile)):
        yield from comment(f"[{name}]: {meaning}", "#   ")


THERE = ("situation", "parties", "threats", "made", "when", "then")
"""Tables that every new file has, or that say themselves what they lack."""


def _left(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Name and meaning of the tables that can stand below one."""
    for each in keys_of(model):
        if each.name not in THERE and ("table" in each.holds or model is SituationFile):
            yield each.name, each.meaning
