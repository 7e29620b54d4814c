"""Who must join for a design to work, and the transfers that equalise its burden.

A coalition carries a design out together; its gain is the sum of its members' changes in real
income. Transfers leave every member with the same change as a share of its real income:
t_m = Y_m (sum dW / sum Y) - dW_m, so that they add up to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.policy.targets import unions_of
from threatpoint.strategy.design.designs import Designs, Yielding
from threatpoint.strategy.joining import joined
from threatpoint.strategy.worlds import in_usd_bn, solve_all, world_of

if TYPE_CHECKING:
    from threatpoint.strategy.design.designer import Design
    from threatpoint.strategy.question import Question

Codes = tuple[str, ...]
MOST = 12
"""Coalitions that are tried at most."""


@dataclass(frozen=True)
class Burden:
    """What a design costs a member of a coalition, USD bn a year.

    Attributes:
        member: code, or name of the customs union that acts as one.
        income: real income before.
        change: of its real income.
        transfer: what it gets of the others, or below 0 pays them.
    """

    member: str
    income: float
    change: float
    transfer: float

    @property
    def share(self) -> float:
        """Its change after the transfer, as a share of its income."""
        return (self.change + self.transfer) / self.income


@dataclass(frozen=True, eq=False)
class Coalition:
    """Some joining the sender.

    Attributes:
        joins: who joins; nobody in the first.
        answer: the cheapest design that makes all targets give in, at the middle of s, or at the
            end of its range at which there is one.
        burdens: of its members, where there is a design.
    """

    joins: Codes
    answer: Yielding
    burdens: Sequence[Burden]

    @property
    def works(self) -> bool:
        """Whether a design makes them give in, at any s of the range."""
        return self.answer.design is not None


def coalitions(
    question: Question,
    candidates: Codes,
    made: Callable[[Question], Designs],
    able: Callable[[Question], bool] = lambda _: True,
) -> list[Coalition]:
    """The sender alone, then with more and more of the candidates until a design works.

    All coalitions of the smallest size at which one works are tried.

    Args:
        question: of the sender alone.
        candidates: codes or customs unions that may join.
        made: designs against all targets of a question together.
        able: whether those of a question may threaten anything together; else they are left out.

    Raises:
        PolicyError: an unknown candidate, the sender itself, nobody left to punish; too many.
    """
    for one in candidates:
        joined(question, one)
    found = [_tried(question, (), made)]
    for size in range(1, len(candidates) + 1):
        if found[-1].works or any(one.works for one in found):
            break
        every = [c for c in combinations(candidates, size) if able(with_joined(question, c))]
        if len(found) + len(every) > MOST:
            raise PolicyError(
                f"{len(candidates)} who may join make more than {MOST} coalitions: name fewer"
            )
        found += [_tried(with_joined(question, some), some, made) for some in every]
    return found


def smallest(found: Sequence[Coalition]) -> Coalition | None:
    """The smallest coalition with a design that works; of several the one that it costs least."""
    works = [each for each in found if each.works]
    return min(works, key=_order, default=None)


def _order(each: Coalition) -> tuple[int, float]:
    design = each.answer.design
    return len(each.joins), 0.0 if design is None else -design.gain


def with_joined(question: Question, joins: Codes) -> Question:
    """The question with some joining the sender."""
    for one in joins:
        question = joined(question, one)
    return question


def _tried(question: Question, joins: Codes, made: Callable[[Question], Designs]) -> Coalition:
    every = list(made(question).yielding)
    order = [every[len(every) // 2], *reversed(every)]
    answer = next((each for each in order if each.design is not None), order[0])
    burdens = () if answer.design is None else tuple(burdens_of(answer.design))
    return Coalition(joins, answer, burdens)


def burdens_of(design: Design) -> Iterator[Burden]:
    """What a design costs each of its senders, and the transfers that make it even."""
    question = design.space.question
    economy = question.economy
    policy = design.space.policy(design.sizes)
    change = world_of(question, solve_all(question, {0: policy})[0]).change
    members = _members(question)
    places = {name: [economy.country(code) for code in codes] for name, codes in members.items()}
    incomes = {
        name: in_usd_bn(float(economy.final_expenditure[at].sum()), economy)
        for name, at in places.items()
    }
    changes = {name: in_usd_bn(float(change[at].sum()), economy) for name, at in places.items()}
    even = sum(changes.values()) / sum(incomes.values())
    for name, income in incomes.items():
        yield Burden(name, income, changes[name], even * income - changes[name])


def _members(question: Question) -> Mapping[str, Codes]:
    """Sender -> its codes, a customs union as one."""
    unions = unions_of(question.economy, question.rule.unions)
    home = {code: name for name, codes in unions.items() for code in codes}
    found: dict[str, Codes] = {}
    for code in question.senders:
        name = home.get(code, code)
        found[name] = (*found.get(name, ()), code)
    return found
