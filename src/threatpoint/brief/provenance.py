"""Where the figures come from: elasticities, priors, solver, data; how to cite and reproduce."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint import __version__, words
from threatpoint.tables import Column, Table
from threatpoint.words import CLOSURES, MEANINGS
from threatpoint.world.own_write import own_table

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def tables(reading: Reading) -> list[Table]:
    """Elasticities, priors and sources, as far as there are any."""
    return [*elasticities(reading), *choices(reading), *sources(reading)]


def elasticities(reading: Reading) -> list[Table]:
    """Trade elasticities by sector; none when nothing was solved.

    The file beside the page holds the whole set, so that `--horizon` reads it back.
    """
    theta = reading.analysis.assumptions.get("theta", {})
    economy = reading.economy
    if not theta:
        return []
    source = reading.analysis.assumptions.get("elasticities_source", "")
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
        note=words.sentence(words.named(str(source), economy)),
        lead=5,
        fold="All sectors",
        file=own_table(economy.elasticities[reading.analysis.horizon], economy),
    )
    return [table]


def choices(reading: Reading) -> list[Table]:
    """Figures of the situation that nobody has measured."""
    priors = reading.analysis.situation.assumptions
    rows = [
        {
            "where": prior.where,
            "value": words.currency_first(f"{prior.figure.value} {prior.figure.unit}"),
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


def given(reading: Reading) -> Table:
    """Every figure of the situation file with all that it says, for the file beside the page."""
    rows = [
        {
            "where": figure.where,
            "value": str(figure.figure.value),
            "unit": figure.figure.unit,
            "range": " to ".join(map(str, figure.figure.range or ())),
            "period": figure.figure.period,
            "prior": "prior" if figure.figure.prior else "",
            "source": figure.figure.source,
            "page": figure.figure.page or "",
        }
        for figure in reading.analysis.situation.given
    ]
    keys = ("where", "value", "unit", "range", "period", "prior", "source", "page")
    caption = "Every figure of the situation file"
    return Table("given-figures", caption, tuple(Column(key, key) for key in keys), tuple(rows))


def baseline(reading: Reading) -> str:
    """The table by its title and year: 'Threatpoint world 2023'."""
    title = str(reading.economy.metadata.get("title", "the baseline table"))
    year = str(reading.economy.year or "")
    return title if not year or year in title else f"{title}, {year}"


def built_from(reading: Reading) -> str:
    """The table with its main producers."""
    producers = [str(name) for name, _ in _entries(reading.economy.metadata.get("licences"))]
    producers = [] if producers == ["all"] else producers
    more = len(producers[3:])
    names = "; ".join(producers[:3])
    rest = f"; and {words.count(more)} more, named under the data" if more else ""
    return f"{baseline(reading)}{f', built from {names}{rest}' if names else ''}"


def facts(reading: Reading) -> list[tuple[str, str]]:
    """Assumptions, status and data as terms with text."""
    a, economy = reading.analysis.assumptions, reading.economy
    closure = reading.analysis.deficits
    found = [
        ("Horizon", _horizon(reading)),
        ("Closure", f"{closure}: {CLOSURES.get(closure, closure)}"),
        ("Numeraire", f"{a.get('numeraire', 'world value added')}: money is measured against it"),
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
    found.append(
        ("Fingerprint of the data", str(economy.metadata.get("fingerprint") or "none recorded"))
    )
    return [*found, ("Version", f"Threatpoint {__version__}")]


def _horizon(reading: Reading) -> str:
    """'7–10 years: production and trade have moved to other partners'."""
    meaning = MEANINGS.get(reading.analysis.horizon)
    return f"{reading.horizon}: {meaning}" if meaning else reading.horizon


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


def sources(reading: Reading) -> list[Table]:
    """Where the data come from and under which licence; none when the table does not say."""
    economy = reading.economy
    rows = [
        {"name": str(name).replace("_", " "), "kind": kind, "text": str(text)}
        for key, kind in (("sources", "source"), ("licences", "licence"))
        for name, text in _entries(economy.metadata.get(key))
    ]
    rows += [
        {"name": f"{flow.name} trade", "kind": "source", "text": flow.source}
        for flow in economy.flows.values()
    ]
    columns = (Column("name", "Data"), Column("kind", "What", "short"), Column("text", "Text"))
    caption = "Data: sources of each part of the baseline, and licences of the producers"
    return [Table("sources", caption, columns, tuple(rows))] if rows else []


def _entries(found: object) -> list[tuple[str, object]]:
    """Rows of a mapping in the metadata; a text stands alone."""
    if isinstance(found, Mapping):
        return list(found.items())
    return [("all", found)] if found else []


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
        f"With Threatpoint {__version__} installed, this command writes this page and the data "
        "files and charts into DIR. The same version and data give the same page."
    )
