"""Rows of a support result for tables and files, with the definition of every measure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from threatpoint import words
from threatpoint.errors import ThreatpointError, shown, unknown
from threatpoint.files import as_json, save
from threatpoint.spread import Spread
from threatpoint.support.data import TYPES, load_support
from threatpoint.support.drawn import YEAR, SupportDrawn
from threatpoint.support.inputs import inputs
from threatpoint.support.keys import KEYS
from threatpoint.support.programme import LONGEST
from threatpoint.support.support import SupportResult
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


def three_tests(result: SupportResult, drawn: SupportDrawn | None = None) -> Table:
    """The gap, and the three tests: ready, willing and able."""
    return Table(
        "support",
        "Ready, willing and able",
        columns("support", "what", "-measure", "value", "span", "meaning", "-unit"),
        [*_gap_rows(result), *_willing_rows(result, drawn), *_ready_rows(result)],
        note=words.capital(f"{result.missing}.") if result.missing else "",
    )


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


def _gap_rows(result: SupportResult) -> Iterator[Row]:
    gap, year = result.shared, "EUR bn a year"
    yield _row("gap", gap.whole, gap.ends, year, "what is to be replaced")
    yield _row(
        "gap without the loan",
        float(gap.pair[0]),
        None,
        year,
        "without the loan repaid from Russian assets",
    )
    for kind, value in zip(TYPES, gap.lost, strict=True):
        yield _row(f"lost: {kind}", float(value), None, year, "the leaver's aid in the baseline")
    yield _row("given", float(gap.given.sum()), None, year, "Europe in the baseline")
    low, high = (100.0 * gap.of_gdp(end) for end in gap.ends)
    yield _row(
        "gap, of GDP",
        100.0 * gap.of_gdp(gap.whole),
        (low, high),
        "% of GDP",
        "of the European donors",
    )
    low, high = (100.0 * share for share in result.budget_share)
    yield _row("able: money", 100.0 * gap.whole / load_support().defence_budgets, (low, high), "%",
               "gap over European defence budgets")  # fmt: skip


def _willing_rows(result: SupportResult, drawn: SupportDrawn | None) -> Iterator[Row]:
    if drawn is None:
        return
    said = "what had been announced by the date"
    yield _drawn("willing", drawn.replaced(), "%", f"of the gap, 12 months; {said}", 100.0)
    yield _drawn(
        "willing, without the loan",
        drawn.replaced(YEAR, False),
        "%",
        "the same, the loan on neither side",
        100.0,
    )
    yield _drawn("willing: capitals", drawn.of_capitals(), "EUR bn", "added in 12 months")
    yield _drawn("willing: EU institutions", drawn.of_common(), "EUR bn", "added in 12 months")
    yield _drawn("all support after 12 months", drawn.change_after(YEAR), "%",
                 "change at the front if the leaver leaves on the date", 100.0)  # fmt: skip


def _ready_rows(result: SupportResult) -> Iterator[Row]:
    for who, (low, high) in result.waits.items():
        yield _row(
            f"ready: {who}",
            0.5 * (low + high),
            (float(low), float(high)),
            "months",
            "from commitment to allocation, year to the date",
        )
    for period, share in result.stocks.items():
        yield _row(f"ready: from stocks, {period}", 100.0 * share, None, "%",
                   "of the arms whose source is known, all donors")  # fmt: skip


def _drawn(measure: str, spread: Spread, unit: str, meaning: str, scale: float = 1.0) -> Row:
    low, value, high = (scale * end for end in (spread.low, spread.median, spread.high))
    return _row(measure, value, (low, high), unit, meaning)


def _row(
    measure: str, value: float, ends: tuple[float, float] | None, unit: str, meaning: str
) -> Row:
    low, high = ends or (math.nan, math.nan)
    found = {"what": words.capital(measure), "measure": measure, "value": value, "low": low}
    return found | {"high": high, "unit": unit, "meaning": meaning}


def path_rows(drawn: SupportDrawn | None) -> list[Row]:
    """Change of all support by month if the leaver leaves, share of the baseline."""
    if drawn is None:
        return []
    found = [drawn.change_after(month) for month in range(1, LONGEST + 1)]
    return [
        {"month": t, "low": x.low, "aid_change": x.median, "high": x.high}
        for t, x in enumerate(found, 1)
    ]


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
