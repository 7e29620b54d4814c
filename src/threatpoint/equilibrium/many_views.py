"""Views of many solutions: first lines, and tables by member."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from threatpoint.equilibrium.results import country_rows, group_rows
from threatpoint.equilibrium.views import extremes, welfare
from threatpoint.tables import Row, Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.solutions import Solutions


def about_solutions(many: Solutions) -> About:
    """How many, whether all have an equilibrium, and the first of them."""
    failed = many.failures
    facts = {f"{label}": why for label, why in list(failed.items())[:2]}
    solved = [(label, one) for label, one in many.items() if one.status.converged]
    facts |= {
        f"{label}": extremes(one).get("loses most", "nobody loses") for label, one in solved[:6]
    }
    if len(solved) > 6:
        facts["…"] = f"{len(solved) - 6} more members"
    title = f"<{len(many)} solutions, {len(failed) or 'none'} without an equilibrium>"
    return About(title, facts if many else {}, ".to_pandas(), many[label], .to_xarray()")


def _each(many: Solutions, rows: Callable[[Solution], list[Row]]) -> list[Row]:
    """Rows of all members that have an equilibrium, with their labels."""
    solved = {label: one for label, one in many.items() if one.status.converged}
    return [{"member": label, **row} for label, one in solved.items() for row in rows(one)]


def many_welfare(many: Solutions) -> Table:
    """Change in real income by member and economy."""
    first = next(iter(many.values()))
    return welfare(first, _each(many, lambda one: [*country_rows(one)]), "member")


def many_groups(many: Solutions) -> Table:
    """The same of groups as one."""
    first = next(iter(many.values()))
    rows = _each(many, lambda one: [*group_rows(one, one.table.groups)])
    return welfare(first, rows, "member")


def statuses(many: Solutions) -> Table:
    """Whether each member has an equilibrium, and why not."""
    rows = [{"what": str(label), "text": str(one.status)} for label, one in many.items()]
    shown = columns("conditions", "what", "text")
    return Table("conditions", "Status of each member", shown, rows)


def tables_of_many(many: Solutions) -> Mapping[str, Named]:
    """Tables of many solutions."""
    found = {"status": Named("status of each member", lambda: statuses(many))}
    first = next(iter(many.values()), None)
    if first is None or first.economy is None:
        return found
    by = "real income, prices, trade and revenue by member and economy"
    found = {"welfare": Named(by, lambda: many_welfare(many)), **found}
    if first.economy.groups:
        found["groups"] = Named("the same of groups as one", lambda: many_groups(many))
    return found


SOLUTIONS = View(about_solutions, tables_of_many)
