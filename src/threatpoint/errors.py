"""Typed errors. Each says what is wrong, where, how big, and what to try.

Every error a user can cause derives from `ThreatpointError`; the command line prints it without a
traceback and exits with code 2.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threatpoint.equilibrium.status import Status


class ThreatpointError(Exception):
    """Base of all errors that a user can cause or meet."""


class WorldError(ThreatpointError, ValueError):
    """A world table is malformed: wrong shape, label, sign or a non-finite cell."""


class UnbalancedError(WorldError):
    """A world table violates an accounting identity."""


class PolicyError(ThreatpointError, ValueError):
    """An instrument or rule is malformed, contradictory or hits nobody."""


class TalksError(ThreatpointError, ValueError):
    """The terms of the talks are impossible: a discount of 1, a negative area, a non-number."""


class SituationError(ThreatpointError, ValueError):
    """A situation file is malformed. Carries every problem of the file at once.

    Attributes:
        problems: one finished sentence per problem, in file order.
    """

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{source}: {count} problem{'s' if count != 1 else ''}"
        super().__init__("\n".join([head, *(f"  - {problem}" for problem in self.problems)]))


class EquilibriumError(ThreatpointError, RuntimeError):
    """No equilibrium is returned. Carries the solver's status, never a number.

    Attributes:
        status: what was tried and how far it came; None when refused before solving.
    """

    def __init__(self, message: str, status: Status | None = None) -> None:
        super().__init__(message)
        self.status = status


class InfeasibleError(EquilibriumError):
    """The shock leaves a market or a country without a possible equilibrium."""


class NoPathError(InfeasibleError):
    """The path from the baseline ends before the whole shock is in.

    Attributes:
        share: how much of the shock still has an equilibrium on the path, 0 to 1.
    """

    def __init__(self, message: str, status: Status | None, share: float) -> None:
        super().__init__(message, status)
        self.share = share


class ConvergenceError(EquilibriumError):
    """The solver stopped (oscillating, diverging or stalled) before its tolerance."""


class CacheError(ThreatpointError):
    """Solved worlds cannot be kept in a folder; they are in memory, so nothing need be redone."""


class MissingExtraError(ThreatpointError, ImportError):
    """An optional part was asked for whose packages are not installed."""


def require_extra(extra: str, what: str, *modules: str) -> None:
    """Refuse, before any work is done, what needs packages that are not installed.

    Raises:
        MissingExtraError: names the packages and the extra that brings them.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"{what} needs {', '.join(missing)}, not installed here; "
            f"install with: pip install 'threatpoint[{extra}]' (or threatpoint[all])"
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """' (did you mean X?)' for the closest known spelling, or '' when none is close."""
    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.5)
    return f" (did you mean {by_fold[close[0]]!r}?)" if close else ""


def unknown(kind: str, word: str, known: Sequence[str], where: str = "") -> str:
    """Message for an unknown label: the label, its place, the nearest spelling, the choices."""
    place = f"{where}: " if where else ""
    shown = ", ".join(known[:40]) + (", …" if len(known) > 40 else "")
    return f"{place}unknown {kind} {word!r}{nearest(word, known)}; known: {shown}"
