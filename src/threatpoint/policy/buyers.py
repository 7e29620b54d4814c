"""Buyers: every economy's purchases, and whether a rule may hit it, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.scope import member_codes
from threatpoint.policy.targets import Action, Purchases, purchases, unions_of
from threatpoint.policy.verdicts import Buyer, Party, Verdict, verdict_on
from threatpoint.units import money_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from threatpoint.policy.scope import Mask
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Lists:
    """Whom a rule lists beside its thresholds; codes, group names, or nothing.

    Attributes:
        sender: who punishes.
        named: when not empty, only these can be targets.
        added: targets besides those found.
        exempted: never targets.
        unions: customs unions, hit as one.
        title: the rule, for messages.
    """

    sender: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    exempted: tuple[str, ...] = ()
    unions: tuple[str, ...] = ()
    title: str = "the rule"


def buyers(economy: Economy, action: Action, unions: Iterable[str] = ()) -> list[Buyer]:
    """Who does the action, for every economy; thresholds only, nobody named or exempted.

    Args:
        economy: gives trade, flows, groups and residuals.
        action: what is bought from whom, with thresholds.
        unions: group names of customs unions, tested and hit as one.

    Returns:
        One entry per economy, largest buyer first.

    Raises:
        PolicyError: unknown goods, seller or union.
    """
    return judge(economy, action, Lists(unions=tuple(unions)), economy.countries)


def judge(
    economy: Economy, action: Action, lists: Lists, reachable: tuple[str, ...]
) -> list[Buyer]:
    """As `buyers`, with what a rule says beside the thresholds.

    Args:
        economy: gives trade, flows, groups and residuals.
        action: what is bought from whom, with thresholds.
        lists: sender, named, added, exempted, unions.
        reachable: economies with trade that the rule's instruments can hit.

    Raises:
        PolicyError: unknown labels; named or added economies that cannot be hit.
    """
    unions = unions_of(economy, lists.unions)
    bought = purchases(economy, action)
    parties = _parties(economy, action, bought, unions)
    party_of = {code: party for party in parties for code in party.members}
    sets = {
        field: _chosen(economy, getattr(lists, field), party_of, f"{lists.title}, {field}")
        for field in ("sender", "named", "added", "exempted")
    }
    _require_sensible(economy, lists, sets, party_of, bought)
    verdicts = {
        p.name: verdict_on(economy, action, p, sets, bought, set(reachable)) for p in parties
    }
    table = [
        _buyer(economy, code, bought, party_of[code], verdicts[party_of[code].name])
        for code in economy.countries
    ]
    return sorted(table, key=lambda buyer: -buyer.value)


def _parties(
    economy: Economy, action: Action, bought: Purchases, unions: Mapping[str, tuple[str, ...]]
) -> list[Party]:
    """Unions and the economies in none of them, with the figures the thresholds test."""
    inside = {code for members in unions.values() for code in members}
    groups = [(name, members, True) for name, members in unions.items()]
    groups += [(code, (code,), False) for code in economy.countries if code not in inside]
    parties: list[Party] = []
    for name, members, union in groups:
        mask = np.isin(economy.countries, members)
        figures = purchases(economy, action, mask) if union else bought
        value, imports = float(figures.value[mask].sum()), float(figures.imports[mask].sum())
        share = value / imports if imports > 0 else 0.0
        parties.append(Party(name, members, union, value, share, bool(figures.known[mask].all())))
    return parties


def _chosen(
    economy: Economy, words: tuple[str, ...], party_of: Mapping[str, Party], where: str
) -> set[str]:
    """Names of the parties that a list of a rule means.

    Raises:
        PolicyError: unknown words; a single member of a customs union.
    """
    problems: list[str] = []
    names: set[str] = set()
    for code in member_codes(economy, words, where):
        party = party_of[code]
        names.add(party.name)
        alone = party.union and code in words
        if alone and not where.endswith("sender"):
            problems.append(
                f"{where}: {code} is a member of the customs union {party.name}, which is hit as "
                f"one; write {party.name!r}"
            )
    if problems:
        raise PolicyError("\n".join(problems))
    return names


def _require_sensible(
    economy: Economy,
    lists: Lists,
    sets: Mapping[str, set[str]],
    party_of: Mapping[str, Party],
    bought: Purchases,
) -> None:
    """Named and added parties must be able to be targets at all."""
    parties = {party.name: party for party in party_of.values()}
    sellers = {
        party_of[c].name for c, yes in zip(economy.countries, bought.sellers, strict=True) if yes
    }
    problems: list[str] = []
    for name in sorted(sets["named"] | sets["added"]):
        if name in sets["exempted"]:
            problems.append(f"{name} is both named or added and exempted")
        if name in economy.residuals:
            problems.append(f"{name} stands for many states and cannot be a target")
        elif name in sets["sender"]:
            problems.append(f"{name} is the sender and cannot be a target")
        elif name in sellers:
            problems.append(f"{name} is the seller and cannot be a target")
        elif not parties[name].value > 0:
            problems.append(f"{name} is named, but buys none of it in this table")
    if problems:
        raise PolicyError("\n".join(f"{lists.title}: {problem}" for problem in problems))


def _buyer(
    economy: Economy, code: str, bought: Purchases, party: Party, verdict: tuple[Verdict, str]
) -> Buyer:
    """The entry of one economy."""
    n = economy.countries.index(code)
    value, imports = float(bought.value[n]), float(bought.imports[n])
    here: Mask = np.arange(len(economy.countries)) == n
    reason = verdict[1]
    if party.union:
        own = f"{money_words(value, economy.unit)} of its own" if value > 0 else "nothing itself"
        reason = f"member of the customs union {party.name} ({own}): {reason}"
    return Buyer(
        country=code,
        name=economy.names.get(code, code),
        value=value,
        share_of_imports=value / imports if imports > 0 else 0.0,
        share_of_exports=value / bought.total if bought.total > 0 else 0.0,
        basis=bought.basis_words(here),
        union=party.name if party.union else "",
        measured_value=party.value,
        measured_share=party.share,
        target=verdict[0] in ("target", "named", "added"),
        verdict=verdict[0],
        reason=reason,
    )
