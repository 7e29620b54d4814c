"""The scores of a situation as lines of what happened since, each against naive forecasts."""

from __future__ import annotations

from collections.abc import Sequence

from threatpoint import words
from threatpoint.analysis.forecasts import FREEZE, GIVES_IN, HIT, OURS, Forecast, forecasts
from threatpoint.analysis.losses import COIN, EQUAL, QUIET
from threatpoint.analysis.scores import question_losses, tree_of
from validation.scored import ANY, Line

PARTS = {
    HIT: "who is hit within a year",
    GIVES_IN: "who gives in within a year",
    FREEZE: "a freeze within a year",
}
"""Kind -> part of the score."""
KNOWN = "the priors were chosen with the record open"
ONE = "one event neither proves nor refutes a chance"
LIKELY = 0.5
"""Chance of giving in from which on a miss is put down to its rule."""
RULE = (
    "a target gives in here once it expects to lose more than giving in costs it, and the record "
    "rejects that rule"
)


def lines(situation: str) -> list[tuple[Line, dict[str, str]]]:
    """Each with the day and the source of its record; none where nothing is on record."""
    every = [each for each in forecasts() if each.situation == situation]
    tree = tree_of(every)
    found = [_tree(tree)] if tree else []
    for kind, part in PARTS.items():
        asked = [each for each in every if each.kind == kind and each.asked]
        found += [_questions(part, asked)] if asked else []
    return found


def _tree(leaves: Sequence[Forecast]) -> tuple[Line, dict[str, str]]:
    """Right if what came was given more than an equal chance."""
    (leaf,) = (each for each in leaves if each.came)
    equal, quiet = 1.0 / len(leaves), 0.05 / (len(leaves) - 1)
    right = leaf.chance > equal
    said = (
        f"{words.chance(leaf.chance)} ({words.chance_span(leaf.low, leaf.high)} over the variants "
        f"of the model), against {words.chance(equal)} by {EQUAL} and {words.chance(quiet)} by "
        f"“{QUIET}”"
    )
    return _made(
        "what comes within a year", [leaf], leaf.words, "chance given to what came", said, right,
        f"{KNOWN}; the cut into {words.count(len(leaves), 'leaf', 'leaves')} was fixed before, and "
        "another cut scores otherwise" if right else _why(leaf.situation),
    )  # fmt: skip


def _why(situation: str) -> str:
    """Of a miss: the rule of giving in, where that is what was expected of a target."""
    every = [each for each in forecasts() if each.situation == situation]
    likely = any(each.kind == GIVES_IN and each.chance > LIKELY for each in every)
    return RULE if likely else ONE


def _questions(part: str, asked: Sequence[Forecast]) -> tuple[Line, dict[str, str]]:
    """Right if no naive forecast has a smaller log loss."""
    found = question_losses(asked)
    best = min((name for name in found if name != OURS), key=lambda name: found[name].log)
    right = found[OURS].log <= found[best].log
    each = [f"{words.chance(f.chance)} that {f.what}" for f in sorted(asked, key=_worst)]
    beside = [f"{words.number(found[name].log)} by {name}" for name in dict.fromkeys((best, COIN))]
    said = (
        f"{words.listing(each)}; mean log loss {words.number(found[OURS].log)}, "
        f"against {words.listing(beside)}"
    )
    told = dict.fromkeys(f.words for f in asked if f.words)
    came = "; ".join(told)
    return _made(
        part, asked, came, "chance (the best loss is 0)", said, right,
        KNOWN if right else RULE if asked[0].kind == GIVES_IN else _why(asked[0].situation),
    )  # fmt: skip


def _worst(each: Forecast) -> float:
    return each.chance if each.came else 1.0 - each.chance


def _made(
    part: str, about: Sequence[Forecast], came: str, measure: str, said: str, right: bool, why: str
) -> tuple[Line, dict[str, str]]:
    dated = {
        "date": max(each.date for each in about),
        "source": "; ".join(dict.fromkeys(each.source for each in about)),
    }
    verdict = "right" if right else "miss"
    return Line(part, (), ANY, came, measure, said, verdict, why), dated
