"""What `threatpoint shock` prints: losses at one horizon or side by side, and the oil market."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.cli.common import print_table
from threatpoint.words import legend_words, when_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from threatpoint.equilibrium import Solution
    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.world.economy import Economy

Row = dict[str, Any]


def _title(policy: str, what: str) -> str:
    return f"{policy[0].upper()}{policy[1:]}: {what}"


def _kept(solution: Solution, rows: Sequence[Row], top: int) -> list[Row]:
    """The largest losses and gains in money; whom the policy touches, if they are few; the hardest
    hit in percent, however small.
    """
    ends = rows if top >= len(rows) else [*rows[: top - top // 3], *rows[len(rows) - top // 3 :]]
    named = _touched(solution)
    wanted = {row["country"] for row in ends} | (named if len(named) <= top else set())
    wanted.add(min(rows, key=lambda row: row["real_income_percent"])["country"])
    return [row for row in rows if row["country"] in wanted]


def _touched(solution: Solution) -> set[str]:
    """The economies whose trade the policy touches."""
    from threatpoint.equilibrium.results import touched

    pairs = touched(solution).sum(axis=2)
    codes = solution.calibration.countries
    return {codes[n] for n in range(len(codes)) if pairs[n].sum() + pairs[:, n].sum() > 0}


def one(console: Console, solution: Solution, policy: str, top: int) -> None:
    """Losses at one horizon, with its status."""
    from threatpoint.equilibrium.results import assumptions, country_rows
    from threatpoint.words import number

    rows = sorted(country_rows(solution), key=lambda row: row["real_income_money"])
    kept = _kept(solution, rows, top)
    table = [
        {
            "country": row["name"],
            "real income, %": number(row["real_income_percent"], True, 2),
            "USD bn": number(row["real_income_money"] / 1e3, True, 1),
            "real wage, %": number(row["real_wage_percent"], True, 2),
            "exports, %": number(row["exports_percent"], True, 1),
            "imports, %": number(row["imports_percent"], True, 1),
        }
        for row in kept
    ]
    carried = assumptions(solution)
    title = _title(policy, f"change in real income {when_words(carried['horizon'])}")
    print_table(console, title, table)
    _print_left(len(rows), len(kept))
    _print_assumptions(carried)
    print(f"Status: {solution.status}.")


def _print_left(rows: int, kept: int) -> None:
    if rows > kept:
        print(f"{rows - kept} countries in between are not shown (--top {rows} shows all).")


def _print_assumptions(carried: Row) -> None:
    """What the policy touches, and what carries the numbers."""
    from threatpoint.words import SPACE, money

    size = money(carried["trade_touched"], carried["unit"]).replace(SPACE, " ")
    print(f"Trade that the policy touches: {size} a year at baseline.")
    print(
        f"Sorted by money. Baseline {carried['year']}, {carried['unit']}"
        + (f", tariffs {carried['tariffs']}" if carried["tariffs"] else "")
        + (f", {carried['rebased']}" if carried["rebased"] else "")
        + f"; deficits {carried['deficits']}; numeraire world value added."
    )


def side_by_side(
    console: Console,
    answers: Mapping[str, Solution],
    policy: str,
    top: int,
) -> None:
    """Losses at several horizons, sorted by the first that has an answer."""
    from threatpoint.equilibrium.results import assumptions, country_rows
    from threatpoint.words import number

    solved = {k: v for k, v in answers.items() if v.status.converged}
    tables = {name: country_rows(found) for name, found in solved.items()}
    first, solution = next(iter(tables.values())), next(iter(solved.values()))
    place = {row["country"]: n for n, row in enumerate(first)}
    kept = _kept(solution, sorted(first, key=lambda row: row["real_income_money"]), top)
    rows = [
        {"country": row["name"]}
        | {f"{h}, %": number(t[n]["real_income_percent"], True, 2) for h, t in tables.items()}
        | {f"{h}, USD bn": number(t[n]["real_income_money"] / 1e3, True, 1)
           for h, t in tables.items()}
        for row, n in ((row, place[row["country"]]) for row in kept)
    ]  # fmt: skip
    print_table(console, _title(policy, f"change in real income; {legend_words(answers)}"), rows)
    _print_left(len(first), len(kept))
    _print_assumptions(assumptions(solution))
    for name, found in answers.items():
        print(f"Status, {name}: {found.status}.")


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
