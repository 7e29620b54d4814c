"""Typed errors. Each says what is wrong, where, how big, and what to try.

Every error a user can cause derives from `ThreatpointError`; the command line prints it without a
traceback and exits with code 2.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from threatpoint.status import Status

Wanted = TypeVar("Wanted")


class ThreatpointError(Exception):
    """Base of all errors that a user can cause or meet.

    Example:
        >>> try:
        ...     tp.load_world("guessed")
        ... except tp.ThreatpointError as error:
        ...     print(error)
        unknown set of tariffs 'guessed'; known: collected, statutory
    """


class InputError(ThreatpointError, ValueError):
    """An input file is no readable text of a bounded size and shape; says why, not which file."""


class QuantityError(ThreatpointError, ValueError):
    """A number is not finite, or lies outside its range."""


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
        super().__init__(problem_list(source, self.problems))


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


MOST_SHOWN = 50
"""Problems of one file or table that a message prints; of the rest it gives the number."""

MOST_FOUND = 1000
"""Problems after which a reader stops looking for more."""

LONGEST_SHOWN = 60
"""Characters of what was given that a message repeats."""

LONGEST_LINE = 1500
"""Characters of one line of a message."""

MOST_COMPARED = 500
"""Known words that a misspelt one is compared with."""


def problem_list(source: str, problems: Sequence[str]) -> str:
    """All problems of one source as a message: their number, the first of them one a line."""
    count, more = len(problems), len(problems) - MOST_SHOWN
    least = "at least " if count >= MOST_FOUND else ""
    lines = [f"{source}: {least}{count:,} problem{'s' if count != 1 else ''}"]
    lines += [f"  - {_cut(problem, LONGEST_LINE)}" for problem in problems[:MOST_SHOWN]]
    return "\n".join([*lines, *([f"  ... and {more:,} more"] if more > 0 else [])])


def refuse(problems: Iterable[str], title: str = "") -> None:
    """Raise a `PolicyError` with one line a problem, each after the title; nothing without any."""
    if lines := [f"{title}: {problem}" if title else problem for problem in problems]:
        raise PolicyError("\n".join(lines))


def shown(value: object) -> str:
    """What was given as a message repeats it: as Python writes it, cut where it is long."""
    try:
        words = repr(value)
    except (ValueError, RecursionError):  # an integer or nesting beyond what Python prints
        return "something too long to show"
    return _cut(words, LONGEST_SHOWN)


def short(message: str) -> str:
    """A message with every line cut where it is longer than anybody reads."""
    return "\n".join(_cut(line, LONGEST_LINE) for line in message.split("\n"))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def nearest(word: object, known: Iterable[str]) -> str:
    """' (did you mean X?)' for the closest known spelling, or '' when none is close."""
    if not isinstance(word, str) or len(word) > LONGEST_SHOWN:
        return ""
    by_fold = {name.casefold(): name for name in islice(known, MOST_COMPARED)}
    close = difflib.get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.5)
    return f" (did you mean {by_fold[close[0]]!r}?)" if close else ""


def unknown(
    kind: str, word: object, known: Sequence[str], where: str = "", names: Iterable[str] = ()
) -> str:
    """Message for an unknown label: the label, its place, the nearest spelling, the choices.

    `names` are other spellings that may be the nearest, but are not listed.
    """
    place = f"{where}: " if where else ""
    choices = ", ".join(known[:40]) + (", …" if len(known) > 40 else "")
    return f"{place}unknown {kind} {shown(word)}{nearest(word, (*known, *names))}; known: {choices}"


def require_label(
    kind: str, word: object, known: Collection[str], error: type[ThreatpointError], where: str = ""
) -> str:
    """The word, if it is text and known.

    Raises:
        error: anything else, also what is no text at all; with the nearest spelling.
    """
    if isinstance(word, str) and word in known:
        return word
    raise error(unknown(kind, word, tuple(known), where))


def require_type(
    what: str, value: object, wanted: type[Wanted], error: type[ThreatpointError]
) -> Wanted:
    """The value, if it is of the type that is wanted.

    Raises:
        error: it is not; names what was given and what it must be.
    """
    if isinstance(value, wanted):
        return value
    raise error(f"{what} must be {_article(wanted.__name__)}, not {shown(value)}")


def _article(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"
