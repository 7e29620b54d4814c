"""All subgame-perfect equilibria in pure strategies, by backward induction on sets of outcomes.

An outcome is kept when some equilibrium play of the subgames off its path makes every deviation
unprofitable; the worst such play is used. So the list of outcomes is complete for pure strategies,
though one outcome may be reached by several plans that differ off the path (Selten 1965).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, product
from math import inf
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, unknown
from threatpoint.strategy.game import (
    COMPLY,
    DEFY,
    PUNISHED,
    RETALIATES,
    NoCost,
    NoWorld,
    put,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from threatpoint.strategy.game import Game

    Utility = Callable[[str], float]

Plays = list[tuple[str, float]]
"""Profiles, each with its regret."""

MOVES = ("simultaneous", "sequential")
TOLERANCE = 1e-9
"""Payoffs closer than this (USD bn) count as equal."""

CONCEPT = "subgame-perfect equilibrium, pure strategies"
METHOD = "enumeration of outcomes by backward induction"


@dataclass(frozen=True)
class Equilibrium:
    """One equilibrium outcome.

    Attributes:
        threat: whether the sender threatens.
        profile: what then happens; without a threat, what would have happened.
        sender, targets: utilities on the path.
        regret: largest gain of a single deviation on the path, against the play that supports it.
        concept, method: what it is and how it was found.
    """

    threat: bool
    profile: str
    sender: float
    targets: tuple[float, ...]
    regret: float
    concept: str = CONCEPT
    method: str = METHOD


@dataclass(frozen=True)
class Equilibria:
    """Every outcome found.

    Attributes:
        found: the equilibria; may be empty.
        after_threat: outcomes once the threat is made, whether or not making it pays.
        moves: how the targets move.
        notes: why the list may be incomplete; empty when it is complete.
    """

    found: tuple[Equilibrium, ...]
    after_threat: tuple[Equilibrium, ...]
    moves: str
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True if no other outcome in pure strategies exists."""
        return not self.notes

    @property
    def status(self) -> str:
        """One line: how many, and whether there may be more."""
        count = len(self.found)
        words = f"{count} equilibri{'um' if count == 1 else 'a'} in pure strategies"
        if self.complete:
            return f"{words}, complete"
        return f"{words}, perhaps incomplete: {'; '.join(self.notes)}"


@dataclass
class _Search:
    """One enumeration: caches and remarks."""

    game: Game
    notes: dict[str, None] = field(default_factory=dict[str, None])
    known: dict[str, Plays] = field(default_factory=dict[str, "Plays"])

    def replies(self, acts: str) -> Plays:
        """Profiles (with regret) that may follow the targets' acts, a word of C and D."""
        if acts not in self.known:
            self.known[acts] = self._replies(acts)
            if not self.known[acts]:
                self.notes[f"no pure continuation after {acts}"] = None
        return self.known[acts]

    def _replies(self, acts: str) -> Plays:
        """The sender's best choices of whom to punish, with what follows."""
        utility = self.game.sender_utility
        choices = [c for c in map(self._retaliation, punishments(acts)) if c]
        secure = max((min(utility(p) for p, _ in choice) for choice in choices), default=-inf)
        return _kept(chain(*choices), secure, utility)

    def _retaliation(self, profile: str) -> Plays:
        """Pure Nash equilibria among the punished: who retaliates."""
        hit = [i for i, letter in enumerate(profile) if letter == PUNISHED]
        try:
            if not (self.game.retaliation and hit):
                self.game.sender_utility(profile)
                return [(profile, 0.0)]
            found = pure_nash(profile, hit, self.game.target_utility)
        except NoWorld as error:
            self.notes[str(error)] = None
            return []
        if not found:
            self.notes[f"no pure equilibrium of retaliation after {profile}"] = None
        return found

    def simultaneous(self) -> Plays:
        """Outcomes when all targets choose at once."""
        kept: Plays = []
        for acts in words_of(COMPLY + DEFY, len(self.game.targets)):
            for profile, regret in self.replies(acts):
                gains = [self._gain(acts, profile, i) for i in range(len(acts))]
                if max(gains) <= TOLERANCE:
                    kept.append((profile, max(regret, *gains)))
        return kept

    def _gain(self, acts: str, profile: str, i: int) -> float:
        """What target i gains by the other act, at the play that supports the outcome."""
        other = self.replies(put(acts, i, DEFY if acts[i] == COMPLY else COMPLY))
        if not other:
            return 0.0
        worst = min(self.game.target_utility(p, i) for p, _ in other)
        return max(0.0, worst - self.game.target_utility(profile, i))

    def sequential(self, order: tuple[int, ...], acts: str) -> Plays:
        """Outcomes when the targets in `order` still have to move; they see what came before."""
        if not order:
            return self.replies(acts)
        i, later = order[0], order[1:]
        sides = [self.sequential(later, put(acts, i, act)) for act in (COMPLY, DEFY)]
        kept: Plays = []
        for here, other in (sides, sides[::-1]):
            floor = min((self.game.target_utility(p, i) for p, _ in other), default=-inf)
            kept += _kept(here, floor, lambda profile: self.game.target_utility(profile, i))
        return kept


def _kept(plays: Iterable[tuple[str, float]], secure: float, utility: Utility) -> Plays:
    """The plays from which the mover gains nothing by what it is sure to get instead."""
    gains = [(p, regret, max(0.0, secure - utility(p))) for p, regret in plays]
    return [(p, max(regret, gain)) for p, regret, gain in gains if gain <= TOLERANCE]


def punishments(acts: str) -> list[str]:
    """Every profile the sender can make of the targets' acts: each defier is spared or punished."""
    options = [COMPLY if act == COMPLY else DEFY + PUNISHED for act in acts]
    return ["".join(word) for word in product(*options)]


def pure_nash(profile: str, movers: list[int], utility: Callable[[str, int], float]) -> Plays:
    """Pure Nash equilibria of a game in which each mover picks P or R; (profile, regret) each.

    Args:
        profile: letters of those who do not move are kept.
        movers: positions of those who choose.
        utility: of a profile to the mover at a position.
    """
    found: Plays = []
    for picks in product((PUNISHED, RETALIATES), repeat=len(movers)):
        word = profile
        for i, pick in zip(movers, picks, strict=True):
            word = put(word, i, pick)
        gains = [
            utility(put(word, i, RETALIATES if word[i] == PUNISHED else PUNISHED), i)
            - utility(word, i)
            for i in movers
        ]
        if max(gains) <= TOLERANCE:
            found.append((word, max(0.0, *gains)))
    return found


def equilibria(
    game: Game, moves: str = "simultaneous", order: tuple[str, ...] | None = None
) -> Equilibria:
    """All subgame-perfect equilibrium outcomes in pure strategies.

    Args:
        game: payoffs and political terms.
        moves: "simultaneous", or "sequential": the targets move one after the other.
        order: names of all targets in the order of their moves; as listed in the game by default.

    Raises:
        PolicyError: unknown moves, or an order that does not name every target once.
    """
    if moves not in MOVES:
        raise PolicyError(unknown("order of moves", moves, MOVES))
    names = game.targets if order is None else order
    if sorted(names) != sorted(game.targets):
        raise PolicyError(f"the order of moves {names} must name each target once: {game.targets}")
    if game.unpriced:
        return Equilibria((), (), moves, (str(NoCost(game.unpriced[0])),))
    search = _Search(game)
    if moves == "simultaneous":
        outcomes = search.simultaneous()
    else:
        turns = tuple(game.position(name) for name in names)
        outcomes = search.sequential(turns, DEFY * len(turns))
    after = [_outcome(game, True, profile, regret) for profile, regret in dict(outcomes).items()]
    made = [one for one in after if one.sender >= -TOLERANCE]
    withheld = [one for one in after if one.sender <= TOLERANCE]
    quiet = [_outcome(game, False, one.profile, max(0.0, one.sender)) for one in withheld[:1]]
    return Equilibria((*made, *quiet), tuple(after), moves, tuple(search.notes))


def _outcome(game: Game, threat: bool, profile: str, regret: float) -> Equilibrium:
    """Utilities on the path; without a threat they are those of the baseline, 0."""
    k = len(game.targets)
    if not threat:
        return Equilibrium(False, profile, 0.0, (0.0,) * k, regret)
    sender = game.sender_utility(profile)
    regret = max(regret, -min(0.0, sender)) if sender >= -TOLERANCE else regret
    return Equilibrium(
        True, profile, sender, tuple(game.target_utility(profile, i) for i in range(k)), regret
    )
