"""Parties: who decides under a rule, and whom that hits; a customs union decides as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from threatpoint.errors import PolicyError, refuse, unknown
from threatpoint.policy.aim import aimed, answered
from threatpoint.policy.buyers import buyers, inside_union, reachable
from threatpoint.policy.kept import Kept, kept
from threatpoint.policy.scope import member_codes
from threatpoint.policy.targets import unions_of
from threatpoint.policy.verdicts import closest
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.policy.statement import Statement
    from threatpoint.world.economy import Economy

Parties = Mapping[str, tuple[str, ...]]

_PARTIES: Kept[Parties] = WeakKeyDictionary()
_HITTABLE: Kept[Parties] = WeakKeyDictionary()


def parties_of(rule: Statement, economy: Economy) -> dict[str, tuple[str, ...]]:
    """Who decides -> whom that hits, see `Rule.parties`; kept per economy."""
    return dict(kept(_PARTIES, economy, rule, lambda: _parties(rule, economy)))


def _parties(rule: Statement, economy: Economy) -> Parties:
    if rule.buys is None:
        return MappingProxyType(_named_within_reach(rule, economy))
    table = buyers(rule, economy)
    found: dict[str, list[str]] = {}
    for buyer in table:
        if buyer.target:
            found.setdefault(buyer.union or buyer.country, []).append(buyer.country)
    if not found:
        raise PolicyError(f"{rule.title} hits nobody: {closest(rule.buys, table, economy)}")
    return MappingProxyType({party: tuple(members) for party, members in found.items()})


def hittable(rule: Statement, economy: Economy) -> Parties:
    """The parties, once every template has been seen to hit somebody; kept per economy."""
    return kept(_HITTABLE, economy, rule, lambda: _effective(rule, economy))


def _effective(rule: Statement, economy: Economy) -> Parties:
    parties = MappingProxyType(parties_of(rule, economy))
    require_effect(rule, economy, parties)
    return parties


def require_parties(rule: Statement, names: Iterable[str], parties: Parties) -> None:
    """Everybody named must be a party of the rule; raises `PolicyError` otherwise."""
    strangers = (name for name in names if name not in parties)
    refuse(unknown("target", name, tuple(parties), rule.title) for name in strangers)


def require_effect(
    rule: Statement, economy: Economy, parties: Mapping[str, tuple[str, ...]]
) -> None:
    """Every instrument must hit somebody when all targets are punished and hit back.

    Raises:
        PolicyError: one that hits nothing, or a retaliation that is no target's.
    """
    everybody = tuple(code for members in parties.values() for code in members)
    stated = member_codes(economy, rule.senders)
    items = [aimed(item, economy, everybody, everybody, stated) for item in rule.templates]
    backs = [answered(item, economy, everybody, stated) for item in rule.retaliations]
    try:
        for item in (*items, *backs):
            if item is not None:
                item.cells(economy)
    except PolicyError as error:
        raise PolicyError(f"{rule.title}: {error}") from error
    for template in (t for t, back in zip(rule.retaliations, backs, strict=True) if not back):
        raise PolicyError(
            f"{rule.title}: retaliation [{template.describe()}] is nobody's: only a target "
            f"hits back ({', '.join(everybody)})"
        )


def _named_within_reach(rule: Statement, economy: Economy) -> dict[str, tuple[str, ...]]:
    """The parties of a rule without a condition, each with trade that it could hit."""
    everybody = _named(rule, economy)
    require_effect(rule, economy, everybody)
    within = set(reachable(rule, economy))
    lost = (word for word in rule.named if not within & set(member_codes(economy, [word])))
    why = "has no trade with the sender that the rule could hit; leave it out"
    refuse((f"{word} {why}" for word in lost), rule.title)
    return {name: codes for name, codes in everybody.items() if within & set(codes)}


def _named(rule: Statement, economy: Economy) -> dict[str, tuple[str, ...]]:
    """Party -> the economies it stands for, in the order named.

    A group that is not declared a customs union stands for its members, each a party. A group of
    many states may be among them: it is asked to decide nothing.

    Raises:
        PolicyError: unknown words; the sender, or one member of a customs union, is named.
    """
    unions = unions_of(economy, rule.unions)
    home = {code: name for name, members in unions.items() for code in members}
    senders = {home.get(c, c) for c in member_codes(economy, rule.senders, rule.title)}
    codes = member_codes(economy, rule.named, f"{rule.title}, named")
    parties = {home.get(code, code): unions.get(home.get(code, ""), (code,)) for code in codes}
    problems = [
        f"{name} is the sender and cannot be a target" for name in parties if name in senders
    ]
    named = [code_of(word, economy) or word for word in rule.named]
    problems += [inside_union(code, home[code]) for code in named if code in home]
    refuse(problems, rule.title)
    return parties
