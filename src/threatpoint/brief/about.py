"""What stands behind the figures: terms, limits, assumptions, data, how to cite and reproduce."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint import __version__
from threatpoint.brief import words
from threatpoint.brief.reading import CLOSURES, HORIZONS
from threatpoint.brief.table import Column, Table
from threatpoint.brief.tables import purchase_words

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def terms(reading: Reading) -> str:
    """The words of the answer, defined under it."""
    analysis = reading.analysis
    horizon = HORIZONS.get(analysis.horizon, reading.horizon)
    ranges = (
        " A range is the lowest and highest result over the other assumptions that were tried; it "
        "is not a confidence interval."
        if reading.has_ranges
        else ""
    )
    year = f" of {reading.economy.year}" if reading.economy.year else ""
    return (
        "Real income is what a country's total spending can buy in a year; the change compares "
        f"the world with the threat carried out to the same world{year} without it. "
        f"Horizon: {horizon}. Money is in prices of the baseline.{ranges} "
        "Whether anybody gives in, and what else a government weighs, is not part of these figures."
    )


def case_terms(reading: Reading) -> list[str]:
    """Closure and elasticity, defined before the table that varies them."""
    return [
        "A trade elasticity says by how many percent imports from a supplier fall when they become "
        "1 % dearer than others. A closure says what happens to trade balances; the main result "
        f"has them like this: {CLOSURES.get(reading.analysis.deficits, reading.analysis.deficits)}."
    ]


def price_sentences(reading: Reading) -> list[str]:
    """The sender's price index against its wage, one sentence per member."""
    found = []
    for row in reading.of_role("sender")[:2]:
        prices, wage = row["price_index_percent"], row["wage_percent"]
        real = row["real_wage_percent"]
        found.append(
            f"In {reading.place(row['country'])} the price of final spending changes by "
            f"{words.percent(prices, True)} and the wage by {words.percent(wage, True)} against "
            f"world value added: an hour of work buys {words.magnitude(real)} "
            f"{'less' if real < 0 else 'more'} ({reading.horizon})."
        )
    return found


def limits(reading: Reading) -> list[str]:
    """What the figures do not contain."""
    lines = [
        f"The policy: {words.named(reading.main.policy, reading.economy)}.",
        "The model compares two states of the world. It has no path in between, no unemployment, no "
        "finance, no exchange-rate policy, no stockpiles and no retaliation beyond the policy "
        "stated. Every figure depends on the trade elasticities below.",
    ]
    return lines + _table_limits(reading)


def _table_limits(reading: Reading) -> list[str]:
    """Limits that come from the table, as far as the table says so."""
    economy = reading.economy
    notes = list(economy.metadata.get("limits", ()))
    if economy.services:
        names = [economy.sector_names.get(code, code).lower() for code in economy.services]
        notes.append(
            f"Goods are all sectors but {words.listing(names)}. Trade and transport margins on "
            "goods are booked under services in input-output tables, so a cut-off of goods leaves "
            "them in place."
        )
    shared: dict[str, list[str]] = {}
    for flow in economy.flows.values():
        shared.setdefault(flow.sector, []).append(flow.name)
    notes += [
        f"{words.capital(words.listing(names))} share one sector, "
        f"{economy.sector_names.get(code, code).lower()}, and cannot be told apart in the "
        "equilibrium."
        for code, names in shared.items()
        if len(names) > 1
    ]
    if economy.residuals:
        groups = words.listing([words.place(code, economy) for code in economy.residuals])
        notes.append(
            f"{words.capital(groups)} stand for many states; they trade but do not decide."
        )
    return notes


def rule_sentences(reading: Reading) -> list[str]:
    """The threat in the words of the text, and the rule it is read as."""
    situation, economy = reading.analysis.situation, reading.economy
    when = situation.policy.when
    goods, seller = purchase_words(reading)
    floor = when.floor(economy)
    limits = [f"at least {words.money(floor, economy.unit)} a year"] if floor > 0 else []
    if when.min_share > 0:
        limits.append(
            f"at least {words.percent(100 * when.min_share)} of its imports of such goods"
        )
    who = f"whoever buys {goods} from {seller}{', ' * bool(limits)}{words.listing(limits)}"
    text = situation.words.get(situation.main, "")
    found = [f"In the words of the text: \u201c{text}\u201d."] if text else []
    found.append(f"Read as a rule: {who}, is hit. {words.named(reading.main.policy, economy)}.")
    priors = [p for p in situation.assumptions if p.where.startswith(f"threats.{situation.main}.")]
    if priors:
        found.append(
            "The thresholds are choices, not measurements; their ranges stand under the assumptions."
        )
    return found


def elasticities(reading: Reading) -> list[Table]:
    """Trade elasticities by sector; none when nothing was solved."""
    theta = reading.analysis.assumptions.get("theta", {})
    economy = reading.economy
    if not theta:
        return []
    rows = [
        {"name": economy.sector_names.get(code, code), "sector": code, "theta": float(value)}
        for code, value in theta.items()
    ]
    columns = (
        Column("name", "Sector"),
        Column("sector", "Code"),
        Column("theta", "Trade elasticity", "number"),
    )
    table = Table(
        "elasticities",
        f"Trade elasticities by sector, {reading.horizon}",
        columns,
        tuple(sorted(rows, key=lambda row: -row["theta"])),
        note=words.sentence(str(reading.analysis.assumptions.get("elasticities_source", ""))),
        lead=5,
        fold="All sectors",
    )
    return [table]


def choices(reading: Reading) -> list[Table]:
    """Figures of the situation that nobody has measured."""
    priors = reading.analysis.situation.assumptions
    rows = [
        {
            "where": prior.where,
            "value": f"{prior.figure.value} {prior.figure.unit}",
            "range": " to ".join(map(str, prior.figure.range or ())),
            "period": prior.figure.period,
            "source": prior.figure.source,
        }
        for prior in priors
    ]
    columns = (
        Column("where", "Where in the file"),
        Column("value", "Value"),
        Column("range", "Range"),
        Column("period", "Period"),
        Column("source", "Why"),
    )
    caption = "Priors: choices in the situation file that nobody has measured"
    return [Table("priors", caption, columns, tuple(rows))] if rows else []


def facts(reading: Reading) -> list[tuple[str, str]]:
    """Assumptions, status and data as terms with text."""
    a, economy = reading.analysis.assumptions, reading.economy
    closure = reading.analysis.deficits
    found = [
        ("Horizon", HORIZONS.get(reading.analysis.horizon, reading.horizon)),
        ("Closure", f"{closure}: {CLOSURES.get(closure, closure)}"),
        ("Measuring rod", f"{a.get('numeraire', 'world value added')} (numeraire)"),
    ]
    between = [
        ("between inputs and value added", "eta"),
        ("between inputs", "epsilon"),
        ("in final spending", "rho"),
    ]
    known = [f"{what} {a[key]:g}" for what, key in between if a.get(key) is not None]
    found += [("Substitution", "; ".join(known))] if known else []
    found += _status(reading)
    found.append(("Data", f"{economy.metadata.get('title', 'baseline table')}, {economy.unit}"))
    found += _sources("source", economy.metadata.get("sources", {}))
    found += _sources("licence", economy.metadata.get("licences", {}))
    found += [(f"Flow: {flow.name}", flow.source) for flow in economy.flows.values()]
    found.append(
        ("Fingerprint of the data", str(economy.metadata.get("fingerprint") or "none recorded"))
    )
    return [*found, ("Version", f"Threatpoint {__version__}")]


def _status(reading: Reading) -> list[tuple[str, str]]:
    a = reading.analysis.assumptions
    if not reading.solved:
        return [("Solver", f"no equilibrium: {reading.main.failure}")]
    places = [words.tiny(a[key]) for key in ("residual", "redundant_markets", "tolerance")]
    worst = words.named(str(a.get("worst_market", "")), reading.economy)
    return [
        (
            "Solver",
            f"{a['status']} after {a['evaluations']} evaluations; largest residual of any market "
            f"{places[0]} ({worst}), of the redundant markets {places[1]}; bound {places[2]}",
        )
    ]


def _sources(kind: str, entries: object) -> list[tuple[str, str]]:
    """Rows of a mapping in the metadata; a text stands alone."""
    if isinstance(entries, Mapping):
        return [(f"{words.capital(kind)}: {name}", str(text)) for name, text in entries.items()]
    return [(words.capital(kind), str(entries))] if entries else []


# -- cite and reproduce ----------------------------------------------------------------------


def citation(reading: Reading) -> str:
    """How to cite the page."""
    situation = reading.analysis.situation
    mark = str(reading.economy.metadata.get("fingerprint", ""))[:12]
    data = f", data fingerprint {mark}" if mark else ""
    return (
        f"Threatpoint {__version__}, brief on \u201c{situation.title}\u201d "
        f"({situation.date}){data}."
    )


def command(reading: Reading) -> str:
    """The exact command."""
    analysis = reading.analysis
    options = [f"--deficits {analysis.deficits}"] if analysis.deficits != "fixed" else []
    options += [f"--horizon {analysis.horizon}"] if analysis.horizon != "long" else []
    name = shlex.quote(analysis.situation.name)
    return " ".join(["threatpoint brief", name, *options, "--out DIR"])


def files_sentence() -> str:
    """What the command writes."""
    return (
        f"With Threatpoint {__version__} installed, this command writes this page and the data files "
        "into DIR. The same version and data give the same page, byte for byte on one machine."
    )
