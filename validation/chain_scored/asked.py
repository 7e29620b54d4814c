"""What the chain of every built-in situation said, in words, beside what came of it.

The cut of the leaves is that of `threatpoint.analysis.chain.tree`, by the rule that stands there:
it was fixed before anything was scored. Who was hit is read from the clocks of the situations; the
rest of the record from `came.csv`.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
from builders.data import read

from threatpoint import __version__, words
from threatpoint.analysis.chain import tree
from threatpoint.analysis.chain.chain import QUICK, Chain, Drawing, solve_chain
from threatpoint.analysis.chain.tree import Event, Tree, hardest_first
from threatpoint.analysis.forecasts import FREEZE, GIVES_IN, HIT, LEAF, NOTHING, THREAT, Forecast
from threatpoint.array_types import Array
from threatpoint.policy.standing import on_day
from threatpoint.situation import Situation, load_situation
from threatpoint.spread import Spread
from threatpoint.world import load_world

YEAR = timedelta(days=365)
Row = Mapping[str, str]


@cache
def came() -> dict[tuple[str, str, str, str], Row]:
    """(situation, kind, threat, target) -> row of the record."""
    rows = read(pathlib.Path(__file__).with_name("came.csv"))
    return {(r["situation"], r["kind"], r["threat"], r["target"]): r for r in rows}


def chain_of(name: str, drawing: Drawing = QUICK) -> Chain:
    """The chain of a built-in situation."""
    situation = load_situation(name)
    return solve_chain(situation, on_day(load_world(), situation.date), drawing)


@dataclass(frozen=True)
class Said:
    """A chance that a chain gave.

    Attributes:
        kind, threat, target: what about; as in `came.csv`.
        what: in words.
        each, weights: (K,).
        variants: (low, high) over the variants of the model.
    """

    kind: str
    threat: str
    target: str
    what: str
    each: Array
    weights: Array
    variants: tuple[float, float]

    @property
    def spread(self) -> Spread:
        """Over the draws."""
        return Spread(self.each, self.weights)


def said(chain: Chain) -> list[Said]:
    """The leaves, then the questions; those without a number are left out."""
    own = Tree(chain)
    found = [*_leaves(own), *_questions(own)]
    return [each for each in found if np.isfinite(each.spread.mean)]


def _leaves(own: Tree) -> Iterator[Said]:
    for leaf in own.leaves:
        ends = [leaf.probability, *leaf.variants.values()]
        about = leaf.each, leaf.weights, (min(ends), max(ends))
        yield Said(LEAF, leaf.threat, leaf.kind, _leaf_words(own.chain, leaf), *about)


def _leaf_words(chain: Chain, leaf: tree.Leaf) -> str:
    if leaf.kind == tree.HIT:
        return f"carried out: “{chain.situation.words[leaf.threat]}”"
    return {tree.FREEZE: "a freeze", tree.GIVES_IN: "somebody gives in"}.get(leaf.kind, NOTHING)


def _questions(own: Tree) -> Iterator[Said]:
    """Who is hit, whether the hardest of several threats comes, who gives in, and a freeze."""
    game, weights = own.chain.game, own.weights
    if game is not None:
        for party in game.parties:
            yield _one(own, HIT, "", party, f"{_name(party)} is hit", hit(own, party), weights)
        order = hardest_first(game)
        if len(order) > 1:
            told = f"anybody is hit by “{own.chain.situation.words[order[0]]}”"
            yield _one(own, THREAT, order[0], "", told, own.hit_by[order[0]], weights)
    for event in own.events:
        if event.kind != tree.HIT:
            yield _event(own, event)


def _event(own: Tree, event: Event) -> Said:
    if event.kind == tree.FREEZE:
        return _one(own, FREEZE, "", "", "there is a freeze", event.each, event.weights)
    (party,) = event.targets
    about = GIVES_IN, "", party, f"{_name(party)} gives in"
    return _one(own, *about, event.each, event.weights)


def _one(
    own: Tree, kind: str, threat: str, target: str, what: str, each: Array, weights: Array
) -> Said:
    means = [Spread(each[rows], weights[rows]).mean for rows in own.variants.values()]
    ends = [Spread(each, weights).mean, *means]
    return Said(kind, threat, target, what, each, weights, (min(ends), max(ends)))


def hit(own: Tree, party: str) -> Array:
    """(K,) chance that some open threat is carried out on a target; one that gives in is spared."""
    game = own.chain.game
    assert game is not None
    mass = game.seen_mass / game.seen_mass.sum(axis=1)[:, None]
    chances = [chosen[party] for chosen in game.chosen.values() if party in chosen]
    total = (np.sum(chances, axis=0) * mass).sum(axis=1)
    return np.clip(total, 0.0, 1.0) * ~game.yields[party]


def _name(party: str) -> str:
    return words.place(party, load_world())


# -- beside the record -----


def forecasts(name: str, drawing: Drawing) -> list[Forecast]:
    """What a situation's chain said, with trade drawn and not, beside what came."""
    situation, drawn, quick = load_situation(name), chain_of(name, drawing), chain_of(name)
    plain = {(s.kind, s.threat, s.target): s.spread.mean for s in said(quick)}
    found: list[Forecast] = []
    for each in said(drawn):
        low, high = map(_digits, each.variants)
        told: dict[str, Any] = {
            **{"chance": _digits(each.spread.mean), "low": low, "high": high},
            "quick": _digits(plain[each.kind, each.threat, each.target]),
            "draws": round(each.spread.effective, 1),
            **record(situation, each),
        }
        found.append(Forecast(name, each.kind, each.what, **told, version=__version__))
    return found


def _digits(value: float) -> float:
    return round(value, 5)


def record(situation: Situation, each: Said) -> dict[str, object]:
    """`came`, `date`, `source` and `words` of a chance; blank where the record does not say."""
    if each.kind in (HIT, THREAT):
        return _struck(situation, each)
    if each.kind == LEAF:
        return _leaf(situation, each)
    row = came().get((situation.name, each.kind, each.threat, each.target))
    return _told(row, None if row is None else row["came"] == "yes")


def _leaf(situation: Situation, each: Said) -> dict[str, object]:
    """The leaf that came is in the record; where none is, nobody knows which."""
    rows = {key: row for key, row in came().items() if key[:2] == (situation.name, LEAF)}
    for (_, _, threat, kind), row in rows.items():
        return _told(row, (each.threat, each.target) == (threat, kind))
    return _told(None, None)


def _told(row: Row | None, happened: bool | None) -> dict[str, object]:
    found = {key: "" if row is None else row[key] for key in ("date", "source", "words")}
    return {"came": happened, **found}


def _struck(situation: Situation, each: Said) -> dict[str, object]:
    """By the clocks of the year after the date, of all threats made in it."""
    due = [
        (clock.date, clock.hit, clock.source or made.source)
        for name, made in situation.made.items()
        for clock in made.due
        if clock.hit is not None
        and situation.date < clock.date <= situation.date + YEAR
        and each.threat in ("", name)
    ]
    struck = [one for one in due if one[1] and (not each.target or each.target in one[1])]
    if not struck and each.kind == THREAT:
        about = {"date": str(situation.date + YEAR), "source": "press"}
        return _told(None, False) | about | {"words": "nobody was"}
    day, _, source = struck[0] if struck else due[-1]
    who = _name(each.target) if each.target else "somebody"
    told = f"{who} was {'hit on' if struck else 'not hit by'} {words.day(day)}"
    about = {"date": str(day), "source": source, "words": told}
    return {"came": bool(struck), **about}
