"""Views of draws, leverage, designs and ensembles: first lines, and tables by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.spread import ENDS
from threatpoint.strategy.design import tables as designed
from threatpoint.tables import Column, Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.design.design import ThreatDesign
    from threatpoint.analysis.ensemble.asked import Asked
    from threatpoint.analysis.leverage.found import Leverage

# -- draws -----


def about_chain(chain: Chain) -> About:
    """What was drawn, how many draws answer, and what the threats do in the middle draw."""
    drawn = "drawn" if chain.worlds.drawn else "at its central values in every draw"
    facts = {
        "situation": chain.situation.title,
        "draws": f"{chain.draws}, {int(chain.whole.sum())} with every equilibrium",
        "inputs": f"{len(chain.inputs)}; trade is {drawn}",
        "horizon": chain.asked.horizon,
        "trade balances": chain.asked.deficits,
    }
    for threat in chain.threats:
        facts[f"threat {threat.name}"] = f"on {', '.join(threat.parties)}"
    return About("Chain of draws", facts, ".to_pandas(), .tables, .to_xarray(), .plot.losses()")


def act_rows(chain: Chain) -> list[dict[str, Any]]:
    """What each act does to each economy: middle draw and range."""
    worlds = chain.worlds
    levels = (ENDS[0], 0.5, ENDS[1])
    rows: list[dict[str, Any]] = []
    for at, act in enumerate(worlds.acts):
        solved = ~np.isnan(worlds.money[:, at]).any(axis=1)
        if not solved.any():
            continue
        percent, money = (
            np.quantile(values[solved, at], levels, axis=0, method="hazen")
            for values in (worlds.percent, worlds.money)
        )
        for n, code in enumerate(worlds.economy.countries):
            found = {f"percent_{end}": float(percent[k, n]) for k, end in enumerate(LEVELS)}
            found |= {f"money_{end}": float(money[k, n]) for k, end in enumerate(LEVELS)}
            name = worlds.economy.names.get(code, code)
            rows.append({"act": act, "country": code, "name": name, **found})
    return rows


LEVELS = ("low", "median", "high")


def acts(chain: Chain) -> Table:
    """Change in real income by act and economy."""
    keys = [f"{kind}_{end}" for kind in ("percent", "money") for end in ("median", "low", "high")]
    caption = f"Change in real income by act, {words.when(chain.asked.horizon)}"
    shown = columns("acts", "act", "country", "name", *keys)
    return Table("acts", caption, shown, act_rows(chain), chain.worlds.economy.unit)


def inputs(chain: Chain) -> Table:
    """What is drawn, with its distribution and source."""
    keys = ("key", "meaning", "spread", "unit", "known", "group", "source")
    rows = [{key: getattr(item, key) for key in keys} for item in chain.inputs]
    return Table("drawn", "Inputs that are drawn", columns("drawn", *keys), rows)


def draws(chain: Chain) -> Table:
    """A draw a row: its weight and the value of every input."""
    rows = [
        {"draw": k, "weight": float(chain.weight[k])}
        | {key: float(values[k]) for key, values in chain.values.items()}
        for k in range(chain.draws)
    ]
    meanings = {item.key: item.meaning for item in chain.inputs}
    values = [Column(key, key, "number", meanings.get(key, "")) for key in chain.values]
    shown = (*columns("draws", "draw", "weight"), *values)
    return Table("draws", "Draws: weight and inputs of each", shown, rows)


def tables_of_chain(chain: Chain) -> Mapping[str, Named]:
    """Tables of draws."""
    return {
        "acts": Named("real income by act and economy, with ranges", lambda: acts(chain)),
        "inputs": Named("what is drawn, with its source", lambda: inputs(chain)),
        "draws": Named("weight and inputs of each draw", lambda: draws(chain)),
    }


CHAIN = View(about_chain, tables_of_chain)


# -- leverage -----


def about_leverage(found: Leverage) -> About:
    """The world it is of, and the strongest power."""
    power = np.where(np.isfinite(found.power), found.power, 0.0)
    n, i = np.unravel_index(power.argmax(), power.shape)
    codes = found.economy.countries
    facts = {
        "horizon": found.horizon,
        "order": "first: for a small cut of a flow",
        "largest power": f"{codes[n]} over {codes[i]}: ratio {power[n, i]:.3g}",
    }
    many = f"{len(codes)} economies, {len(found.economy.sectors)} sectors"
    return About(f"Leverage: {many}", facts, ".flows(of, over), .pairs(of), .to_pandas(), .exact()")


def tables_of_leverage(found: Leverage) -> Mapping[str, Named]:
    """Tables of leverage."""
    return {
        "flows": Named("each flow: who can cut it, whom that hurts, its cost", found.flows),
        "pairs": Named("power of each over each other", found.pairs),
        "friendships": Named("whose growth helps whom", found.friendships),
    }


LEVERAGE = View(about_leverage, tables_of_leverage)


# -- designs and ensembles -----


def about_design(found: ThreatDesign) -> About:
    """The demand, and how many designs were found."""
    designs = found.designs
    facts = {
        "situation": found.situation.title,
        "threat": found.threat,
        "senders": ", ".join(found.question.senders),
        "targets": ", ".join(found.question.parties),
        "horizon": found.question.horizon,
        "designs": f"{sum(len(one.designs) for one in designs.frontiers)} on "
        f"{len(designs.frontiers)} frontiers",
        "lawful only": "yes" if found.only_lawful else "no",
    }
    return About("Designed threat", facts, ".to_pandas(), .tables")


def tables_of_design(found: ThreatDesign) -> Mapping[str, Named]:
    """Tables of a design, as the command line prints them."""

    def name(code: str) -> str:
        return words.place(code, found.question.economy)

    own, drawn = found.designs, found.drawn
    made = {
        "frontier": (designed.frontier(own, name), "the most harm by what it costs"),
        "beside": (
            designed.beside(own, name, drawn),
            "threats made beside the cheapest as hard",
        ),
        "yielding": (designed.yielding(own, name, drawn), "the least to which a target gives in"),
        "legal": (designed.legal(found.standings, name), "what is on record of the law"),
    }
    return {key: _named(table, said) for key, (table, said) in made.items() if table is not None}


def _named(table: Table, meaning: str) -> Named:
    return Named(meaning, lambda: table)


DESIGN = View(about_design, tables_of_design)


def about_asked(asked: Asked) -> About:
    """What is to be drawn."""
    facts = {
        "policy": asked.policy.describe(),
        "parties": ", ".join(f"{code} ({role})" for code, role in asked.roles.items()),
        "horizon": asked.horizon,
        "trade balances": asked.deficits,
        "draws, seed": f"{asked.draws}, {asked.seed}",
    }
    after = "tp.draw_ensemble(asked, 'draws.zarr')"
    return About("Ensemble, asked and not yet drawn", facts, after)


ASKED = View(about_asked)
