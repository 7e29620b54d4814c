"""Spell: the words that `policy.parse` reads back to the same instrument."""

from __future__ import annotations

from threatpoint.policy.bounds import PriceCap, Quota
from threatpoint.policy.charges import ExportTax, TradeCost
from threatpoint.policy.decimals import amount_text, percent_text
from threatpoint.policy.instrument import Instrument
from threatpoint.policy.instruments import CutOff, ExportBan, Tariff
from threatpoint.policy.stop import StopBuying


def to_words(instrument: Instrument) -> str:
    """The words that parse back to this instrument."""
    head = ":".join(",".join(side) for side in instrument.sides)
    goods = ",".join(instrument.goods_words)
    if isinstance(instrument, PriceCap):
        return f"{head}:{amount_text(instrument.cap)}/{goods}{_cap_tail(instrument)}"
    if isinstance(instrument, StopBuying):
        return f"{head}:{goods}{_escape(instrument.enforcement, 0.0)}"
    tail = "" if goods == "goods" else f"/{goods}"
    if isinstance(instrument, CutOff | ExportBan | Tariff):
        tail += _escape(instrument.enforcement, instrument.evasion_cost)
    return head + _middle(instrument) + tail


def _middle(instrument: Instrument) -> str:
    """What stands between the sides and the sectors, with its colon."""
    if isinstance(instrument, Tariff):
        sign = "=" if instrument.mode == "set" else "" if instrument.rate < 0 else "+"
        return f":{sign}{percent_text(instrument.rate)}"
    if isinstance(instrument, CutOff):
        return "" if instrument.direction == "both" else f":{instrument.direction}"
    if isinstance(instrument, Quota):
        payee = "" if instrument.payee == "importer" else f":{instrument.payee}"
        return f":{percent_text(instrument.volume)}{payee}"
    if isinstance(instrument, ExportTax | TradeCost):
        return f":{percent_text(instrument.rate)}"
    return ""


def _escape(enforcement: float, cost: float) -> str:
    """'@80%~5%', '' if nothing escapes."""
    level = "" if enforcement == 1.0 else f"@{percent_text(enforcement)}"
    return level + (f"~{percent_text(cost)}" if cost else "")


def _cap_tail(cap: PriceCap) -> str:
    """'@70%+10', '' where the market's figures stand."""
    served = "" if cap.served is None else f"@{percent_text(cap.served)}"
    return served + ("" if cap.evasion_cost is None else f"+{amount_text(cap.evasion_cost)}")
