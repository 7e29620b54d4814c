"""Who is in the game: coalitions of senders, and lists of targets that are longer or shorter.

A coalition punishes together: every member applies the instrument to every punished target. Its
payoff is the SUM of its members' changes in real income; what each member gains or loses by a
punishment is shown beside it, because a member for whom it does not pay may not follow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from threatpoint.errors import PolicyError
from threatpoint.policy.aim import says_target, sent_by, spares
from threatpoint.policy.scope import listed, member_codes
from threatpoint.policy.targets import unions_of
from threatpoint.strategy.game import DEFY
from threatpoint.world.places import code_of, unknown_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.policy import Rule
    from threatpoint.strategy.game import Game
    from threatpoint.world.economy import Economy


def senders_of(economy: Economy, rule: Rule, words: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of the senders; a member of a customs union brings the whole union.

    Without words: those whom the rule states, and whoever else carries out its punishment.

    Raises:
        PolicyError: unknown words, with the nearest spelling.
    """
    given = words or rule.carriers(economy)
    known = (*economy.countries, *economy.groups)
    bad = [
        unknown_place(economy, word, known, kind="sender")
        for word in given
        if code_of(word, economy) is None
    ]
    if bad:
        raise PolicyError("\n".join(bad))
    unions = unions_of(economy, rule.unions)
    home = {code: members for members in unions.values() for code in members}
    codes = member_codes(economy, given)
    return tuple(dict.fromkeys(member for code in codes for member in home.get(code, (code,))))


def with_senders(economy: Economy, rule: Rule, words: tuple[str, ...]) -> Rule:
    """The rule with several senders who punish together; they are never its targets.

    Whoever retaliates does so to all of them.

    Raises:
        PolicyError: unknown senders, or one that is named or added as a target.
    """
    senders, before = senders_of(economy, rule, words), rule.carriers(economy)
    then, retaliation = (
        tuple(sent_by(item, economy, before, senders) for item in items)
        for items in (rule.templates, rule.retaliations)
    )
    return replace(rule, sender=senders, then=then, retaliation=retaliation)


def with_targets(
    economy: Economy,
    rule: Rule,
    named: tuple[str, ...],
    added: tuple[str, ...],
    exempted: tuple[str, ...],
) -> Rule:
    """The rule with its list of targets changed; who is none any more is not hit by name either.

    Raises:
        PolicyError: somebody both added and exempted; nobody left.
    """
    if not (named or added or exempted):
        return rule
    changed = replace(
        rule,
        named=named or rule.named,
        added=(*listed_or_empty(rule.added), *added),
        exempted=(*listed_or_empty(rule.exempted), *exempted),
    )
    if all(map(says_target, (*rule.templates, *rule.retaliations))):
        return changed
    spared = _members(economy, rule) - _members(economy, replace(changed, retaliation=()))
    then, retaliation = (
        tuple(left for item in items if (left := spares(item, economy, spared)) is not None)
        for items in (rule.templates, rule.retaliations)
    )
    return replace(changed, then=then, retaliation=retaliation)


def _members(economy: Economy, rule: Rule) -> set[str]:
    return {code for members in rule.parties(economy).values() for code in members}


def listed_or_empty(words: object) -> tuple[str, ...]:
    """The words of a selector that may be empty."""
    return listed(cast("tuple[str, ...]", words), "list") if words else ()


def without_target(game: Game, target: str) -> Game:
    """The game in which one target is not threatened: it goes on, is spared, and costs no kappa.

    Raises:
        PolicyError: an unknown target, or the only one.
    """
    i = game.position(target)
    if len(game.targets) == 1:
        raise PolicyError(f"{target} is the only target; without it there is no threat")
    rest = tuple(party for party in game.targets if party != target)

    def spared(found: Mapping[str, Any]) -> dict[str, Any]:
        return {p[:i] + p[i + 1 :]: item for p, item in found.items() if p[i] == DEFY}

    return replace(
        game,
        targets=rest,
        payoffs={
            profile: replace(pay, targets=pay.targets[:i] + pay.targets[i + 1 :])
            for profile, pay in spared(game.payoffs).items()
        },
        terms=game.terms.among(rest),
        missing=spared(game.missing),
        costs={party: cost for party, cost in game.costs.items() if party != target},
        unpriced=tuple(party for party in game.unpriced if party != target),
    )
