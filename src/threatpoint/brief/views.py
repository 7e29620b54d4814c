"""Views of an analysis: its answer, and every table of its page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from threatpoint.brief.page import Content
from threatpoint.brief.reading import Reading
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis
    from threatpoint.tables import Table


def about_analysis(analysis: Analysis) -> About:
    """The situation, its main outcome, and what was solved besides."""
    main, economy = analysis.main, analysis.economy
    hit = main.targets
    facts = {
        "situation": f"{analysis.situation.name}, {analysis.situation.date}",
        "main threat": main.policy,
        "horizons": ", ".join(analysis.by_horizon) or analysis.horizon,
        "trade balances": analysis.deficits,
        "draws": "none" if analysis.chain is None else str(analysis.chain.draws),
        "status": main.failure or "solved",
    }
    for role, codes in (("sender", analysis.situation.policy.senders), ("target", hit[:2])):
        for code in codes if main.solution is not None else ():
            name = economy.names.get(code, code)
            facts[f"{role} {name}"] = f"{main.percent(code):+.2f} % of real income"
    title = f"Analysis: {analysis.situation.title}"
    return About(title, facts, "tp.write_brief(analysis, 'folder'), .to_pandas(), .tables, .main")


def tables_of(analysis: Analysis) -> Mapping[str, Named]:
    """Every table of the page and of the files beside it, by the names of its files."""
    found = _tables(analysis)
    first = [key for key in ("losses",) if key in found]
    order = [*first, *(key for key in found if key not in first)]
    return {key: _named(found[key]) for key in order}


@lru_cache(maxsize=1)
def _tables(analysis: Analysis) -> dict[str, Table]:
    """Those of the page; kept for the next question about the same analysis."""
    return {table.key: table for table in Content(Reading(analysis)).tables}


def _named(table: Table) -> Named:
    return Named(table.caption, lambda: table)


ANALYSIS = View(about_analysis, tables_of)
