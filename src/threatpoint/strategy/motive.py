"""The sender's own motive: the tariff it would set anyway, and what a threat is worth beyond that.

A tariff up to some rate turns the terms of trade and pays the sender whether or not anybody gives
in (Johnson 1953). "No threat" therefore lets it set that tariff; what carrying out a threat brings
net of it is what the threat adds. By Schelling's rule (1960) a threat is what one would rather not
carry out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError
from threatpoint.strategy.answers import credibility, stated
from threatpoint.strategy.game import DEFY, PUNISHED, or_nan, put
from threatpoint.strategy.rate_curve import RateCurve, rates
from threatpoint.strategy.threat import payoff, tariff_rule
from threatpoint.strategy.worlds import solve_asked
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.strategy.game import Game
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
TOGETHER = "together"
"""All targets hit by one rate."""
NOTHING = "nothing"
"""No tariff, and nobody who answers one."""
EXACT = 1e-3
"""USD bn: a curve is not known closer, see `rate_curve`."""


@dataclass(frozen=True)
class Motive:
    """The added tariff that is best for the sender, others going on and spared; USD bn a year.

    Attributes:
        rate: of the best added tariff; 0 where none pays.
        gain: of the sender at it, against no added tariff and so no answer to one.
        gone: the rate at which the gain is gone; inf where it is above `rate_curve.HIGHEST`.
        loss: of those it hits, at it.
    """

    rate: float
    gain: float
    gone: float
    loss: float


def motives(question: Question, answer: str = PUNISHED) -> dict[str, Motive]:
    """Target, and `TOGETHER` where there are several -> the tariff the sender would set anyway.

    All rates and targets are solved together.

    Args:
        question: who threatens whom; the tariff is on the sectors that the threat is about.
        answer: PUNISHED, or RETALIATES: what it brings if who is hit then hits back as stated.

    Raises:
        PolicyError: a world of it has no equilibrium.
    """
    quiet = DEFY * len(question.parties)
    places = {t: put(quiet, i, answer) for i, t in enumerate(question.parties)}
    if len(places) > 1:
        places[TOGETHER] = answer * len(quiet)
    rules = [replace(question, rule=tariff_rule(question, rate)) for rate in rates()]
    asked: dict[Any, tuple[Question, str]] = {NOTHING: (question, quiet)}
    asked |= {(t, k): (rule, p) for t, p in places.items() for k, rule in enumerate(rules)}
    worlds = solve_asked(asked)
    lost = next((world.reason for world in worlds.values() if world.reason), "")
    if lost:
        raise PolicyError(f"the sender's own tariff is not known: {lost}")
    paid = {key: payoff(question, world) for key, world in worlds.items()}
    before = paid[NOTHING]
    hit = {t: [i for i, letter in enumerate(p) if letter == answer] for t, p in places.items()}
    return {
        t: _best(
            [paid[t, k].sender - before.sender for k in range(len(rules))],
            [
                sum(paid[t, k].targets[i] - before.targets[i] for i in hit[t])
                for k in range(len(rules))
            ],
        )
        for t in places
    }


def _best(sender: list[float], targets: list[float]) -> Motive:
    """The best rate for the sender, with what both get at it; changes at `rates()`.

    At rate 0 they are no 0 where an answer is stated: it does not shrink with the tariff.
    """
    own, theirs = RateCurve.of(sender), RateCurve.of(targets)
    rate = own.best
    if not rate:
        return Motive(0.0, 0.0, 0.0, 0.0)
    return Motive(rate, own.at(rate), own.gone, -theirs.at(rate))


def motive_rows(threat: ThreatGame) -> list[Row]:
    """Per target and all together: the best tariff, and the threat's worth net of it.

    Where the file states an answer, both are taken after it.

    Raises:
        PolicyError: as `motives`.
    """
    game = threat.game
    answer = stated(game)
    found = motives(threat.question, answer)
    worth = {t: or_nan(credibility, game, i, _quiet(game), answer) for t, i in _places(game)}
    if TOGETHER in found:
        worth[TOGETHER] = or_nan(_together, game, answer)
    return [_row(threat, target, own, worth[target]) for target, own in found.items()]


def _quiet(game: Game) -> str:
    return game.everybody(DEFY)


def _places(game: Game) -> list[tuple[str, int]]:
    return [(target, i) for i, target in enumerate(game.targets)]


def _together(game: Game, answer: str) -> float:
    """What carrying it out on all brings the sender, against sparing all."""
    hit, quiet = (game.sender_utility(game.everybody(x)) for x in (answer, DEFY))
    return hit - quiet


def _row(threat: ThreatGame, target: str, own: Motive, worth: float) -> Row:
    return {
        "target": target,
        "name": "all targets" if target == TOGETHER else threat.name(target),
        "horizon": threat.question.horizon,
        "optimal_tariff_percent": 100 * own.rate,
        "optimal_gain_usd_bn": own.gain,
        "gain_gone_percent": 100 * own.gone,
        "target_loss_usd_bn": own.loss,
        "carrying_out_usd_bn": worth,
        "net_of_own_motive_usd_bn": 0.0 if abs(worth - own.gain) < EXACT else worth - own.gain,
    }


def table(rows: Sequence[Row]) -> Table | None:
    """What the sender would do anyway, and what the threat is worth beyond; None without rows."""
    if not rows:
        return None
    return Table(
        "motive",
        "The added tariff that would pay the sender whether or not anybody gives in (after the "
        "answer, where one is stated), and what carrying out the threat is worth "
        "beyond it, money a year",
        columns(
            "motive", "name", "-target", "horizon", "optimal_tariff_percent",
            "optimal_gain_usd_bn", "gain_gone_percent", "target_loss_usd_bn",
            "carrying_out_usd_bn", "net_of_own_motive_usd_bn",
        ),
        rows,
        "USD bn",
        "On the sectors that the threat is about, the others going on and spared; where the file "
        "states an answer, after it. Below 0 the sender would rather not carry the threat out.",
        deciding=("optimal_tariff_percent", "net_of_own_motive_usd_bn", "carrying_out_usd_bn"),
    )  # fmt: skip
