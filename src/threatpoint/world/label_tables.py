"""Labels in tables: the economies and sectors that a policy can name, and what they are called."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.files import read_csv
from threatpoint.tables import Table, columns
from threatpoint.world.country_names import country_named
from threatpoint.world.other_names import OTHER_NAMES
from threatpoint.world.places import name_of
from threatpoint.world.plain import folded
from threatpoint.world.sector_names import names_of

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

PARTS = Path(__file__).parent / "tables" / "sector_parts.csv"
SHIPPED = "Threatpoint world 2023"
"""Title of the table whose sectors `PARTS` are."""


def sectors(economy: Economy) -> Table:
    """Every sector: code, name, what else means it, what it holds."""
    holds = _parts() if economy.metadata.get("title") == SHIPPED else {}
    rows = [
        {
            "sector": code,
            "name": economy.sector_names.get(code, code),
            "also": ", ".join(names_of(code, economy)),
            "kind": "services" if code in economy.services else "goods",
            "divisions": holds.get(code, ""),
            "flows": ", ".join(f.name for f in economy.flows.values() if f.sector == code),
        }
        for code in economy.sectors
    ]
    keys = ("sector", "name", "also", "kind", "divisions", "flows")
    empty = () if holds else ("divisions",)
    shown = columns("sector-names", *(key for key in keys if key not in empty))
    return Table("sector-names", "Sectors: a code, a name, or what else means it", shown, rows)


def economies(economy: Economy) -> Table:
    """Every economy and group: code, name, what else means it, what it is part of."""
    rows = [
        {
            "economy": code,
            "name": economy.names.get(code, code),
            "also": _also(code, economy),
            "within": ", ".join(g for g, codes in economy.groups.items() if code in codes),
            "kind": "many states" if code in economy.residuals else "one economy",
        }
        for code in economy.countries
    ]
    rows += [
        {
            "economy": code,
            "name": words.capital(name_of(code, economy)),
            "also": _also(code, economy),
            "within": f"holds {', '.join(members)}",
            "kind": "group",
        }
        for code, members in economy.groups.items()
    ]
    shown = columns("economy-names", "economy", "name", "also", "kind", "within")
    caption = "Economies and groups: a code, a name, or what else means it"
    return Table("economy-names", caption, shown, rows)


def _also(code: str, economy: Economy) -> str:
    """Other names than the table's own."""
    one = code in economy.countries and code not in economy.residuals  # REU is no Réunion
    country = country_named(code) if one else None
    known = (*OTHER_NAMES.get(code, ()), *((country.name,) if country else ()))
    own = {folded(economy.names.get(code, code)), folded(name_of(code, economy))}
    found = {folded(name): name for name in known if folded(name) not in own}
    return ", ".join(found.values())


@cache
def _parts() -> dict[str, str]:
    """Sector of the shipped table -> the divisions of ISIC Rev. 4 that it adds up."""
    found: dict[str, list[str]] = {}
    for row in read_csv(PARTS):
        found.setdefault(row["sector"], []).append(row["divisions"])
    return {code: ", ".join(dict.fromkeys(parts)) for code, parts in found.items()}
