"""Who must join for the threat to work: other senders, other targets, each solved as a game.

A joining sender punishes with the others and pays its share of the cost; a joining target is asked
to stop and punished if it does not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.strategy import answers as a
from threatpoint.strategy.game import DEFY, PUNISHED
from threatpoint.strategy.options import best_for_sender, member_rows
from threatpoint.strategy.perfect import equilibria
from threatpoint.strategy.threat import payoffs, pose
from threatpoint.strategy.worlds import require_size, solve_worlds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threatpoint.strategy.store import Store
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]


def sender_rows(
    threat: ThreatGame, candidates: Iterable[str], *, store: Store | None = None
) -> list[Row]:
    """Per coalition and target: bite, break-even belief and credibility if a candidate joined.

    The first coalition is the sender as it is. Targets are those of the threat, less the candidate.

    Raises:
        PolicyError: an unknown candidate, or nobody left to punish.
    """
    now = threat.question.senders
    rows: list[Row] = []
    for joined in ("", *candidates):
        game = threat
        if joined:
            game = _again(threat, senders=(*now, joined), without=joined, store=store)
        gains = member_rows(game)
        for i, target in enumerate(game.game.targets):
            quiet = DEFY * len(game.game.targets)
            bite = a.bite(game.game, i, quiet)
            lacking = target in game.game.unpriced  # then there is no belief, all else is
            cost = math.nan if lacking else a.compliance_cost(game.game, i, quiet)
            pays = [row["pays"] for row in gains if row["target"] == target]
            rows.append(
                {
                    "joins": joined or "nobody",
                    "target": target,
                    "bite_usd_bn": bite,
                    "break_even_belief": math.nan if lacking else a.break_even_belief(cost, bite),
                    "credibility_usd_bn": a.credibility(game.game, i, quiet),
                    "price_of_credibility_usd_bn": a.price_of_credibility(game.game, i, quiet),
                    "members": len(pays),
                    "members_for_whom_it_pays": sum(pays),
                }
            )
    return rows


def adding_rows(
    threat: ThreatGame, candidates: Iterable[str], *, store: Store | None = None
) -> list[Row]:
    """The value to the sender of threatening each candidate too.

    Raises:
        PolicyError: an unknown candidate, one that buys nothing, or too many targets.
    """
    best = best_for_sender(equilibria(threat.game))
    rows: list[Row] = []
    for joined in candidates:
        larger = _again(threat, targets=(*threat.game.targets, joined), store=store)
        k = len(larger.game.targets)
        i = larger.game.position(joined)
        with_it = best_for_sender(equilibria(larger.game))
        rows.append(
            {
                "target": joined,
                "best_with_usd_bn": with_it,
                "best_without_usd_bn": best,
                "value_of_adding_usd_bn": with_it - best,
                "price_of_credibility_usd_bn": a.price_of_credibility(larger.game, i, DEFY * k),
                "carrying_out_added_usd_bn": larger.game.payoff(PUNISHED * k).sender
                - threat.game.payoff(PUNISHED * (k - 1)).sender,
            }
        )
    return rows


def _again(
    threat: ThreatGame,
    *,
    senders: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    without: str = "",
    store: Store | None = None,
) -> ThreatGame:
    """The same threat with other senders or targets; worlds already solved are reused."""
    from dataclasses import replace

    asked = threat.question
    kept = targets or tuple(t for t in threat.game.targets if t != without)
    question = pose(
        asked.economy,
        asked.rule,
        horizon=asked.horizon,
        deficits=asked.deficits,
        senders=senders or asked.senders,
        targets=kept,
        **asked.solver,
    )
    require_size(tuple(question.parties), bool(question.retaliation))
    worlds = solve_worlds(question, store=store)
    names = tuple(question.parties)
    terms = threat.game.terms
    named = {n: terms.only(n, names) for n in ("kappa", "phi", "psi")}
    return type(threat)(question, worlds, payoffs(question, worlds, replace(terms, **named)))
