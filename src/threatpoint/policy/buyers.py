"""Buyers: every economy's purchases, and whether a rule may hit it, with the reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.errors import refuse
from threatpoint.policy.aim import aimed, biting
from threatpoint.policy.kept import Kept, kept
from threatpoint.policy.scope import member_codes
from threatpoint.policy.targets import Action, Purchases, purchases, unions_of
from threatpoint.policy.verdicts import Buyer, Party, Verdict, verdict_on
from threatpoint.units import money_words
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from threatpoint.policy.instruments import Instrument
    from threatpoint.policy.statement import Statement
    from threatpoint.world.economy import Economy


_LACKS = "is named, but buys none of it in this table"


def buyers(rule: Statement, economy: Economy) -> list[Buyer]:
    """Every economy's purchases of what a rule punishes, see `Rule.buyers`."""
    action = rule.buys
    if action is None:
        return []
    bought = purchases(economy, action)
    parties = _parties(economy, action, bought, unions_of(economy, rule.unions))
    home = {code: party for party in parties for code in party.members}
    sets = {
        field: _chosen(economy, words, home, f"{rule.title}, {field}", field != "sender")
        for field, words in (
            ("sender", rule.senders),
            ("named", rule.named),
            ("added", rule.added),
            ("exempted", rule.exempted),
        )
    }
    sets["seller"] = {home[code].name for code in np.array(economy.countries)[bought.sellers]}
    lacks = "is named, but no figure says what it buys" if bought.as_figures else _LACKS
    refuse(_impossible(economy, sets, {party.name: party for party in parties}, lacks), rule.title)
    within = set(reachable(rule, economy))
    verdicts = {
        party.name: verdict_on(economy, action, party, sets, bought, within) for party in parties
    }
    table = [
        _buyer(economy, n, bought, home[code], *verdicts[home[code].name])
        for n, code in enumerate(economy.countries)
    ]
    return sorted(table, key=lambda buyer: -buyer.value)


_REACHED: Kept[frozenset[str]] = WeakKeyDictionary()


def reachable(rule: Statement, economy: Economy) -> tuple[str, ...]:
    """Economies with which the templates would hit at least one positive flow."""
    stated = member_codes(economy, rule.senders)
    within = frozenset[str]().union(*(_reached(item, economy, stated) for item in rule.templates))
    return tuple(code for code in economy.countries if code in within)


def _reached(template: Instrument, economy: Economy, senders: tuple[str, ...]) -> frozenset[str]:
    """Those that one template would hit; kept, since rules often differ in figures alone."""
    everybody = economy.countries

    def hits(code: str) -> bool:
        return bool(biting([aimed(template, economy, (code,), everybody, senders)], economy))

    key = (template.aim, senders)
    return kept(_REACHED, economy, key, lambda: frozenset(filter(hits, everybody)))


def inside_union(code: str, union: str) -> str:
    """Message for a member of a customs union that is written alone."""
    return f"{code} is a member of the customs union {union}, which is hit as one; write {union!r}"


def _parties(
    economy: Economy, action: Action, bought: Purchases, unions: Mapping[str, tuple[str, ...]]
) -> list[Party]:
    """Unions and the economies in none of them, with the figures the thresholds test."""
    inside = {code for members in unions.values() for code in members}
    alone = {code: (code,) for code in economy.countries if code not in inside}
    parties: list[Party] = []
    for name, members in {**unions, **alone}.items():
        mask, union = np.isin(economy.countries, members), name in unions
        figures = purchases(economy, action, mask) if union else bought
        value, imports = (float(of[mask].sum()) for of in (figures.value, figures.imports))
        known = bool(figures.known[mask].all())
        parties.append(Party(name, members, union, value, _ratio(value, imports), known))
    return parties


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def _chosen(
    economy: Economy, words: Iterable[str], home: Mapping[str, Party], where: str, whole: bool
) -> set[str]:
    """Names of the parties that a list of a rule means; `whole` refuses a member of a union."""
    given = tuple(words)
    codes = member_codes(economy, given, where)
    stated = {code_of(word, economy) for word in given}
    alone = [code for code in codes if whole and home[code].union and code in stated]
    refuse((inside_union(code, home[code].name) for code in alone), where)
    return {home[code].name for code in codes}


def _impossible(
    economy: Economy, sets: Mapping[str, set[str]], parties: Mapping[str, Party], lacks: str
) -> Iterable[str]:
    """Named and added parties that cannot be targets at all; `lacks` of who buys nothing."""
    for name in sorted(sets["named"] | sets["added"]):
        if name in sets["exempted"]:
            yield f"{name} is both named or added and exempted"
        if name in economy.residuals:
            yield f"{name} stands for many states and cannot be a target"
        elif name in sets["sender"]:
            yield f"{name} is the sender and cannot be a target"
        elif name in sets["seller"]:
            yield f"{name} is the seller and cannot be a target"
        elif not parties[name].value > 0:
            yield f"{name} {lacks}"


def _buyer(
    economy: Economy, n: int, bought: Purchases, party: Party, verdict: Verdict, reason: str
) -> Buyer:
    """The entry of one economy, by its position."""
    code, value = economy.countries[n], float(bought.value[n])
    if party.union:
        own = f"{money_words(value, economy.unit)} of its own" if value > 0 else "nothing itself"
        reason = f"member of the customs union {party.name} ({own}): {reason}"
    return Buyer(
        country=code,
        name=economy.names.get(code, code),
        value=value,
        share_of_imports=_ratio(value, float(bought.imports[n])),
        share_of_exports=_ratio(value, bought.total),
        basis=bought.basis_words(n),
        union=party.name if party.union else "",
        measured_value=party.value,
        measured_share=party.share,
        target=verdict in ("target", "named", "added"),
        verdict=verdict,
        reason=reason,
    )
