"""Who must join for the threat to work: other senders, other targets, each solved as a game.

A joining sender punishes with the others and pays its share of the cost; a joining target is asked
to stop and punished if it does not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError
from threatpoint.strategy import answers
from threatpoint.strategy.coalition import senders_of
from threatpoint.strategy.game import DEFY
from threatpoint.strategy.options import member_rows
from threatpoint.strategy.threat import play, pose
from threatpoint.strategy.worlds import require_solvable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from threatpoint.strategy.question import Question
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
    rows: list[Row] = []
    for joins in ("", *candidates):
        posed = _again(threat, joined(threat.question, joins), store) if joins else threat
        rows += [
            {"joins": joins or "nobody", "target": target} | _sender_row(posed, target)
            for target in posed.game.targets
        ]
    return rows


def _sender_row(threat: ThreatGame, target: str) -> Row:
    """One target of one coalition, all others spared."""
    game, quiet, i = threat.game, threat.game.everybody(DEFY), threat.game.position(target)
    bite = answers.bite(game, i, quiet)
    lacking = target in game.unpriced  # then there is no belief, all else is
    cost = math.nan if lacking else answers.compliance_cost(game, i, quiet)
    pays = [row["pays"] for row in member_rows(threat) if row["target"] == target]
    return {
        "bite_usd_bn": bite,
        "break_even_belief": answers.break_even_belief(cost, bite),
        "credibility_usd_bn": answers.credibility(game, i, quiet),
        "price_of_credibility_usd_bn": answers.price_of_credibility(game, i, quiet),
        "members": len(pays),
        "members_for_whom_it_pays": sum(pays),
    }


def require_candidates(asked: Sequence[Question], candidates: Sequence[str]) -> None:
    """Refuse, before anything is solved, a joining sender that leaves no threat to solve.

    Raises:
        PolicyError: an unknown candidate, one that is the sender already, nobody left to punish.
    """
    for question in asked:
        for joining in candidates:
            joined(question, joining)


def joined(question: Question, joining: str) -> Question:
    """The question with one sender more, who is no target then.

    Raises:
        PolicyError: an unknown name, one that is the sender already, nobody left to punish.
    """
    codes = senders_of(question.economy, question.rule, (joining,))
    if set(codes) <= set(question.senders):
        raise PolicyError(f"{joining} is the sender already and cannot join it")
    kept = tuple(name for name in question.parties if name != joining)
    if not kept:
        raise PolicyError(f"if {joining} joined the sender, nobody would be left to punish")
    return _asked(question, (*question.senders, joining), kept)


def _asked(asked: Question, senders: tuple[str, ...], targets: tuple[str, ...]) -> Question:
    """The same question with other senders and targets, its size checked."""
    question = pose(
        asked.economy,
        asked.rule,
        horizon=asked.horizon,
        deficits=asked.deficits,
        senders=senders,
        targets=targets,
        **asked.solver,
    )
    require_solvable(question)
    return question


def _again(threat: ThreatGame, question: Question, store: Store | None) -> ThreatGame:
    """The same threat as another question."""
    return play(question, threat.game.terms.among(tuple(question.parties)), store=store)
