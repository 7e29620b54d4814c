"""Build the shipped tables of support by donor, month and type from the Kiel tracker.

Run: `python -m builders.support SOURCE_FOLDER`. The same sources give the same bytes.

What the source holds, checked on every run:
- `total` is the sum of military, financial and humanitarian allocations, in EUR bn;
- the donors of a month sum to the tracker's own monthly total, so nothing is counted twice: aid of
  the EU institutions stands in the row of the institutions and not in those of the member states;
- a month without a row is a month without an allocation (no row is negative).
Commitments are pledges that may never be allocated, and are left out.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from pathlib import Path

from builders import write
from threatpoint.errors import ThreatpointError
from threatpoint.files import write_whole

TABLES = Path(__file__).resolve().parents[1] / "src" / "threatpoint" / "support" / "tables"
TYPES = ("military", "financial", "humanitarian")
INSTITUTIONS = "EU"
OTHER_EUROPE = ("CHE", "GBR", "ISL", "NOR")
"""European donors outside the Union, as the tracker groups them."""
LEAVER = "USA"
USD_PER_EUR_2023 = 1.0813
"""ECB euro reference rates, average of 2023, US dollar."""
GDP_YEAR = "2023"
DEFENCE_USD_BN_2024, USD_PER_EUR_2024 = 454.0, 1.0824
"""SIPRI (figure below); ECB euro reference rates, average of 2024, US dollar."""
ABOUT = {
    "producer": "Kiel Institute for the World Economy, Ukraine Support Tracker",
    "cite": "Trebesch et al., The Ukraine Support Tracker, Kiel Working Paper 2218",
    "licence": "donor totals, cited",
    "measure": "allocations (not commitments)",
    "unit": "EUR bn",
    "gdp": "World Bank, World Development Indicators, GDP in current USD, 2023, CC BY 4.0; "
    "converted at the ECB average rate of 2023, 1.0813 USD per EUR",
    "eu_share": "share of each member state in the aid of the EU institutions, same tracker",
    "defence_budgets": f"{DEFENCE_USD_BN_2024 / USD_PER_EUR_2024:.3f}",
    "defence_budgets_source": "military expenditure of the European members of NATO, 2024, USD 454 "
    "bn: SIPRI press release of 28 April 2025 (not paginated); EUR bn at the ECB average rate of "
    "2024, 1.0824 USD per EUR",
    "leaver": LEAVER,
    "institutions": INSTITUTIONS,
}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(newline="", encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def check(rows: list[dict[str, str]], totals: list[dict[str, str]]) -> None:
    """Refuse a source whose parts do not sum, or that holds a negative or missing cell."""
    sums: dict[tuple[int, int], float] = {}
    for row in rows:
        parts = [float(row[kind]) for kind in TYPES]
        where = f"{row['iso']} {row['year']}-{row['month']}"
        if not all(math.isfinite(part) and part >= 0.0 for part in parts):
            raise ThreatpointError(f"{where}: an allocation is negative or missing: {parts}")
        if abs(sum(parts) - float(row["total"])) > 1e-9:
            raise ThreatpointError(f"{where}: the types sum to {sum(parts)}, not {row['total']}")
        month = int(row["year"]), int(row["month"])
        sums[month] = sums.get(month, 0.0) + sum(parts)
    for row in totals:
        month, printed = (int(row["year"]), int(row["month"])), float(row["total_allocations"])
        if abs(sums.get(month, 0.0) - printed) > 1e-6:
            raise ThreatpointError(f"{month}: donors sum to {sums.get(month)}, not {printed}")


def monthly(rows: list[dict[str, str]]) -> list[list[str]]:
    """donor, month, and the three types; EUR bn to six decimals, months without aid left out."""
    table = [
        [row["iso"], f"{row['year']}-{int(row['month']):02d}"]
        + [f"{float(row[kind]):.6f}" for kind in TYPES]
        for row in rows
    ]
    return sorted(table)


def donors(folder: Path, rows: list[dict[str, str]]) -> list[list[str]]:
    """donor, name, group, GDP in EUR bn and share in the aid of the EU institutions."""
    shares = {
        row["iso"]: float(row["eu_share_bn"]) for row in rows_of(folder / "aid/eu_aid_shares.csv")
    }
    whole = sum(shares.values())
    source = folder / "world/gdp_current_usd_2021_2023.csv"
    gdp = {r["Country Code"]: float(r["Value"]) for r in rows_of(source) if r["Year"] == GDP_YEAR}
    table = []
    for code, name in sorted({(row["iso"], row["country"]) for row in rows}):
        group = "institutions" if code == INSTITUTIONS else "other"
        if code in shares or code in OTHER_EUROPE:
            group = "europe"
        size = f"{gdp[code] / USD_PER_EUR_2023 / 1e9:.3f}" if code in gdp and code != "EU" else ""
        table.append([code, name, group, size, f"{shares.get(code, 0.0) / whole:.6f}"])
    return table


def build(folder: Path, target: Path = TABLES) -> None:
    """Write `support_monthly.csv`, `support_donors.csv` and `support_about.json`."""
    rows = rows_of(folder / "aid/data_explorer.csv")
    check(rows, rows_of(folder / "aid/total_allocations.csv"))
    (release,) = rows_of(folder / "aid/release_info.csv")
    write.rows(target / "support_monthly.csv", ["donor", "month", *TYPES], monthly(rows))
    heading = ["donor", "name", "group", "gdp_eur_bn_2023", "eu_share"]
    write.rows(target / "support_donors.csv", heading, donors(folder, rows))
    months = sorted(f"{row['year']}-{int(row['month']):02d}" for row in rows)
    about = ABOUT | {"release": release["label"], "first": months[0], "last": months[-1]}
    text = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(target / "support_about.json", text)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
