"""What `threatpoint shock` prints: losses at one horizon or side by side, and the oil market."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint.words import legend_words, when_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Policy
    from threatpoint.tables import Table
    from threatpoint.world.economy import Economy

Row = dict[str, Any]


def losses(
    console: Console,
    answers: Mapping[str, Solution],
    policy: str,
    top: int,
    groups: Mapping[str, Sequence[str]],
    members: bool,
) -> None:
    """Losses, at several horizons side by side, sorted by the first that has an answer.

    A group that is named stands as one; `members` puts its members below it.
    """
    from threatpoint.equilibrium import tables
    from threatpoint.equilibrium.results import assumptions, largest

    solved = {k: v for k, v in answers.items() if v.status.converged}
    name, solution = next(iter(solved.items()))
    carried, alone = assumptions(solution), len(answers) == 1
    case = "real_income" if alone else name
    rows, inside = _rows(solved, alone, groups)
    kept, unit = largest(solution, rows, top, case, groups), carried["unit"]
    kept = [one for row in kept for one in (row, *(inside[row["country"]] if members else ()))]
    when = f" {when_words(carried['horizon'])}" if alone else f"; {legend_words(answers)}"
    table = (
        tables.losses(kept, when, unit)
        if alone
        else tables.by_horizon(kept, list(solved), unit, money=True)
    )
    both = "" if alone else ", %, and in money"
    title = f"{policy[0].upper()}{policy[1:]}: change in real income{both}{when}"
    console.print(replace(table, caption=title).terminal())
    console.print(_beside(kept, list(solved), when, unit, alone).terminal())
    if groups and not members:
        print(f"{', '.join(groups)}: the sum of its members; --members shows them.")
    _print_assumptions(carried, len(rows), len(kept))
    for horizon, found in answers.items():
        print(f"Status{'' if alone else f', {horizon}'}: {found.status}.")


def _beside(
    rows: Sequence[Row], horizons: Sequence[str], when: str, unit: str, alone: bool
) -> Table:
    """What stands beside real income: GDP and prices; at several horizons, that before tariffs."""
    from threatpoint.equilibrium import tables
    from threatpoint.equilibrium.results import BEFORE_TARIFFS

    if alone:
        return tables.prices_and_revenue(rows, when, unit)
    table = tables.by_horizon(rows, horizons, unit, money=True, measure=BEFORE_TARIFFS)
    return replace(table, caption="Real income before tariff revenue, %, and in money")


def _rows(
    solved: Mapping[str, Solution], alone: bool, groups: Mapping[str, Sequence[str]]
) -> tuple[list[Row], Mapping[str, list[Row]]]:
    """One row an economy or group, and the rows of members by their group."""
    from threatpoint.equilibrium.results import country_rows, group_rows, side_rows

    one = next(iter(solved.values()))
    rows = [*country_rows(one), *group_rows(one, groups)] if alone else side_rows(solved, groups)
    home = {code: group for group, codes in groups.items() for code in codes}
    inside: dict[str, list[Row]] = {row["country"]: [] for row in rows}
    for row in rows:
        if row["country"] in home:
            inside[home[row["country"]]].append(row | {"name": f"  {row['name']}"})
    return [row for row in rows if row["country"] not in home], inside


def sectors(console: Console, solution: Solution, top: int) -> None:
    """Output by sector of all whose trade the policy touches, largest changes first."""
    from threatpoint.equilibrium import tables
    from threatpoint.equilibrium.results import sector_rows, touched_codes
    from threatpoint.words import when

    economy = solution.table
    rows = [
        row | {"name": economy.names.get(row["country"], row["country"]), "role": ""}
        for row in sector_rows(solution, touched_codes(solution))
    ]
    table = tables.sectors(rows, when(solution.calibration.elasticities.horizon), economy.unit)
    console.print(table.terminal(top))
    if len(table.rows) > top:
        print(f"{len(table.rows) - top} smaller changes are not shown.")


def _print_assumptions(carried: Row, rows: int, kept: int) -> None:
    """How many rows are left out, what the policy touches, and what carries the numbers."""
    from threatpoint.words import SPACE, money

    if rows > kept:
        print(f"{rows - kept} countries in between are not shown (--top {rows} shows all).")
    size = money(carried["trade_touched"], carried["unit"]).replace(SPACE, " ")
    print(f"Trade that the policy touches: {size} a year at baseline.")
    print(
        f"Sorted by money. Baseline {carried['year']}, {carried['unit']}"
        + (f", tariffs {carried['tariffs']}" if carried["tariffs"] else "")
        + (f", {carried['rebased']}" if carried["rebased"] else "")
        + f"; deficits {carried['deficits']}; numeraire world value added."
    )


def oil(console: Console, economy: Economy, policy: Policy, solved: Sequence[Solution]) -> None:
    """The oil market, one column a horizon; buyers, how sure, and who gains below."""
    from threatpoint.oil import tables
    from threatpoint.oil.full import full

    found = [each for each in (full(economy, policy, one) for one in solved) if each is not None]
    outcomes, first = [each.outcome for each in found], found[0]
    console.print(tables.market(outcomes).terminal())
    console.print(tables.buyers(outcomes).terminal())
    sure = {each.outcome.horizon: (each.outcome, each.drawn) for each in found}
    console.print(tables.sure(sure).terminal())
    console.print(tables.owners(first.regimes).terminal())
    for each in found:
        print(f"Who pumps more, {each.outcome.horizon}: {tables.more(each.outcome) or 'nobody'}.")
    carried = tables.carried(first.drawn, "world_price_percent")
    print(f"What carries the world price, {first.outcome.horizon}: {carried or 'nothing'}.")
    for line in tables.remarks(outcomes):
        print(line)


def uniqueness(console: Console, solved: Sequence[Solution]) -> None:
    """What other starts gave, at each horizon."""
    from threatpoint.equilibrium import check_unique

    for solution in solved:
        with console.status("solving again from other starts …"):
            found = check_unique(solution)
        print(f"Unique? Horizon {solution.calibration.elasticities.horizon}: {found}")
