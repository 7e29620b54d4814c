"""Instruments as command-line words, and back (`policy.spell`).

```
cut-off      SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT[~COST]]
tariff       IMPORTERS:EXPORTERS:[=|+]RATE%[/SECTORS][@ENFORCEMENT[~COST]]
export ban   EXPORTERS:IMPORTERS[/SECTORS][@ENFORCEMENT[~COST]]
quota        IMPORTERS:EXPORTERS:VOLUME%[:importer|:exporter][/SECTORS]
export tax   EXPORTERS:IMPORTERS:RATE%[/SECTORS]
trade cost   EXPORTERS:IMPORTERS:RATE%[/SECTORS]
stop buying  BUYERS:SELLERS:GOODS[@ENFORCEMENT]
price cap    SELLERS:BUYERS:PRICE/GOOD[@SERVED][+COST]
```
Lists are separated by commas. A tariff `+25%` is added, `-5%` taken off, `25%` or `=25%` replaces
the present one. Enforcement and served shares are `80%` or `0.8`; `~5%` is what evasion costs.
The price and the cost of a price cap are in the unit of the good's market, such as USD/bbl.
Countries are codes, groups, WORLD, others, or full names such as "South Korea"; sectors are codes,
full names, goods, services or all (default: goods).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, shown, unknown
from threatpoint.policy.bounds import PAYEES, PriceCap, Quota, unknown_market
from threatpoint.policy.charges import ExportTax, TradeCost
from threatpoint.policy.decimals import amount, percentage, share
from threatpoint.policy.door import countries, country_at_door, goods, sectors
from threatpoint.policy.instruments import DIRECTIONS, CutOff, ExportBan, Tariff
from threatpoint.policy.spell import to_words
from threatpoint.policy.stop import StopBuying

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.policy.instrument import Instrument
    from threatpoint.world.economy import Economy

__all__ = [
    "FORMS",
    "PARSERS",
    "country_at_door",
    "parse_cut_off",
    "parse_export_ban",
    "parse_export_tax",
    "parse_price_cap",
    "parse_quota",
    "parse_stop_buying",
    "parse_tariff",
    "parse_trade_cost",
    "to_words",
]

FORMS = {
    "cut-off": "SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT[~COST]], "
    "e.g. USA:CHN,IND:imports@80%~10%",
    "tariff": "IMPORTERS:EXPORTERS:[+]RATE%[/SECTORS][@ENFORCEMENT[~COST]], e.g. USA:IND:+25%/TEX",
    "export-ban": "EXPORTERS:IMPORTERS[/SECTORS][@ENFORCEMENT[~COST]], e.g. RUS:EU/OILGAS",
    "quota": "IMPORTERS:EXPORTERS:VOLUME%[:importer|:exporter][/SECTORS], e.g. EU:CHN:50%/ELEC",
    "export-tax": "EXPORTERS:IMPORTERS:RATE%[/SECTORS], e.g. RUS:WORLD:20%/OILGAS",
    "trade-cost": "EXPORTERS:IMPORTERS:RATE%[/SECTORS], e.g. RUS:WORLD:10%",
    "stop-buying": "BUYERS:SELLERS:GOODS[@ENFORCEMENT], e.g. IND:RUS:crude@80%",
    "price-cap": "SELLERS:BUYERS:PRICE/GOOD[@SERVED][+COST], e.g. RUS:WORLD:60/crude@70%+10",
}
"""How each instrument is written, with an example."""

_SHAPE = re.compile(
    r"(?P<head>[^/@~]*)(?:/(?P<sectors>[^/@~]*))?(?:@(?P<enforcement>[^/@~]*))?"
    r"(?:~(?P<cost>[^/@~]*))?"
)
_CAP = re.compile(
    r"(?P<head>[^/@+]*)/(?P<good>[^/@+]*)(?:@(?P<served>[^/@+]*))?(?:\+(?P<cost>[^/@+]*))?"
)


def parse_cut_off(words: str, economy: Economy) -> CutOff:
    """A cut-off from its words, e.g. "USA:CHN,IND:imports/OILGAS@80%".

    Raises:
        PolicyError: not the form above, or an unknown label, with the nearest spelling.
    """
    match, head = _split(words, "cut-off", (2, 3))
    direction = _last(head, 2, "both", "direction", DIRECTIONS, words)
    sides = [countries(side, economy, words) for side in head[:2]]
    inside = sectors(match["sectors"], economy, words)
    return CutOff(*sides, inside, direction, *_escape(match, words))  # type: ignore[arg-type]


def parse_tariff(words: str, economy: Economy) -> Tariff:
    """A tariff from its words, e.g. "USA:IND:+25%".

    Raises:
        PolicyError: not the form above, a rate without %, or an unknown label.
    """
    match, head = _split(words, "tariff", (3,))
    sides = [countries(side, economy, words) for side in head[:2]]
    rate = head[2].strip()
    mode = "add" if rate.startswith(("+", "-", "\N{MINUS SIGN}")) else "set"
    size = percentage(rate.removeprefix("+").removeprefix("="), words)
    inside = sectors(match["sectors"], economy, words)
    return Tariff(sides[0], sides[1], inside, size, mode, *_escape(match, words))


def parse_export_ban(words: str, economy: Economy) -> ExportBan:
    """An export ban from its words, e.g. "RUS:EU/OILGAS".

    Raises:
        PolicyError: not the form above, or an unknown label.
    """
    match, head = _split(words, "export-ban", (2,))
    sides = [countries(side, economy, words) for side in head]
    inside = sectors(match["sectors"], economy, words)
    return ExportBan(sides[0], sides[1], inside, *_escape(match, words))


def parse_quota(words: str, economy: Economy) -> Quota:
    """A quota from its words, e.g. "EU:CHN:50%:exporter/ELEC".

    Raises:
        PolicyError: not the form above, a volume without %, or an unknown label.
    """
    match, head = _split(words, "quota", (3, 4), escapes=False)
    payee = _last(head, 3, "importer", "payee", PAYEES, words)
    sides = [countries(side, economy, words) for side in head[:2]]
    inside = sectors(match["sectors"], economy, words)
    volume = percentage(head[2], words)
    return Quota(sides[0], sides[1], inside, volume, payee)  # type: ignore[arg-type]


def parse_export_tax(words: str, economy: Economy) -> ExportTax:
    """An export tax from its words, e.g. "RUS:WORLD:20%/OILGAS".

    Raises:
        PolicyError: not the form above, a rate without %, or an unknown label.
    """
    match, head = _split(words, "export-tax", (3,), escapes=False)
    sides = [countries(side, economy, words) for side in head[:2]]
    rate = percentage(head[2].strip().removeprefix("+"), words)
    return ExportTax(sides[0], sides[1], sectors(match["sectors"], economy, words), rate)


def parse_trade_cost(words: str, economy: Economy) -> TradeCost:
    """A cost of trading from its words, e.g. "RUS:WORLD:10%".

    Raises:
        PolicyError: not the form above, a rate without %, or an unknown label.
    """
    match, head = _split(words, "trade-cost", (3,), escapes=False)
    sides = [countries(side, economy, words) for side in head[:2]]
    rate = percentage(head[2].strip().removeprefix("+"), words)
    return TradeCost(sides[0], sides[1], sectors(match["sectors"], economy, words), rate)


def parse_stop_buying(words: str, economy: Economy) -> StopBuying:
    """Who stops buying what from whom, e.g. "IND:RUS:crude@80%".

    Raises:
        PolicyError: not the form above, or an unknown label.
    """
    match, head = _split(words, "stop-buying", (3,))
    if match["sectors"] is not None or match["cost"] is not None:
        raise PolicyError(f"cannot read {shown(words)}; write {FORMS['stop-buying']}")
    sides = [countries(side, economy, words) for side in head[:2]]
    what = goods(head[2], economy, words, "goods", economy.flows)
    return StopBuying(sides[0], sides[1], what, _escape(match, words)[0])


def parse_price_cap(words: str, economy: Economy) -> PriceCap:
    """A price cap from its words, e.g. "RUS:WORLD:60/crude@70%+10".

    Raises:
        PolicyError: not the form above, or an unknown label.
    """
    match = _CAP.fullmatch(words.strip())
    head = match["head"].split(":") if match else []
    if match is None or len(head) != 3 or not all(part.strip() for part in head):
        raise PolicyError(f"cannot read {shown(words)}; write {FORMS['price-cap']}")
    sides = [countries(side, economy, words) for side in head[:2]]
    known = {name.casefold(): name for name in economy.markets}
    good = known.get(match["good"].strip().casefold())
    if good is None:
        raise PolicyError(unknown_market(economy, match["good"].strip(), shown(words)))
    served = None if match["served"] is None else share("served share", match["served"], words)
    cost = None if match["cost"] is None else amount(match["cost"], words, "+10")
    unit = economy.markets[good].price_unit
    return PriceCap(sides[0], sides[1], good, amount(head[2], words, "60"), served, cost, unit)


PARSERS: dict[str, Callable[[str, Economy], Instrument]] = {
    "cut-off": parse_cut_off,
    "tariff": parse_tariff,
    "export-ban": parse_export_ban,
    "quota": parse_quota,
    "export-tax": parse_export_tax,
    "price-cap": parse_price_cap,
    "trade-cost": parse_trade_cost,
    "stop-buying": parse_stop_buying,
}
"""Name of an instrument -> how its words are read."""


# -- pieces ----------------------------------------------------------------------------------


def _split(
    words: str, kind: str, counts: tuple[int, ...], *, escapes: bool = True
) -> tuple[re.Match[str], list[str]]:
    """The match and the parts between colons; `escapes`: it can have an enforcement."""
    match = _SHAPE.fullmatch(words.strip())
    head = match["head"].split(":") if match else []
    if match is None or len(head) not in counts or not all(part.strip() for part in head):
        raise PolicyError(f"cannot read {shown(words)}; write {FORMS[kind]}")
    if not escapes and not (match["enforcement"] is None and match["cost"] is None):
        name = kind.replace("-", " ")
        raise PolicyError(f"{shown(words)}: {name} has no enforcement or evasion; drop '@' and '~'")
    return match, head


def _last(
    head: list[str], position: int, default: str, what: str, known: tuple[str, ...], words: str
) -> str:
    """The word after the last colon where there is one, out of a closed list."""
    if len(head) <= position:
        return default
    word = head[position].strip().casefold()
    if word not in known:
        raise PolicyError(unknown(what, head[position], known, shown(words)))
    return word


def _escape(match: re.Match[str], words: str) -> tuple[float, float]:
    """Enforcement and what evasion costs."""
    level = 1.0
    if match["enforcement"] is not None:
        level = share("enforcement", match["enforcement"], words)
    return level, 0.0 if match["cost"] is None else percentage(match["cost"], words)
