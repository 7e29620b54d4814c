"""The registry of parameters as a page of documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builders.write import ROOT
from threatpoint.world.horizons import HORIZONS
from threatpoint.world.parameters import Parameter

DOCS = ROOT / "docs" / "parameters.md"

HEAD = """# Parameters

Every number that is not a cell of the world table, with range, source and page. This page is
written by `python -m builders.parameters` from the same rows as `world/tables/parameters.csv`; do
not edit it.

**sigma and theta.** The model's `theta` is sigma - 1, the response of trade valued with tariffs.
Estimates on values without tariffs are -sigma = -(theta + 1), so theta is one less than what they
print; the registry says for every source which of the two it is, and converts.

**Kinds.** *estimate*: from the literature, with its range. *prior*: nobody has measured it; always
a range. *fact*: observed, or computed from what is. *check*: a published number to compare with,
which the model does not use. *definition*: a choice of form, such as Cobb-Douglas.

**Pages.** "Printed page not at hand" means that the number was taken from the working paper, the
abstract or another text that quotes it; the pages are then those of the whole article.

**Horizons.** {horizons}. The equations are the same at each; only these values differ.
"medium" lies between: theta and the substitution elasticities are the geometric mean of short and
long, with the range from the one to the other. `short-low`, `short-high`, `medium-low`
and `medium-high` put theta, eta, epsilon and rho at the ends of their ranges. phi stays at its
value, and so does theta of crude oil and gas. No theta is above that of long.
"""

OWN = """
## A table of your own

`--horizon FILE` takes a TOML or CSV file in place of the name of a set. Every sector needs a theta,
and a phi or a supply elasticity; `all` stands for every sector not named, and a sector's own entry
goes before it. eta, epsilon and rho are 1 where they are left out.

`horizon` is a name of at most 40 characters; it may be that of a set of the table only where every
value is the same. Numbers are plain: digits, a point, an exponent. A file has at most 1,000,000
bytes. The `data/elasticities.csv` beside a page is such a table: the whole set the page was made
with.

```toml
horizon = "my months"
source = "own estimates, 2025"
eta = 0.5
epsilon = 0.2
rho = 0.9

[theta]
all = 1.53
OILGAS = 9.89

[phi]        # mobile share of value added
all = 0.25

[supply]     # supply elasticity e; phi = e / (1 + e)
OILGAS = {all = 0.1, RUS = 0.05}
```

The same as CSV:

```
name,sector,country,value
horizon,,,my months
source,,,"own estimates, 2025"
eta,,,0.5
epsilon,,,0.2
rho,,,0.9
theta,all,,1.53
theta,OILGAS,,9.89
phi,all,,0.25
supply,OILGAS,,0.1
supply,OILGAS,RUS,0.05
```
"""

FACTS_HEAD = (
    "Volumes are in million barrels a day, prices in USD a barrel, free on board. The rest of the "
    "world is the world less the\neconomies that the table names."
)


def text(rows: Sequence[Parameter]) -> str:
    """The whole page."""
    words = "; ".join(f"{name}: {length}" for name, length in HORIZONS.items())
    elastic = ("theta", "eta", "epsilon", "rho", "phi", "supply_elasticity")
    used = [row for row in rows if row.name in elastic]
    checks = [row for row in rows if row.kind == "check"]
    market = [row for row in rows if row.name not in elastic and row.kind != "check"]
    parts = [
        HEAD.format(horizons=words),
        "## Elasticities\n",
        _table(used),
        "\n## The crude oil market\n",
        FACTS_HEAD + "\n",
        _table(market),
        "\n## Published numbers to compare with\n",
        _table(checks),
        OWN.rstrip("\n"),
    ]
    return "\n".join(parts) + "\n"


def _table(rows: Iterable[Parameter]) -> str:
    lines = [
        "| name | horizon | of | value | range | unit | kind | source | page | note |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(row: Parameter) -> str:
    unit = "" if row.unit == "1" else row.unit
    ends = f"{row.low:g} to {row.high:g}" if row.low < row.high else "none"
    note = "; ".join(filter(None, (row.convention, row.note)))
    cells = (row.name, row.horizon, row.scope, f"{row.value:g}", ends, unit, row.kind, row.source,
             row.page, note)  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
