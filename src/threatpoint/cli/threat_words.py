"""Words of `threatpoint threat` into priors, lambda and retaliation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.policy import Instrument, Rule
    from threatpoint.strategy import Prior
    from threatpoint.world.economy import Economy


def prior(where: str, words: str) -> Prior:
    """A prior from 'VALUE' or 'VALUE:LOW:HIGH'."""
    from threatpoint.strategy import Prior

    parts = words.split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) not in (1, 3):
        raise PolicyError(f"{where} {words!r}: give a number, or VALUE:LOW:HIGH, e.g. 10:5:20")
    if numbers == [0.0]:
        return Prior(0.0, 0.0, 0.0, "left out (0)")
    try:
        value, low, high = numbers if len(numbers) == 3 else numbers * 3
        return Prior(value, low, high)
    except PolicyError as error:
        raise PolicyError(f"{where} {words!r}: {error}") from error


def priors(name: str, words: Sequence[str]) -> Prior | dict[str, Prior]:
    """One prior for all targets, or one for each that is named; several joined by commas."""
    items = [part.strip() for word in words for part in word.split(",") if part.strip()]
    if not items:
        return prior(f"--{name}", "0")
    if len(items) == 1 and "=" not in items[0]:
        return prior(f"--{name}", items[0])
    bad = [item for item in items if "=" not in item]
    if bad:
        raise PolicyError(f"--{name} {bad[0]!r}: write TARGET=NUMBER for each, e.g. IND=10")
    split = [item.partition("=") for item in items]
    return {target.strip(): prior(f"--{name}", value) for target, _, value in split}


def require_precision(values: Sequence[float]) -> None:
    """Refuse a lambda that has no meaning, before anything is solved."""
    from threatpoint.errors import require_extra
    from threatpoint.strategy.precisions import require_precisions

    if require_precisions(values, "--lambda"):
        require_extra("game", "--lambda", "pygambit")


def retaliation(
    words: str, rule: Rule, economy: Economy, senders: tuple[str, ...]
) -> tuple[Instrument, ...]:
    """The tariff the punished may add on the goods of all senders."""
    if not words:
        return ()
    from threatpoint.policy import Tariff, percent
    from threatpoint.policy.scope import TARGET
    from threatpoint.strategy.coalition import senders_of

    try:
        rate = percent(float(words.strip().removeprefix("+").removesuffix("%")))
    except ValueError:
        raise PolicyError(f"--retaliation {words!r}: give a rate in percent, e.g. 25%") from None
    if not rate > 0:
        raise PolicyError(f"--retaliation {words!r}: give a rate above 0, e.g. 25%")
    return (Tariff(TARGET, senders_of(economy, rule, senders), "goods", rate, "add"),)
