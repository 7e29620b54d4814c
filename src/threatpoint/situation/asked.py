"""Asked: what a `when` table asks of the targets, to stop buying or something that is no trade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from threatpoint.errors import PolicyError
from threatpoint.policy import Action, Cost, Demand
from threatpoint.policy.demand import OF_GDP
from threatpoint.quantity import Quantity
from threatpoint.situation.amounts import money_of, part_of
from threatpoint.situation.figure import Figure
from threatpoint.situation.lines import Path
from threatpoint.situation.problems import Problems
from threatpoint.situation.schema import WhenTable
from threatpoint.units import MONEY_UNITS

Asked = tuple[Action | None, Demand | None]


def asked(when: WhenTable | None, path: Path, problems: Problems) -> Asked:
    """The purchases that are punished, or the demand in words; one of them, or neither."""
    if when is None:
        return None, None
    _require_one(when, path, problems)
    if not (when.buys and when.seller):
        return None, _demand(when, when.demand, path, problems) if when.demand else None
    action = _action(when, when.buys, when.seller, path, problems)
    if not when.purchases or action is None:
        return action, None
    return None, replace(_demand(when, f"stop: {action.describe()}", path, problems), buying=action)


def _require_one(when: WhenTable, path: Path, problems: Problems) -> None:
    """Either `buys` and `from` with what belongs to them, or `demand` with its costs."""
    trade = ("buys", "from", "min_value", "min_share", "purchases")
    given = [key for key in trade if getattr(when, "seller" if key == "from" else key)]
    costs = [key for key in ("cost", "costs") if getattr(when, key)]
    if when.demand:
        problems += [
            ((*path, key), "has no effect beside `demand`, which is no trade") for key in given
        ]
        return
    for key in ("buys", "from"):
        if key not in given:
            text = f"key {key!r} is missing; or say in `demand` what else the targets are asked"
            problems.append((path, text))
    text = (
        "has no effect: what it costs to stop buying is computed; it belongs to `demand`, or "
        "beside `purchases`"
    )
    problems += [((*path, key), text) for key in costs if not when.purchases]


def _action(
    when: WhenTable, buys: list[str], seller: list[str], path: Path, problems: Problems
) -> Action | None:
    """The purchases that are punished."""
    value = money_of(when.min_value, (*path, "min_value"), problems)
    share = part_of(when.min_share, (*path, "min_share"), problems)
    unit = when.min_value.unit if when.min_value and value else ""
    figures = tuple(_purchases(when, (*path, "purchases"), problems))
    return problems.at(path, Action, tuple(buys), tuple(seller), value, share, unit, figures)


def _purchases(when: WhenTable, path: Path, problems: Problems) -> Iterator[tuple[str, Quantity]]:
    """Each buyer with what it buys; those below 0 or in no money unit are problems."""
    for buyer, figure in when.purchases.items():
        if figure.value == 0:
            problems.append(((*path, buyer), "0 has no effect: leave out who buys nothing"))
        elif money_of(figure, (*path, buyer), problems) > 0 and figure.sound:
            yield buyer, figure.quantity


def _demand(when: WhenTable, words: str, path: Path, problems: Problems) -> Demand:
    """The demand with what complying costs."""
    cost = problems.at((*path, "cost"), _cost, when.cost)
    own = {
        party: problems.at((*path, "costs", party), _cost, figure)
        for party, figure in when.costs.items()
    }
    found = tuple((party, price) for party, price in own.items() if price is not None)
    return Demand(words, cost, found)


def _cost(figure: Figure | None) -> Cost | None:
    """What complying costs a year, with its range.

    Raises:
        PolicyError: below 0, or a unit that is neither money nor part of GDP.
    """
    if figure is None or not figure.sound:  # what is wrong with a range is found with all others
        return None
    if figure.unit not in (*MONEY_UNITS, OF_GDP):
        raise PolicyError(f"is in {figure.unit!r}; use money, such as 'USD bn', or {OF_GDP!r}")
    return Cost(*figure.ends, figure.unit, source=figure.source)
