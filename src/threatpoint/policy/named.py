"""Named: the parties of a rule without a condition, which says itself who is hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.policy.scope import member_codes
from threatpoint.policy.targets import unions_of

if TYPE_CHECKING:
    from threatpoint.policy.buyers import Terms
    from threatpoint.world.economy import Economy


def named_parties(economy: Economy, terms: Terms) -> dict[str, tuple[str, ...]]:
    """Party -> the economies it stands for, in the order named; a customs union is one party.

    A group that is not declared a customs union stands for its members, each a party. A group of
    many states may be among them: it is asked to decide nothing.

    Args:
        economy: gives codes and groups.
        terms: sender, named, unions and title of the rule.

    Raises:
        PolicyError: unknown words; the sender, or one member of a customs union, is named.
    """
    unions = unions_of(economy, terms.unions)
    home = {code: name for name, members in unions.items() for code in members}
    senders = {home.get(c, c) for c in member_codes(economy, terms.sender, terms.title)}
    codes = member_codes(economy, terms.named, f"{terms.title}, named")
    parties = {home.get(code, code): unions.get(home.get(code, ""), (code,)) for code in codes}
    problems = [
        f"{name} is the sender and cannot be a target" for name in parties if name in senders
    ]
    problems += [
        f"{word} is a member of the customs union {home[word]}, which is hit as one; write "
        f"{home[word]!r}"
        for word in terms.named
        if word in home
    ]
    if problems:
        raise PolicyError("\n".join(f"{terms.title}: {problem}" for problem in problems))
    return parties
