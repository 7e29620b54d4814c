"""Parts: pieces of the app's page, filled in from the facts and macros of the handed-on page."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.chain.watch import beliefs
from threatpoint.app import document
from threatpoint.app.state import State
from threatpoint.brief import expect
from threatpoint.brief.first import options_figure, said_answer
from threatpoint.brief.prose import environment
from threatpoint.brief.reading import Reading
from threatpoint.oil.inputs import OPEC

if TYPE_CHECKING:
    from jinja2 import Environment

    from threatpoint.analysis.analysis import Analysis
    from threatpoint.analysis.chain.watch import Watch
    from threatpoint.app.ground import Ground
    from threatpoint.app.solved import Solved
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.expect import Facts

Answer = dict[str, Any]
VIEWS = ("wide", "narrow")
"""The two drawings of a chart; "" is both."""
DIGITS = 6


def moving(found: Solved, view: str, by_code: bool = False) -> Answer:
    """What follows a slider: both charts, the state in words, its address.

    Args:
        found: solved.
        view: one of the two drawings, "" for both.
        by_code: the map without its outlines, for a page that has them.
    """
    figures = {"losses": found.losses(), "map": found.map(by_code)}
    failure = found.analysis.main.failure if found.analysis.main.solution is None else ""
    return {
        "address": found.state.address,
        "summary": summary(found.ground, found.state, found.analysis.situation.policy.short),
        "html": {name: picture(figure, view, failure) for name, figure in figures.items()},
        "percent": {c: _number(x) for c, x in found.percents.items()},
    }


def resting(found: Solved) -> Answer:
    """What comes once it rests: the answer, who gives in, the options, losses at all horizons."""
    facts = found.facts
    game, failure = facts.expect, found.analysis.main.failure
    sure = list(expect.sure(game)) if game else []
    draws = found.analysis.chain.draws if found.analysis.chain else 0
    said_sure = {word: [_inside(c) for c, _, w in sure if w == word] for _, _, word in sure}
    rows = _targets(game, found) if game else []
    lines, address = document.commands(found.ground, found.state, found.plan), found.state.address
    html = {
        "answer": str(escape(said := said_answer(facts))),
        "status": fragment("status", sure=said_sure, draws=draws, opec=_opec(found)),
        "targets": fragment("targets", rows=rows),
        "made": fragment("made", commands=lines, file=document.FILE, address=address),
        "losses": picture(found.losses(), "", failure),
        "options": picture(options(found), "", ""),
    }
    return {"address": address, "answer": said, "commands": lines, "html": html, "targets": rows}


def _inside(claim: str) -> str:
    """A claim inside a sentence: a name keeps its capital."""
    return claim[0].lower() + claim[1:] if claim.startswith(("A ", "No ")) else claim


def options(found: Solved) -> Figure | None:
    """The options, the chosen one shaded; None where nobody is asked for anything."""
    return options_figure(found.facts, found.analysis.situation.main)


def before(analysis: Analysis) -> Answer:
    """What a chain in which trade was drawn says: its answer, and ranges by threat."""
    reading = Reading(analysis)
    facts, figures = expect.Facts.of(reading), analysis.figures
    economy, ranges = analysis.economy, dict[str, list[tuple[str, str]]]()
    for name, rule in analysis.situation.threats.items():
        if figures is None or not figures.carried(name):
            continue
        who = {**rule.parties(economy), **{c: (c,) for c in rule.carriers(economy)}}
        spans = {code: figures.percent(name, members) for code, members in who.items()}
        ranges[name] = [
            (reading.name(code), words.ranged(x.low, x.high)) for code, x in spans.items() if x
        ]
    said = words.sentence(expect.sentence("expect.answer", facts)) if facts else ""
    return {"answer": said, "ranges": ranges, "draws": analysis.chain and analysis.chain.draws}


def shown_before(ground: Ground, state: State, found: Answer | None) -> str:
    """Draws solved before beside a state, marked as of it or as of the nearest threat."""
    name = ground.name(state)
    same = replace(state, threat="") == State(state.situation)
    same = same and ground.word(state) in (name, ground.kind(name))
    short = ground.rule(name).short
    if found == {}:
        return ""
    ranges = found["ranges"].get(name, []) if found and "ranges" in found else []
    return fragment("before", found=found, same=same, short=short, ranges=ranges)


def summary(ground: Ground, state: State, short: str) -> str:
    """The state in a line: who, with what, on how many, when."""
    parties = state.targets or ground.parties(ground.name(state))
    sender = _sender(ground)
    places = [words.place(code, ground.economy) for code in parties]
    on = words.listing(places) if len(places) <= 2 else words.count(len(places), "target")
    return f"{sender}, {short} on {on}, {words.horizon(state.horizon)}"


def _sender(ground: Ground) -> str:
    """The sender by name."""
    from threatpoint.world.places import name_of

    codes = ground.situation.sender.split("+")
    return words.listing([name_of(code, ground.economy) for code in codes])


def _opec(found: Solved) -> str:
    """What owners of idle capacity do, where that is another thing than in the draws."""
    opec = found.state.opec
    return "" if opec == "hold" else OPEC[opec]


def _targets(game: Facts, found: Solved) -> list[dict[str, Any]]:
    """A row a target of the threat: belief, chance of giving in, belief that it takes."""
    name = found.analysis.situation.main
    watches = beliefs(game.chain, name)
    gives = game.chain.game.giving(name) if game.chain.game and watches else {}
    rows = [_target(game, watch, gives.get(watch.target, math.nan)) for watch in watches]
    return sorted(rows, key=lambda row: -row["chance"] if row["chance"] is not None else 1.0)


def _target(game: Facts, watch: Watch, chance: float) -> dict[str, Any]:
    needed = watch.at / 100
    return {
        "name": game.reading.name(watch.target),
        "carried": words.chance(watch.today / 100),
        "gives": words.DASH if math.isnan(chance) else words.chance(chance),
        "needed": words.DASH if math.isnan(needed) else words.belief(needed),
        "chance": _number(chance),
    }


def _number(value: float) -> float | None:
    """A number for JSON; None for none."""
    return round(value, DIGITS) if math.isfinite(value) else None


# -- templates ---------------------------------------------------------------------------------


def picture(figure: Figure | None, view: str, failure: str) -> str:
    """A chart with its words; the reason where there is none."""
    return fragment("picture", figure=figure, views=[view] if view in VIEWS else VIEWS,
                    failure=failure)  # fmt: skip


def fragment(name: str, **facts: Any) -> str:
    """A piece of HTML."""
    return str(getattr(_templates().get_template("parts.j2").module, name)(**facts))


def filled(**facts: Any) -> str:
    """The whole page."""
    return _templates().get_template("app.html.j2").render(**facts)


@cache
def _templates() -> Environment:
    from jinja2 import PackageLoader

    return environment(autoescape=True).overlay(loader=PackageLoader("threatpoint.app"))


def resources_of(name: str) -> str:
    """A file of the look of the handed-on page."""
    from importlib import resources

    return (resources.files("threatpoint.brief") / "templates" / name).read_text(encoding="utf-8")
