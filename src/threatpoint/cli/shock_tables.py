"""What `threatpoint shock` prints: losses at one horizon or side by side, and the oil market."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.cli.common import print_table
from threatpoint.errors import EquilibriumError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from threatpoint.equilibrium import Solution


def _title(policy: str, what: str) -> str:
    return f"{policy[0].upper()}{policy[1:]}: {what}"


def _ends(rows: list[dict[str, Any]], top: int) -> list[dict[str, Any]]:
    """The largest losses and the largest gains."""
    return rows if top >= len(rows) else rows[: top - top // 3] + rows[len(rows) - top // 3 :]


def one(console: Console, solution: Solution, policy: str, top: int) -> None:
    """Losses at one horizon, with its status."""
    from threatpoint.equilibrium.results import assumptions, country_rows

    rows = sorted(country_rows(solution), key=lambda row: row["real_income_money"])
    kept = _ends(rows, top)
    table = [
        {
            "country": row["name"],
            "real income, %": f"{row['real_income_percent']:+.2f}",
            "USD bn": f"{row['real_income_money'] / 1e3:+,.1f}",
            "real wage, %": f"{row['real_wage_percent']:+.2f}",
            "exports, %": f"{row['exports_percent']:+.1f}",
            "imports, %": f"{row['imports_percent']:+.1f}",
        }
        for row in kept
    ]
    carried = assumptions(solution)
    title = _title(policy, f"change in real income, horizon {carried['horizon']}")
    print_table(console, title, table)
    _print_left(len(rows), len(kept))
    _print_assumptions(carried)
    print(f"Status: {solution.status}.")


def _print_left(rows: int, kept: int) -> None:
    if rows > kept:
        print(f"{rows - kept} countries in between are not shown (--top {rows} shows all).")


def _print_assumptions(carried: dict[str, Any]) -> None:
    print(
        f"Sorted by money. Baseline {carried['year']}, {carried['unit']}"
        + (f", tariffs {carried['tariffs']}" if carried["tariffs"] else "")
        + (f", {carried['rebased']}" if carried["rebased"] else "")
        + f"; deficits {carried['deficits']}; numeraire world value added."
    )


def side_by_side(
    console: Console,
    answers: Mapping[str, Solution | EquilibriumError],
    policy: str,
    top: int,
) -> None:
    """Losses at several horizons, sorted by the first that has an answer."""
    from threatpoint.equilibrium.results import assumptions, country_rows
    from threatpoint.world import HORIZONS

    solved = {k: v for k, v in answers.items() if not isinstance(v, EquilibriumError)}
    tables = {name: country_rows(found) for name, found in solved.items()}
    first = next(iter(tables.values()))
    order = sorted(range(len(first)), key=lambda n: first[n]["real_income_money"])
    rows = [
        {"country": first[n]["name"]}
        | {f"{h}, %": f"{t[n]['real_income_percent']:+.2f}" for h, t in tables.items()}
        | {f"{h}, USD bn": f"{t[n]['real_income_money'] / 1e3:+,.1f}" for h, t in tables.items()}
        for n in order
    ]
    kept = _ends(rows, top)
    lengths = ", ".join(f"{name} = {HORIZONS[name]}" for name in answers)
    print_table(console, _title(policy, f"change in real income; {lengths}"), kept)
    _print_left(len(rows), len(kept))
    _print_assumptions(assumptions(next(iter(solved.values()))))
    for name, found in answers.items():
        failed = isinstance(found, EquilibriumError)
        print(f"Status, {name}: {found if failed else found.status}.")


def _number(value: float, form: str) -> str:
    """A number, or a dash where there is none (no discount without exports)."""
    return "–" if math.isnan(value) else f"{value:{form}}"


def oil(console: Console, solved: Sequence[Solution]) -> None:
    """The oil market, one column a horizon; buyers and who pumps more below."""
    from threatpoint.equilibrium.oil import absorbed_words, buyer_rows, oil_outcome

    found = [oil_outcome(solution) for solution in solved]
    one = found[0]
    price, volume = one.units
    measures: list[tuple[str, str, list[tuple[float, float]]]] = [
        (f"world price, {price}", ".1f", [o.benchmark for o in found]),
        (f"price of {one.seller}, {price} ({one.basis})", ".1f", [o.price for o in found]),
        (f"discount, {price} ({one.basis})", ".1f", [o.discount for o in found]),
        (f"exports of {one.seller}, {volume}", ".2f", [o.volume for o in found]),
        (f"revenue of {one.seller}, USD bn a month", ".1f", [o.revenue for o in found]),
    ]
    table = [
        {"": words, "before": f"{pairs[0][0]:{form}}"}
        | {o.horizon: _number(pair[1], form) for o, pair in zip(found, pairs, strict=True)}
        for words, form, pairs in measures
    ]
    print_table(console, f"The market of {one.good}", table)
    economy = solved[0].economy
    assert economy is not None
    buyers = [buyer_rows(o, economy) for o in found]
    by_buyer = [
        {"buyer": row["name"], "before": f"{row['volume_baseline']:.2f}"}
        | {o.horizon: f"{rows[k]['volume']:.2f}" for o, rows in zip(found, buyers, strict=True)}
        for k, row in enumerate(buyers[0])
    ]
    print_table(console, f"Exports of {one.seller} by buyer, {volume}", by_buyer)
    for o in found:
        print(f"Who pumps more, {o.horizon}: {absorbed_words(o, economy) or 'nobody'}.")
    print(f"Oil: {one.regime}. {one.note}")


def uniqueness(console: Console, solved: Sequence[Solution]) -> None:
    """What other starts gave, at each horizon."""
    from threatpoint.equilibrium import check_unique

    for solution in solved:
        with console.status("solving again from other starts …"):
            found = check_unique(solution)
        print(f"Unique? Horizon {solution.calibration.elasticities.horizon}: {found}")
