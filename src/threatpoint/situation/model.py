"""Situation: who threatens whom, with what, unless they do what; frozen."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from threatpoint.policy import Policy, Rule
from threatpoint.situation.figure import Figure
from threatpoint.situation.made_schema import MadeTable, OfferTable
from threatpoint.situation.schema import AnyClaim, RowTable
from threatpoint.views import Shown, Tabled

if TYPE_CHECKING:
    from threatpoint.policy import Wedges
    from threatpoint.quantity import Quantity
    from threatpoint.situation.support_schema import SupportTables
    from threatpoint.situation.talks_input import TalksInput
    from threatpoint.strategy.design.legal import Standing
    from threatpoint.world.economy import Economy

Claim = AnyClaim
Row = RowTable


@dataclass(frozen=True)
class Scenario:
    """Another reading of a threat.

    Attributes:
        name, label: the key in the file, and its words.
        threat: the threat it reads.
        rule: the threat's rule with the scenario's changes.
    """

    name: str
    label: str
    threat: str
    rule: Rule

    def wedges(self, economy: Economy) -> Wedges:
        """Wedges when every target keeps doing it."""
        return self.rule.wedges(economy)


@dataclass(frozen=True)
class OilScenario:
    """A sanction on energy itself.

    Attributes:
        name, label: the key in the file, and its words.
        policy: what is done.
        opec: what owners of idle capacity do, a key of `oil.inputs.OPEC`.
    """

    name: str
    label: str
    policy: Policy
    opec: str


@dataclass(frozen=True)
class Assumption:
    """A figure of the file that nobody has measured, and where it stands."""

    where: str
    figure: Figure


@dataclass(frozen=True)
class Later(Shown):
    """A threat made after the situation's own date: nothing of that day's run knows it.

    Attributes:
        rule: as of a threat.
        given: its figures, measured or not.
    """

    rule: Rule
    given: tuple[Assumption, ...]


@dataclass(frozen=True)
class Evasion:
    """What of a threat's flows goes round by third countries.

    Attributes:
        share: of the flows hit, %.
        cost: of going round, % of their value; None where nothing is said.
    """

    share: Quantity
    cost: Quantity | None = None

    @property
    def possible(self) -> bool:
        """Whether it is a share, at a cost; where not, `made` says what is wrong."""
        return 0 < self.share.value <= 100 and (self.cost is None or self.cost.value > 0)


@dataclass(frozen=True)
class Situation(Tabled, view="threatpoint.situation.views:SITUATION"):
    """One situation, read from one file.

    Attributes:
        name: the built-in name or the file's stem.
        title, date, question, source: for the reader; `source` is the text it describes.
        sender: who makes the main threat, as stated: a word, or several joined by "+".
        groups: name -> members, as the file defines them.
        parties: code or group -> role in words.
        made: name of a threat -> by whom and when it was made; others are not said to have been.
        offers: name of a threat -> what was offered to whoever complies; it may be later than the
            threat, see its date.
        evasion: name of a threat -> what goes round it.
        main: name of the threat that `policy` is.
        threats: name -> rule; a rule's `when` is None if the file only names who is hit.
        later: name -> threat made after `date`; see `when_made`.
        legal: what the file says of the law, in place of the shipped table.
        words: name of the threat -> its words.
        scenarios: name -> other reading of a threat.
        oil: name -> sanction on energy itself.
        figures: name -> figure that claims refer to.
        claims: statements with figures, to be checked.
        rows: every statement of the text and the part that answers it.
        assumptions: all priors of the threats and their other readings.
        given: every figure of the file, measured or not.
        command: what was typed to make it where it was read from no file, else "".
        talks: the sides and priors of the talks; None if the file has no [talks].
        support: what is asked about support; None if the file has no [support].
    """

    name: str
    title: str
    date: datetime.date
    question: str
    source: str
    sender: str
    parties: Mapping[str, str]
    main: str
    threats: Mapping[str, Rule]
    words: Mapping[str, str]
    scenarios: Mapping[str, Scenario]
    figures: Mapping[str, Figure]
    claims: tuple[Claim, ...]
    rows: tuple[Row, ...]
    assumptions: tuple[Assumption, ...]
    oil: Mapping[str, OilScenario] = field(default_factory=dict[str, OilScenario])
    talks: TalksInput | None = None
    support: SupportTables | None = None
    given: tuple[Assumption, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    made: Mapping[str, MadeTable] = field(default_factory=dict[str, MadeTable])
    offers: Mapping[str, OfferTable] = field(default_factory=dict[str, OfferTable])
    evasion: Mapping[str, Evasion] = field(default_factory=dict[str, Evasion])
    command: str = ""
    later: Mapping[str, Later] = field(default_factory=dict[str, Later])
    legal: tuple[Standing, ...] = ()

    @property
    def policy(self) -> Rule:
        """The main threat; `situation.policy.wedges(economy)` carries it out on all targets."""
        return self.threats[self.main]

    def when_made(self, name: str) -> Situation:
        """The situation of the day on which a later threat was made, with that as the main one.

        Of the later threats, those made by that day are known then.

        Example:
            >>> order = tp.load_situation("ukraine-2025-03-31").when_made("india-order")
            >>> str(order.date), order.policy.targets(tp.load_world())
            ('2025-08-06', ('IND',))
        """
        day = self.made[name].date
        known = {key: each for key, each in self.later.items() if self.made[key].date <= day}
        given = tuple(one for each in known.values() for one in each.given)
        senders = known[name].rule.senders
        return replace(
            self,
            date=day,
            main=name,
            sender=self.sender if senders == self.policy.senders else "+".join(senders),
            threats={**self.threats, **{key: each.rule for key, each in known.items()}},
            later={key: each for key, each in self.later.items() if key not in known},
            given=self.given + given,
            assumptions=self.assumptions + tuple(one for one in given if one.figure.prior),
        )
