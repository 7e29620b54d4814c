"""Asked: what somebody types, made a situation in memory, so that it has a page like any other."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.oil.setting import setting_of
from threatpoint.oil.solve import DEFAULT
from threatpoint.policy.measure import Measure
from threatpoint.policy.scope import WORLD
from threatpoint.situation.model import OilScenario, Situation

if TYPE_CHECKING:
    from threatpoint.policy import Policy, Rule
    from threatpoint.world.economy import Economy

NAME = "policy"
"""The key of the one measure of such a situation."""
EVERYBODY = "the whole world"
"""What the keyword for every economy is in a sentence."""
ACTS, HIT = "acts", "hit"
"""What the parties do, in words."""


def regime_of(policy: Policy, economy: Economy, opec: str = "") -> str:
    """What owners of idle oil capacity do: as asked, or "hold" where a policy touches that market.

    Raises:
        PolicyError: the policy cannot be applied to this economy.
    """
    market, wedges = setting_of(economy), policy.wedges(economy)
    return opec or (DEFAULT if market is not None and market.touched(wedges) else "")


def title_of(policy: Policy, economy: Economy) -> str:
    """A policy in words, its countries, groups and sectors by name."""
    groups = {code: words.place(code, economy) for code in economy.groups}
    return words.capital(words.named(policy.describe(), economy, groups | {WORLD: EVERYBODY}))


def situation_of(
    policy: Policy,
    economy: Economy,
    *,
    opec: str = "",
    command: str = "",
    date: datetime.date | None = None,
) -> Situation:
    """A situation in which a policy is carried out; nobody is asked for anything.

    Without talks, support, front and game; with the oil market where the policy touches it.

    Args:
        policy: what is done.
        economy: gives the codes behind its words.
        opec: what owners of idle oil capacity do; "" is "hold" where the market is touched.
        command: what was typed.
        date: of the text; today by default.

    Raises:
        PolicyError: the policy cannot be applied to this economy, or nobody is hit but those who
            act.
    """
    opec = regime_of(policy, economy, opec)
    measure = Measure.of(policy, economy, NAME, opec)
    title = title_of(policy, economy)
    oil = {NAME: OilScenario(NAME, title, policy, opec)} if opec else {}
    return Situation(
        name=NAME,
        title=title,
        date=date or datetime.date.today(),
        question="Who loses what?",
        source=f"what was typed: {command}" if command else "a policy given in Python",
        sender="+".join(measure.senders),
        parties={**dict.fromkeys(measure.senders, ACTS), **dict.fromkeys(measure.named, HIT)},
        main=NAME,
        threats={NAME: measure},
        words={NAME: title},
        scenarios={},
        figures={},
        claims=(),
        rows=(),
        assumptions=(),
        oil=oil,
        command=command,
    )


def asked_of(situation: Situation, name: str, rule: Rule, command: str = "") -> Situation:
    """A situation with one of its threats in the foreground, as it was changed.

    Args:
        situation: as it was read.
        name: of the threat.
        rule: with other targets, senders or retaliation.
        command: what was typed.
    """
    before = situation.threats[name].senders
    sender = situation.sender if rule.senders == before else "+".join(rule.senders)
    threats = {**situation.threats, name: rule}
    return replace(situation, main=name, threats=threats, sender=sender, command=command)
