"""What `threatpoint shock` prints: losses at one horizon or side by side, and the oil market."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint.words import legend_words, when_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from threatpoint.equilibrium import Solution
    from threatpoint.oil.outcome import OilOutcome
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


def oil(console: Console, solved: Sequence[Solution]) -> None:
    """The oil market, one column a horizon; buyers and who pumps more below."""
    from threatpoint.oil.outcome import oil_outcome
    from threatpoint.oil.tables import buyers, market

    found, economy = [oil_outcome(solution) for solution in solved], solved[0].table
    console.print(market(found).terminal())
    console.print(buyers(found, economy).terminal())
    _pumped(found, economy)
    print(f"Oil: {found[0].regime}. {found[0].note}")


def _pumped(found: Sequence[OilOutcome], economy: Economy) -> None:
    """Who pumps more, at the horizons whose barrels add up; else why it is not said."""
    from threatpoint.oil.rows import absorbed_words

    one = found[0]
    for o in found:
        if o.adds_up:
            print(f"Who pumps more, {o.horizon}: {absorbed_words(o, economy) or 'nobody'}.")
        else:
            print(
                f"{one.good.capitalize()} by buyer and who pumps more, {o.horizon}: {o.withheld}."
            )
    if not all(o.adds_up for o in found):
        print(
            "What does not add up is the change of what is pumped less that of what is used; the "
            f"exports and the revenue of {one.seller} carry the same error."
        )


def uniqueness(console: Console, solved: Sequence[Solution]) -> None:
    """What other starts gave, at each horizon."""
    from threatpoint.equilibrium import check_unique

    for solution in solved:
        with console.status("solving again from other starts …"):
            found = check_unique(solution)
        print(f"Unique? Horizon {solution.calibration.elasticities.horizon}: {found}")
