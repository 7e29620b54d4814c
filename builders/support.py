"""Build the shipped tables of support by donor, month and type from the Kiel tracker.

Run: `python -m builders.support` with THREATPOINT_DATA set. The same sources give the same bytes.

What the source holds, checked on every run:
- `total` is the sum of military, financial and humanitarian allocations, in EUR bn;
- the donors of a month sum to the tracker's own monthly total, so nothing is counted twice: aid of
  the EU institutions stands in the row of the institutions and not in those of the member states;
- a month without a row is a month without an allocation (no row is negative).
Commitments are pledges that may never be allocated, and are left out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path

from builders import data, write
from builders.sources import data_directory
from threatpoint.errors import ThreatpointError
from threatpoint.files import write_whole

TABLES = write.ROOT / "src" / "threatpoint" / "support" / "tables"
AID, TOTALS = "aid/data_explorer.csv", "aid/total_allocations.csv"
SHARES, RELEASE = "aid/eu_aid_shares.csv", "aid/release_info.csv"
GDP = "world/gdp_current_usd_2021_2023.csv"
STOCKS, WEAPONS = "aid/procurement_trends.csv", "aid/weapons.csv"
TYPES = ("military", "financial", "humanitarian")
SOURCES = ("stockpile", "procurement", "unspecified", "nato_purl")
FACTS = data.toml("support")
ANNOUNCED = data.toml("announcements")


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
        [row["iso"], _month(row)] + [f"{float(row[kind]):.6f}" for kind in TYPES] for row in rows
    ]
    return sorted(table)


def donors(folder: Path, rows: list[dict[str, str]]) -> list[list[str]]:
    """donor, name, group, GDP in EUR bn and share in the aid of the EU institutions."""
    shares = {row["iso"]: float(row["eu_share_bn"]) for row in data.read(folder / SHARES)}
    whole, sizes = sum(shares.values()), gdp(folder)
    table = []
    for code, name in sorted({(row["iso"], row["country"]) for row in rows}):
        share = f"{shares.get(code, 0.0) / whole:.6f}"
        table.append([code, name, _group(code, shares), sizes.get(code, ""), share])
    return table


def gdp(folder: Path) -> dict[str, str]:
    """GDP by country, EUR bn; the institutions have none."""
    year, institutions = FACTS["gdp_year"], FACTS["institutions"]
    rate = data.usd_per_eur()[year] * 1e9
    return {
        row["Country Code"]: f"{float(row['Value']) / rate:.3f}"
        for row in data.read(folder / GDP)
        if int(row["Year"]) == year and row["Country Code"] != institutions
    }


def _group(code: str, shares: Mapping[str, float]) -> str:
    if code == FACTS["institutions"]:
        return "institutions"
    return "europe" if code in shares or code in FACTS["other_europe"] else "other"


def about(release: str, months: list[str]) -> dict[str, str]:
    """What the tables hold, from whom, up to when."""
    rates, defence = data.usd_per_eur(), FACTS["defence_budgets"]
    words = FACTS["about"] | {"defence_budgets_source": defence["source"]}
    return {
        key: value.format(rate=rates, usd_bn=defence["usd_bn"]) for key, value in words.items()
    } | {
        "defence_budgets": f"{defence['usd_bn'] / rates[defence['year']]:.3f}",
        "leaver": FACTS["leaver"],
        "institutions": FACTS["institutions"],
        "release": release,
        "first": months[0],
        "last": months[-1],
    }


def announcements() -> list[list[str]]:
    """What was announced for a year, in EUR bn at the ECB average rate of the year before."""
    rates = ANNOUNCED["rates"]
    return [
        [row["donor"], row["date"], str(row["year"])]
        + [f"{row[key] / rates[row['currency']]:.3f}" for key in ("amount", "later")]
        + [f"{row.get('loan', 0.0):.3f}", f"{row['amount']:g}", row["currency"]]
        + [row["by"], row["source"], row["page"]]
        for row in ({"later": row["amount"]} | row for row in ANNOUNCED["announcement"])
    ]


def stages(folder: Path, table: list[list[str]]) -> list[list[str]]:
    """By month: commitments of capitals and of the EU, and where military aid came from; EUR bn."""
    common = FACTS["institutions"]
    europe = {line[0] for line in table if line[2] == "europe"}
    pledged: dict[tuple[str, bool], float] = {}
    for row in data.read(folder / AID):
        if row["iso"] in europe or row["iso"] == common:
            key = _month(row), row["iso"] == common
            pledged[key] = pledged.get(key, 0.0) + float(row["commitments"])
    return [
        [_month(row)]
        + [f"{pledged.get((_month(row), common), 0.0):.6f}" for common in (False, True)]
        + [f"{float(row[key]):.6f}" for key in SOURCES]
        for row in data.read(folder / STOCKS)
    ]


def items(folder: Path) -> list[tuple[str, str, str, int]]:
    """Donor, category, name and number of every weapon given, as the tracker lists them."""
    pattern = re.compile(r"(.+) \((\d+)\)")
    found = []
    for row in data.read(folder / WEAPONS):
        parts = [pattern.fullmatch(part.strip()) for part in row["weapons_list"].split(";")]
        kept = [(part[1], int(part[2])) for part in parts if part]
        if len(kept) < len(parts) or sum(n for _, n in kept) != int(row["number_of_weapons"]):
            where = f"{row['donor']}, {row['category']}"
            raise ThreatpointError(f"{where}: the weapons do not sum to {row['number_of_weapons']}")
        found += [(row["donor"], row["category"], name, n) for name, n in kept]
    return found


def classes(given: list[tuple[str, str, str, int]], leaver: str) -> list[list[str]]:
    """Kinds of arms: items given, of the leaver, fed by it, and whether they are replaced."""
    found = []
    for kind in FACTS["class"]:
        if "holds" not in kind:
            found.append(
                [kind["name"], "", "", "", *(kind[k] for k in ("in_12", "in_24", "source"))]
            )
            continue
        held = [
            one
            for one in given
            if any(part in one[1:3] or part in one[2] for part in kind["holds"])
        ]
        fed = sum(n for _, _, name, n in held if any(part in name for part in kind["fed"]))
        whole, own = sum(n for *_, n in held), sum(n for donor, _, _, n in held if donor == leaver)
        words = _replaced(fed / whole)
        source = "; ".join((FACTS["about"]["weapons"], FACTS["replaced"]["rule"],
                            FACTS["replaced"]["fed_source"]))  # fmt: skip
        found.append([kind["name"], str(whole), str(own), str(fed), *words, source])
    return found


def _replaced(fed: float) -> tuple[str, str]:
    rule = FACTS["replaced"]
    if fed > rule["part"]:
        return "no", "no"
    return ("part" if fed > rule["full"] else "yes"), "yes"


def worth(folder: Path, leaver: str) -> float:
    """EUR bn of the leaver's weapons in the list."""
    rows = data.read(folder / WEAPONS)
    return sum(float(row["monetary_value_eur"]) for row in rows if row["donor"] == leaver) / 1e9


def _month(row: Mapping[str, str]) -> str:
    return f"{row['year']}-{int(row['month']):02d}"


def announced(target: Path) -> None:
    """Write what was announced, the loan scheme and who would not fill the gap."""
    heading = ["donor", "date", "year", "eur_bn", "later_eur_bn", "loan_eur_bn", "amount",
               "currency", "by", "source", "page"]  # fmt: skip
    write.rows(target / "announcements.csv", heading, announcements())
    for name, keys in (("loan", ("donor", "month", "eur_bn", "source")),
                       ("unwilling", ("donor", "date", "leaves", "source"))):  # fmt: skip
        write.rows(
            target / f"{name}.csv", keys, [[row[k] for k in keys] for row in ANNOUNCED[name]]
        )


def build(folder: Path, target: Path = TABLES) -> None:
    """Write every shipped table of support."""
    rows = data.read(folder / AID)
    check(rows, data.read(folder / TOTALS))
    (release,) = data.read(folder / RELEASE)
    table = monthly(rows)
    write.rows(target / "support_monthly.csv", ["donor", "month", *TYPES], table)
    heading = ["donor", "name", "group", f"gdp_eur_bn_{FACTS['gdp_year']}", "eu_share"]
    size = donors(folder, rows)
    write.rows(target / "support_donors.csv", heading, size)
    heading = ["month", "committed_capitals", "committed_institutions", *SOURCES]
    write.rows(target / "support_stages.csv", heading, stages(folder, size))
    (name,) = {row["country"] for row in rows if row["iso"] == FACTS["leaver"]}
    heading = ["class", "items", "of_leaver", "fed_by_leaver", "in_12", "in_24", "source"]
    write.rows(target / "support_classes.csv", heading, classes(items(folder), name))
    announced(target)
    found = about(release["label"], sorted(line[1] for line in table))
    found["announced_until"] = ANNOUNCED["compiled"]
    found["weapons_eur_bn"] = f"{worth(folder, name):.3f}"
    text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(target / "support_about.json", text)


if __name__ == "__main__":
    build(data_directory(None, (AID, TOTALS, SHARES, RELEASE, GDP, STOCKS, WEAPONS)))
