"""The tables of docs/oil.md: every scenario of the built-in situation on both bases of the market.

python -m validation.oil_scenarios [--write]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from threatpoint.analysis import oil_tables
from threatpoint.analysis.oil_answers import OilAnswer, scenarios, solve_oil
from threatpoint.files import write_whole
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.tables import Table
from threatpoint.words import quoted, when
from threatpoint.world import load_world

SITUATION, HORIZON = "ukraine-2025-03-31", "short"
TEXT = Path(__file__).parents[1] / "docs" / "oil.md"
START = "<!-- tables: python -m validation.oil_scenarios --write -->"
END = "<!-- end of tables -->"
COLUMNS = (
    "scenario", "horizon", "world_price_percent", "oil_price_range", "price_usd_bbl",
    "discount_usd_bbl", "volume_mb_d", "shut_in_mb_d", "taken_by", "revenue_usd_bn_month",
    "oil_revenue_range", "implied_elasticity",
)  # fmt: skip
ECONOMIES = 8
"""In the table of incomes."""


def answers(dated: bool = True) -> tuple[OilAnswer, ...]:
    """The scenarios on the situation's day, or on the base of 2023."""
    situation, world = load_situation(SITUATION), load_world()
    economy = on_day(world, situation.date) if dated else world
    return solve_oil(situation, economy, horizon=HORIZON)


def made() -> str:
    """All tables as Markdown."""
    now, before = answers(), first(answers(dated=False))
    dearest = max(first(now), key=lambda a: a.outcome.world_price_percent if a.outcome else 0.0)
    seller = "Russia"
    tables = {
        "March 2025": scenarios(now, seller).showing(*COLUMNS),
        "March 2025, first year: world price by pair of elasticities": oil_tables.prices(
            first(now)
        ),
        "March 2025, first year: change in real income, %": oil_tables.incomes(
            first(now), ECONOMIES
        ),
        f"March 2025, {when(HORIZON)}: what owners of idle capacity gain with "
        f"{quoted(dearest.scenario.label)}, USD bn a month": oil_tables.owners([dearest]),
        "2023, first year": scenarios(before, seller).showing(*COLUMNS),
    }
    return "\n\n".join(f"**{title}**\n\n{markdown(table)}" for title, table in tables.items())


def first(found: Iterable[OilAnswer]) -> list[OilAnswer]:
    """Those of the first year."""
    return [answer for answer in found if answer.horizon == HORIZON]


def markdown(table: Table) -> str:
    """A table as shown, in Markdown; no column that is the same in all rows."""
    heads = [column.heading for column in table.shown]
    rows = [*table.first, *table.folded]
    kept = [k for k in range(len(heads)) if len({row[k] for row in rows}) > 1]
    lines = [[row[k] for k in kept] for row in ([*heads], ["---"] * len(heads), *rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def filled(text: str, tables: str) -> str:
    """A text with what stands between its marks replaced."""
    before, rest = text.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{tables}\n\n{END}{after}"


def main() -> None:
    """Print the tables, or write them."""
    tables = made()
    if "--write" in sys.argv:
        write_whole(TEXT, filled(TEXT.read_text(encoding="utf-8"), tables))
    else:
        print(tables)


if __name__ == "__main__":
    main()
