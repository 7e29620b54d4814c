"""Logit agent-QRE with Gambit: probabilities instead of certainty (McKelvey & Palfrey 1998).

Each information set is an agent that picks action a with probability proportional to
exp(lambda * expected payoff of a). At lambda 0 choice is random, as it grows it becomes best reply.
Lambda is per USD bn: at 0.1 a difference of USD 10 bn makes odds of e to 1. The threat is a move of
the sender, so the probability that it is made is part of the answer.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from threatpoint.errors import ConvergenceError, PolicyError, require_extra
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES, NoCost
from threatpoint.strategy.normal_form import require_precisions
from threatpoint.strategy.perfect import punishments

if TYPE_CHECKING:
    from threatpoint.strategy.game import Game

CONCEPT = "logit agent quantal response equilibrium, principal branch"
METHOD = "Gambit, path following in lambda"
LARGEST_GAP = 1e-6
"""A point is returned only if every probability obeys the logit formula to this."""

MOST_TARGETS = 5
"""Gambit follows the path for 5 targets in seconds; the tree triples with each further target."""


@dataclass(frozen=True)
class Quantal:
    """One logit agent-QRE of the threat game.

    Attributes:
        precision: lambda, per USD bn.
        threat: probability that the threat is made.
        comply: target -> probability that it complies once threatened.
        punished: target -> probability that it is punished once it has defied the threat.
        all_comply, none_punished: probability of the two ends once threatened.
        regret: what the agent who loses most by erring loses in expectation, USD bn.
        gap: largest difference between a probability and the logit formula at the values found.
        concept, method: what it is and how it was found.
    """

    precision: float
    threat: float
    comply: dict[str, float]
    punished: dict[str, float]
    all_comply: float
    none_punished: float
    regret: float
    gap: float
    concept: str = CONCEPT
    method: str = METHOD


def quantal_response(game: Game, precisions: Sequence[float]) -> list[Quantal]:
    """The principal branch at each lambda.

    Raises:
        PolicyError: a lambda below 0 or not finite, too many targets, a profile without payoff.
        ConvergenceError: the branch forks before a lambda is reached.
        MissingExtraError: Gambit is not installed.
    """
    require_precisions(precisions)
    if len(game.targets) > MOST_TARGETS:
        raise PolicyError(
            f"probabilities for {len(game.targets)} targets: the limit is {MOST_TARGETS}; name "
            "fewer targets, or leave lambda out for the pure equilibria"
        )
    if game.unpriced:
        raise NoCost(game.unpriced[0])
    if game.missing:
        profile, reason = next(iter(game.missing.items()))
        raise PolicyError(f"probabilities need every profile; {profile} has no payoff: {reason}")
    require_extra("game", "probabilities (lambda)", "pygambit")
    gambit: Any = import_module("pygambit")
    tree = gambit.read_efg(io.StringIO(extensive_form(game)))
    return [_at(game, tree, gambit, float(x)) for x in precisions]


def _at(game: Game, tree: Any, gambit: Any, precision: float) -> Quantal:
    """One point of the branch."""
    point = _point(tree, gambit, precision)
    play = {
        tuple(map(str, history.actions)): float(chance) for history, chance in point.realiz_probs
    }
    ends = {path: chance for path, chance in play.items() if path and _ended(path, game)}
    threat = sum(chance for path, chance in ends.items() if path[0] == "threat")
    fates = {
        _profile(path, game): chance / threat for path, chance in ends.items() if len(path) > 1
    }
    hit = {PUNISHED, RETALIATES}
    comply = {t: _sum(c for p, c in fates.items() if p[i] == COMPLY) for i, t in _named(game)}
    struck = {t: _sum(c for p, c in fates.items() if p[i] in hit) for i, t in _named(game)}
    return Quantal(
        precision,
        threat,
        comply,
        {t: struck[t] / (1 - comply[t]) if comply[t] < 1 else 0.0 for t in game.targets},
        _sum(c for p, c in fates.items() if set(p) == {COMPLY}),
        _sum(c for p, c in fates.items() if not hit & set(p)),
        float(point.agent_max_regret()),
        logit_gap(point, precision),
    )


def _point(tree: Any, gambit: Any, precision: float) -> Any:
    """Gambit's point at a lambda.

    Raises:
        ConvergenceError: the branch forks before it (two targets alike in everything), where
            Gambit stops and returns the fork instead.
    """
    found = gambit.qre.logit_solve_lambda(tree, lam=[max(precision, 1e-12)])[0]
    gap = logit_gap(found.profile, precision)
    if abs(float(found.lam) - precision) > 1e-6 or gap > LARGEST_GAP:
        raise ConvergenceError(
            f"no probabilities at lambda {precision:g}: the branch stops at lambda "
            f"{float(found.lam):.3g} (gap {gap:.1e}), as where two targets are alike in "
            "everything; try a smaller lambda"
        )
    return found.profile


def logit_gap(point: Any, precision: float) -> float:
    """Largest |probability - exp(lambda value) / sum| over all actions."""
    values = {str(history): item for history, item in point.action_values}
    gaps = [0.0]
    for player in point.game.players:
        for history, mixed in point[player]:
            here = values.get(str(history))
            if here is None:
                continue
            chances = {str(action): float(p) for action, p in mixed}
            worth = {str(action): float(v) for action, v in here}
            top = max(worth.values())
            powers = {action: math.exp(precision * (v - top)) for action, v in worth.items()}
            total = sum(powers.values())
            gaps += [abs(chances[a] - powers[a] / total) for a in chances]
    return max(gaps)


def extensive_form(game: Game) -> str:
    """The game as a Gambit file (.efg): the text any version of Gambit reads.

    Targets choose without seeing each other. Retaliation is chosen without seeing the others'.
    """
    return _Writer(game).text()


class _Writer:
    """Writes the tree depth first."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.lines: list[str] = []
        self.ends = 0
        self.sets: dict[tuple[int, str], int] = {}

    def text(self) -> str:
        game = self.game
        players = " ".join(f'"{i}"' for i in range(len(game.targets) + 1))
        self.lines = [f'EFG 2 R "threat game" {{ {players} }}', '""', ""]
        self._move(0, "start", ("no", "threat"))
        self._end(0.0, [0.0] * len(game.targets))
        self._targets("")
        return "\n".join(self.lines) + "\n"

    def _move(self, player: int, label: str, actions: Iterable[str]) -> None:
        """One decision node; nodes of a player with one label are one information set."""
        number = self.sets.setdefault((player, label), 1 + sum(p == player for p, _ in self.sets))
        words = " ".join(f'"{action}"' for action in actions)
        self.lines.append(f'p "" {player + 1} {number} "{label}" {{ {words} }} 0')

    def _end(self, sender: float, targets: list[float]) -> None:
        self.ends += 1
        values = " ".join(f"{value:.15f}" for value in (sender, *targets))
        self.lines.append(f't "" {self.ends} "end {self.ends}" {{ {values} }}')

    def _targets(self, acts: str) -> None:
        """The next target's choice, or the sender's when all have chosen."""
        i = len(acts)
        if i < len(self.game.targets):
            self._move(i + 1, "first", (COMPLY, DEFY))
            for act in (COMPLY, DEFY):
                self._targets(acts + act)
        elif DEFY in acts:
            profiles = punishments(acts)
            self._move(0, acts, profiles)
            for profile in profiles:
                self._retaliation(profile, profile, 0)
        else:
            self._leaf(acts)

    def _retaliation(self, chosen: str, profile: str, i: int) -> None:
        """The punished choose to retaliate or not, each without seeing the others."""
        hit = chosen.find(PUNISHED, i) if self.game.retaliation else -1
        if hit < 0:
            self._leaf(profile)
            return
        self._move(hit + 1, chosen, (PUNISHED, RETALIATES))
        for pick in (PUNISHED, RETALIATES):
            self._retaliation(chosen, profile[:hit] + pick + profile[hit + 1 :], hit + 1)

    def _leaf(self, profile: str) -> None:
        game = self.game
        utilities = [game.target_utility(profile, i) for i in range(len(game.targets))]
        self._end(game.sender_utility(profile), utilities)


def _profile(path: tuple[str, ...], game: Game) -> str:
    """The profile at the end of a path of action labels."""
    k = len(game.targets)
    if len(path) == 1 + k:
        return "".join(path[1:])
    letters, picks = list(path[1 + k]), path[2 + k :]
    spots = [i for i, letter in enumerate(letters) if letter == PUNISHED]
    for spot, pick in zip(spots, picks, strict=False):  # no picks without retaliation
        letters[spot] = pick
    return "".join(letters)


def _ended(path: tuple[str, ...], game: Game) -> bool:
    """Whether a path of action labels ends the game."""
    k = len(game.targets)
    if path == ("no",):
        return True
    if len(path) < 1 + k:
        return False
    if len(path) == 1 + k:
        return DEFY not in path[1:]
    hits = path[1 + k].count(PUNISHED) if game.retaliation else 0
    return len(path) == 2 + k + hits


def _named(game: Game) -> list[tuple[int, str]]:
    return list(enumerate(game.targets))


def _sum(chances: Iterable[float]) -> float:
    return float(sum(chances))
