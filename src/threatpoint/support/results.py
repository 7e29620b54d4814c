"""Rows of a support result for tables and files, with the definition of every measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from threatpoint import words
from threatpoint.errors import ThreatpointError, shown, unknown
from threatpoint.files import as_json, save
from threatpoint.support.data import load_support
from threatpoint.support.drawn import SupportDrawn
from threatpoint.support.inputs import inputs
from threatpoint.support.keys import KEYS
from threatpoint.support.support import SupportResult
from threatpoint.support.three_tests import path_rows, three_tests
from threatpoint.tables import Row, Table, columns
from threatpoint.world.country_names import country_meant
from threatpoint.world.places import code_among

UNIT = "EUR bn"
LEFT_OUT = {"all": "said no", "military": "no arms"}
"""What a donor leaves out -> in a cell."""


def donors(result: SupportResult) -> Table:
    """What each donor gives and must add, largest addition first; EUR bn a year, % of GDP."""
    return Table(
        "donors",
        f"What each donor gives ({words.months(result.baseline)}) and must add, a year, shared by "
        f"{result.key_name}",
        columns(
            "donors", "name", "-donor", "added_eur_bn", "added_span", "added_pct_gdp",
            "bilateral_eur_bn", "through_eu_eur_bn", "leaves_out", "-needed_eur_bn",
            "-needed_pct_gdp",
        ),
        _donor_rows(result),
        UNIT,
        "Range: over the keys GDP and capacity, the baseline and each year of it, everybody or "
        "only those who had not refused, with and without the loan repaid from Russian assets.",
        lead=12,
        fold="",
        deciding=("added_eur_bn", "added_span", "added_pct_gdp"),
    )  # fmt: skip


def kinds(result: SupportResult) -> Table:
    """Kinds of arms: what the leaver gave or feeds, and whether it is replaced."""
    return Table(
        "support-kinds",
        "Able: kinds of arms, and whether money replaces them",
        columns("support-kinds", "kind", "of_leaver", "fed", "in_12", "in_24", "-source"),
        [
            {"kind": words.capital(k.name), "of_leaver": k.of_leaver, "fed": k.fed,
             "in_12": k.in_12, "in_24": k.in_24, "source": k.source}
            for k in result.kinds
        ],
        note=f"Shares are of items; the list of weapons holds {words.share(result.listed)} of the "
        "leaver's military aid, undated, without ammunition and missiles. One value in it is "
        "broken (air defence of the United Kingdom, EUR 90,750), so values give no weights.",
    )  # fmt: skip


def announced(result: SupportResult) -> Table:
    """What had been announced by the date, with its source."""
    names = dict(zip(load_support().donors, load_support().names, strict=True))
    found = result.programme.announced if result.programme else ()
    return Table(
        "support-announced",
        f"What donors had announced by {words.day(result.date)}",
        columns("support-announced", "name", "year", "printed", "eur_bn", "date", "by", "source"),
        [
            {"name": names[a.donor], "year": a.year, "printed": a.printed, "eur_bn": a.amount,
             "date": a.date.isoformat(), "by": a.by, "source": a.source}
            for a in sorted(found, key=lambda a: -a.amount)
        ],
        lead=1,
        fold="All announcements",
    )  # fmt: skip


def priors() -> Table:
    """Everything that is drawn here, with its law, source and date."""
    return Table(
        "support-priors",
        "What is drawn",
        columns("support-priors", "title", "law", "known", "source"),
        [
            {"title": words.capital(one.meaning), "law": one.spread, "known": one.known,
             "source": one.source}
            for one in inputs()
        ],
        lead=1,
        fold="All that is drawn",
    )  # fmt: skip


def _donor_rows(result: SupportResult) -> list[Row]:
    """One row a donor, largest addition first; EUR bn a year and % of GDP."""
    gap, rows = result.shared, []
    for i, code in enumerate(gap.donors):
        added, size = float(gap.added[i]), float(gap.gdp[i])
        needed, said = float(gap.given[i]) + added, gap.refused.get(code)
        rows.append(
            {
                "donor": code,
                "name": gap.names[i],
                "bilateral_eur_bn": float(gap.bilateral[i]),
                "through_eu_eur_bn": float(gap.through_eu[i]),
                "added_eur_bn": added,
                "added_span_low": float(gap.low[i]),
                "added_span_high": float(gap.high[i]),
                "needed_eur_bn": needed,
                "added_pct_gdp": 100.0 * added / size,
                "needed_pct_gdp": 100.0 * needed / size,
                "leaves_out": LEFT_OUT[said.leaves] if said else "",
            }
        )
    return sorted(rows, key=lambda row: -row["added_eur_bn"])


def require_donor(result: SupportResult, word: str) -> str:
    """The code of a donor that shares the gap, from its code or name in any case.

    Raises:
        ThreatpointError: unknown, or not European.
    """
    known = dict(zip(result.donors, result.names, strict=True))
    code = code_among(word, known, known)
    if code is not None:
        return code
    country = country_meant(word.strip())
    if country and country.iso3 in known:
        raise ThreatpointError(f"donor {shown(word)}: write its code, {country.iso3!r}")
    if country:
        raise ThreatpointError(
            f"{country.name} is no European donor; known: {', '.join(result.donors)}"
        )
    raise ThreatpointError(unknown("European donor", word, result.donors, names=result.names))


def write(
    result: SupportResult, path: Path, donor: str | None = None, drawn: SupportDrawn | None = None
) -> list[Path]:
    """Write the donors (`.csv`, definitions beside it as `.meta.json`) or all in one `.json`."""
    table = donors(result)
    kept = replace(table, rows=[row for row in table.rows if donor in (None, row["donor"])])
    rest: dict[str, Any] = {
        "key": result.key,
        "rule": KEYS[result.key],
        "date": result.date.isoformat(),
        "baseline": result.baseline,
        "status": result.status,
        "definitions": table.definitions,
        "summary": three_tests(result, drawn).rows,
        "kinds": kinds(result).rows,
        "announced": announced(result).rows,
        "refused": [
            {"donor": r.donor, "leaves_out": r.leaves, "date": r.date.isoformat(),
             "source": r.source}
            for r in result.refused
        ],
        "aid_change": path_rows(drawn),
        "priors": priors().rows,
        "data": load_support().about,
    }  # fmt: skip
    if path.suffix == ".json":
        return save({path: [as_json({"donors": kept.rows} | rest)]})
    return save({path: [kept.csv(), as_json(rest)]})
