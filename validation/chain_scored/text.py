"""What is written beside the scores: each score, leaves, other cuts, questions, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from threatpoint import words
from threatpoint.analysis.forecasts import (
    LEAF,
    Forecast,
    forecasts,
)
from threatpoint.analysis.losses import Loss, tree_losses
from threatpoint.analysis.scores import Scores, known_later
from threatpoint.oil import known
from threatpoint.oil.setting import require_setting
from threatpoint.situation import built_in
from threatpoint.words import DASH
from validation.chain_scored import asked
from validation.scored import SITUATION


def page() -> str:
    """What ships as differences.md."""
    parts = [*_head(), *_scores(), *_trees(), *_cuts(), *_questions(), *_left_out()]
    return "\n".join(parts) + "\n"


def _head() -> list[str]:
    chain = asked.chain_of(SITUATION)
    later, undated, every = known_later(chain.inputs, chain.situation.date)
    base = require_setting(chain.worlds.economy).outlets.base
    crude = known.later(base, chain.situation.date)
    assert crude is not None
    return [
        "# What the draws said, and what came",
        "",
        "Written by `python -m validation.chain_scored --write`: the chain of each built-in",
        "situation with trade drawn (256 draws), on its date, against the record. What was known",
        "later enters no draw; `tests/replication/test_chain_scored.py` asserts it.",
        "",
        f"**Contaminated.** Of {every} groups of inputs of the situation of 31 March 2025 {later}",
        "are dated later: priors of November 2026, chosen with the record open. Another",
        f"{undated} carry no date of their own. The market of crude holds {crude.count} of",
        f"{crude.total} numbers known later. None of this is a forecast made in advance.",
        "",
        "The cut of the leaves stands in `analysis/chain/tree.py` with its rule, which was written",
        "before the score. Two changes came after a first one: no leaf for giving in where nobody",
        "says what that costs (Brazil), which makes an equal chance harder to beat; and the record",
        "of threats given in to decides in half of the draws, where the rule of giving in decided",
        "in all (the questions then had a log loss of 1.60): what is gained there is no evidence.",
        "Losses: 0 is best.",
        "",
    ]


def _scores() -> list[str]:
    scores = Scores.of(SITUATION)
    assert scores is not None
    return [
        "| what | said | came | measure | this model | naive forecasts |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row['what']} | {row['said']} | {row['came']} | {_measure(row)} | "
            f"{row['ours']:.3f} | {row['naive']} |"
            for row in scores.rows
        ),
        "",
    ]


def _measure(row: Mapping[str, str]) -> str:
    return row["measure"] if row["unit"] == "1" else f"{row['measure']}, {row['unit']}"


def _trees() -> list[str]:
    found = ["# Trees", "", "| situation | leaf | chance | variants | trade not drawn | came |"]
    found.append("|---|---|---|---|---|---|")
    found += [
        f"| {each.situation} | {each.what} | {words.chance(each.chance)} | "
        f"{words.chance_span(each.low, each.high)} | {words.chance(each.quick)} | {_came(each)} |"
        for each in forecasts()
        if each.kind == LEAF
    ]
    return [*found, ""]


def _came(each: Forecast) -> str:
    if each.came is None:
        return "not on record"
    return "**yes**" if each.came else "no"


def _cuts() -> list[str]:
    """How the score of the tree changes with the cut: told, never chosen by."""
    found = ["# The same leaves cut otherwise", ""]
    found += ["| situation | cut | leaves | this model | an equal chance for each |"]
    found.append("|---|---|---|---|---|")
    for name in built_in():
        scores = Scores.of(name)
        if scores is not None and scores.came is not None:
            found += [_cut(name, *cut) for cut in _other_cuts(scores.leaves)]
    return [*found, ""]


def _other_cuts(leaves: Sequence[Forecast]) -> list[tuple[str, dict[str, Loss], int]]:
    came = next(leaf for leaf in leaves if leaf.came)
    hits = [leaf for leaf in leaves if leaf.what.startswith("carried out")]
    cuts = {"as in the tree": list(leaves), "what came, or not": _merged(leaves, [came])}
    cuts["somebody is hit, or not"] = _merged(leaves, hits)
    return [(name, tree_losses(cut), len(cut)) for name, cut in cuts.items()]


def _merged(leaves: Sequence[Forecast], kept: Sequence[Forecast]) -> list[Forecast]:
    """Two leaves: those kept together, and the rest."""
    parts = [kept, [leaf for leaf in leaves if leaf not in kept]]
    return [
        replace(
            leaves[0],
            what=str(n),
            chance=sum(leaf.chance for leaf in part),
            came=any(leaf.came for leaf in part),
        )
        for n, part in enumerate(parts)
    ]


def _cut(name: str, cut: str, found: Mapping[str, Loss], leaves: int) -> str:
    ours, equal = (list(found.values())[n].log for n in (0, 1))
    return f"| {name} | {cut} | {leaves} | {ours:.2f} | {equal:.2f} |"


def _questions() -> list[str]:
    found = ["# Questions", "", "| situation | question | chance | variants | came | record |"]
    found.append("|---|---|---|---|---|---|")
    for each in forecasts():
        if each.kind != LEAF:
            told = f"{each.words or DASH} ({each.source})" if each.source else DASH
            found.append(
                f"| {each.situation} | {each.what} | {words.chance(each.chance)} | "
                f"{words.chance_span(each.low, each.high)} | {_came(each)} | {told} |"
            )
    return [*found, ""]


def _left_out() -> list[str]:
    return [
        "# What is not scored, and why",
        "",
        "- **Who gives in to the order on Venezuelan oil**, and the leaf that came there: no",
        "  monthly purchases after the order are on record here. That nobody was hit is.",
        "- **Brent**: the chain says what an act does to the price against a year without it, and",
        "  no act of it was done alone. The sanctions on producers of 22 October 2025 were carried",
        "  out; the price then fell by 1 % within a month, which is not their effect.",
        "- **India's purchases of Russian crude**: an act here is to stop or to go on. They fell",
        "  by a fifth under the tariff and by two fifths after the sanctions on producers.",
        "- **Who was hit** is read at the clocks of a year after each date; targets at one clock",
        "  share their fate, so there are fewer independent events than questions.",
        "- **A target that was hit had not given in**: Canada and Mexico promised more at the",
        "  border on 3 February 2025, were spared for a month and then hit. Read as giving in,",
        "  their two questions would be right.",
        "- **A chance of 0** in the draws counts as half an effective draw.",
    ]
