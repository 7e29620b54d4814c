"""A threat game as a tree in Gambit's text format (.efg): Gambit is the second opinion."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from threatpoint.strategy.agents import FIRST, QUIET, START, THREAT, Agent, Play
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES, put
from threatpoint.strategy.perfect import punishments

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.game import Game


def gambit_tree(game: Game, payoffs: Mapping[str, Array]) -> tuple[Any, Any]:
    """Gambit and the tree as it reads it; the test skips where Gambit is not installed."""
    gambit = pytest.importorskip("pygambit", reason="Gambit is not installed")
    return gambit, gambit.read_efg(io.StringIO(extensive_form(game, payoffs)))


def gambit_path(game: Game, payoffs: Mapping[str, Array], precision: float) -> tuple[float, Play]:
    """How far Gambit's path comes, and play there."""
    gambit, tree = gambit_tree(game, payoffs)
    (found,) = gambit.qre.logit_solve_lambda(tree, lam=[precision])
    return float(found.lam), {
        agent_at(player, history.actions, len(game.targets)): {
            str(action): float(chance) for action, chance in mix
        }
        for player in tree.players
        for history, mix in found.profile[player]
    }


def extensive_form(game: Game, payoffs: Mapping[str, Array]) -> str:
    """The game as a Gambit file (.efg): the text any version of Gambit reads.

    Targets choose without seeing each other. Retaliation is chosen without seeing the others'.

    Args:
        game: the game.
        payoffs: profile -> utilities of sender and targets.
    """
    return _Writer(game, payoffs).text()


def agent_at(player: str, path: Sequence[str], targets: int) -> Agent:
    """The agent who moves after a path of actions."""
    if not path:
        label = START
    elif len(path) < 1 + targets:
        label = FIRST
    else:
        label = "".join(path[1:]) if len(path) == 1 + targets else path[1 + targets]
    return int(player), label


class _Writer:
    """Writes the tree depth first."""

    def __init__(self, game: Game, payoffs: Mapping[str, Array]) -> None:
        self.game = game
        self.payoffs = payoffs
        self.lines: list[str] = []
        self.ends = 0
        self.sets: dict[tuple[int, str], int] = {}

    def text(self) -> str:
        game = self.game
        players = " ".join(f'"{i}"' for i in range(len(game.targets) + 1))
        self.lines = [f'EFG 2 R "threat game" {{ {players} }}', '""', ""]
        self._move(0, START, (QUIET, THREAT))
        self._end(np.zeros(1 + len(game.targets)))
        self._targets("")
        return "\n".join(self.lines) + "\n"

    def _move(self, player: int, label: str, actions: Iterable[str]) -> None:
        """One decision node; nodes of a player with one label are one information set."""
        number = self.sets.setdefault((player, label), 1 + sum(p == player for p, _ in self.sets))
        words = " ".join(f'"{action}"' for action in actions)
        self.lines.append(f'p "" {player + 1} {number} "{label}" {{ {words} }} 0')

    def _end(self, utility: Array) -> None:
        self.ends += 1
        values = " ".join(f"{value:.15f}" for value in utility)
        self.lines.append(f't "" {self.ends} "end {self.ends}" {{ {values} }}')

    def _targets(self, acts: str) -> None:
        """The next target's choice, or the sender's when all have chosen."""
        i = len(acts)
        if i < len(self.game.targets):
            self._move(i + 1, FIRST, (COMPLY, DEFY))
            for act in (COMPLY, DEFY):
                self._targets(acts + act)
        elif DEFY in acts:
            profiles = punishments(acts)
            self._move(0, acts, profiles)
            for profile in profiles:
                self._retaliation(profile, profile, 0)
        else:
            self._end(self.payoffs[acts])

    def _retaliation(self, chosen: str, profile: str, i: int) -> None:
        """The punished choose to retaliate or not, each without seeing the others."""
        hit = chosen.find(PUNISHED, i) if self.game.retaliation else -1
        if hit < 0:
            self._end(self.payoffs[profile])
            return
        self._move(hit + 1, chosen, (PUNISHED, RETALIATES))
        for pick in (PUNISHED, RETALIATES):
            self._retaliation(chosen, put(profile, hit, pick), hit + 1)
