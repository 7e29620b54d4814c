"""Rows of a support result for tables and files, with the definition of every measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from threatpoint import words
from threatpoint.errors import ThreatpointError, shown, unknown
from threatpoint.files import as_json, save
from threatpoint.support.capability import Capability
from threatpoint.support.data import TYPES, load_support
from threatpoint.support.keys import KEYS
from threatpoint.support.support import SupportResult
from threatpoint.tables import Row, Table, columns
from threatpoint.world.country_names import country_meant
from threatpoint.world.places import code_among

UNIT = "EUR bn"
SPOKEN = {
    "lost_military": "Lost: military",
    "lost_financial": "Lost: financial",
    "lost_humanitarian": "Lost: humanitarian",
    "given_pct_gdp": "Given, of GDP",
    "needed_pct_gdp": "Given and gap, of GDP",
    "lost_share": "Gap, of all support",
}
"""Measures whose names are no words."""


def donors(result: SupportResult) -> Table:
    """What each donor gives and must add, largest addition first; EUR bn a year, % of GDP."""
    return Table(
        "donors",
        f"What each donor gives ({words.months(result.baseline)}) and must add, a year, shared by "
        f"{result.key_name}",
        columns(
            "donors", "name", "-donor", "bilateral_eur_bn", "through_eu_eur_bn", "added_eur_bn",
            "added_pct_gdp", "needed_pct_gdp", "afterwards_change_eur_bn", "-needed_eur_bn",
            "-score",
        ),
        _donor_rows(result),
        UNIT,
        f"Really added: {words.months(result.afterwards)} less the baseline, each donor's part of "
        "the aid of the EU institutions counted.",
        lead=12,
        fold="",
        deciding=("added_eur_bn", "added_pct_gdp"),
    )  # fmt: skip


def three_tests(result: SupportResult) -> Table:
    """The gap, and the three tests: ready, willing and able."""
    short = words.listing(result.short)
    return Table(
        "support",
        "Ready, willing and able",
        columns("support", "what", "-measure", "value", "meaning", "-unit"),
        _test_rows(result),
        note=f"Short within {result.horizon} months: {short}." if short else "",
    )


def priors(result: SupportResult) -> Table:
    """Every prior of the capabilities, with range and source."""
    return Table(
        "support-priors",
        "Priors of what can be replaced: weight in the leaver's aid, ceiling, and time in months",
        columns("support-priors", "title", "value", "span", "source"),
        _prior_rows(result.capabilities),
        lead=1,
        fold="All priors",
    )


def _donor_rows(result: SupportResult) -> list[Row]:
    """One row a donor, largest addition first; EUR bn a year and % of GDP."""
    rows = []
    for i, code in enumerate(result.donors):
        added, size = float(result.added[i]), float(result.gdp[i])
        needed, change = float(result.given[i]) + added, float(result.afterwards_change[i])
        rows.append(
            {
                "donor": code,
                "name": result.names[i],
                "bilateral_eur_bn": float(result.bilateral[i]),
                "through_eu_eur_bn": float(result.through_eu[i]),
                "added_eur_bn": added,
                "needed_eur_bn": needed,
                "added_pct_gdp": 100.0 * added / size,
                "needed_pct_gdp": 100.0 * needed / size,
                "afterwards_change_eur_bn": change,
                "score": change / added if added > 0.0 else None,
            }
        )
    return sorted(rows, key=lambda row: -row["added_eur_bn"])


def _test_rows(result: SupportResult) -> list[Row]:
    """Measure, value, unit, what it means."""
    lost = [
        _row(f"lost_{kind}", value, "EUR bn a year", "the leaver's aid in the baseline period")
        for kind, value in zip(TYPES, result.lost, strict=True)
    ]
    kinds = [
        _row(f"able: {name}", share, "share", "replaced at the horizon, of the leaver's (prior)")
        for name, share in result.capability.items()
    ]
    ends = [
        _row(f"able: all, {end} end", share, "share", "every ceiling and ramp-up at that end")
        for end, share in zip(("bad", "good"), result.capability_range, strict=True)
    ]
    return [
        _row("gap", result.gap, "EUR bn a year", "what is to be replaced"),
        *lost,
        _row("given", float(result.given.sum()), "EUR bn a year", "Europe in the baseline period"),
        _row("given_pct_gdp", 100.0 * result.given_of_gdp, "% of GDP", "the same"),
        _row("needed_pct_gdp", 100.0 * result.needed_of_gdp, "% of GDP", "given and the gap"),
        _row("lost_share", result.lost_share, "share", "gap over the support of all donors"),
        _row("able: budgets", result.budget_share, "share", "gap over European defence budgets"),
        *kinds,
        *ends,
        _row("willing: low", result.voluntary_low, "share of gap",
             "given of their own accord, one weight for all (prior)"),
        _row("willing: high", result.voluntary_high, "share of gap",
             "the same, weights revealed by the baseline"),
        _row("willing: efficient", result.efficient_ratio, "ratio",
             "efficient over voluntary aid, one weight for all"),
        _row("ready", result.ready_months, "months",
             f"until {result.covered:g} of the gap is covered by capability; empty if never"),
        _row("afterwards", float(result.afterwards_change.sum()), "EUR bn a year",
             "what Europe really added; compared, never fitted"),
        _row("score", result.score, "share of gap", "afterwards over gap"),
    ]  # fmt: skip


def path_rows(result: SupportResult) -> list[Row]:
    """aid_change by month: share of all support that is missing (0 = none)."""
    return [{"month": t, "aid_change": float(x)} for t, x in enumerate(result.path)]


def _prior_rows(capabilities: Sequence[Capability]) -> list[Row]:
    return [
        {"title": f"{words.capital(c.name)}: {what}", "capability": c.name, "what": what}
        | prior.row("source", "prior")
        for c in capabilities
        for what, prior in (("weight", c.weight), ("ceiling", c.ceiling), ("ramp-up", c.months))
    ]


def _row(measure: str, value: float | None, unit: str, meaning: str) -> Row:
    what = SPOKEN.get(measure, words.capital(measure))
    return {"what": what, "measure": measure, "value": value, "unit": unit, "meaning": meaning}


def require_donor(result: SupportResult, word: str) -> str:
    """The code of a donor that shares the gap, from its code or name in any case.

    Raises:
        ThreatpointError: unknown, or not European.
    """
    donors = dict(zip(result.donors, result.names, strict=True))
    code = code_among(word, donors, donors)
    if code is not None:
        return code
    country = country_meant(word.strip())
    if country and country.iso3 in donors:
        raise ThreatpointError(f"donor {shown(word)}: write its code, {country.iso3!r}")
    if country:
        known = ", ".join(result.donors)
        raise ThreatpointError(f"{country.name} is no European donor; known: {known}")
    raise ThreatpointError(unknown("European donor", word, result.donors, names=result.names))


def write(result: SupportResult, path: Path, donor: str | None = None) -> list[Path]:
    """Write the donors (`.csv`, definitions beside it as `.meta.json`) or all in one `.json`."""
    table = donors(result)
    kept = replace(table, rows=[row for row in table.rows if donor in (None, row["donor"])])
    rest = {
        "key": result.key,
        "rule": KEYS[result.key],
        "baseline": result.baseline,
        "afterwards": result.afterwards,
        "horizon_months": result.horizon,
        "status": result.status,
        "definitions": table.definitions,
        "summary": _test_rows(result),
        "aid_change": path_rows(result),
        "priors": _prior_rows(result.capabilities),
        "data": load_support().about,
    }
    if path.suffix == ".json":
        return save({path: [as_json({"donors": kept.rows} | rest)]})
    return save({path: [kept.csv(), as_json(rest)]})
