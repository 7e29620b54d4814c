"""Words of `threatpoint threat` into priors, lambda and retaliation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, shown
from threatpoint.world.places import code_of
from threatpoint.world.plain import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.policy import Instrument, Rule
    from threatpoint.quantity import Quantity
    from threatpoint.world.economy import Economy


FORM = "give a number, or VALUE:LOW:HIGH, e.g. 10:5:20"


def codes(option: str, words: str, economy: Economy) -> tuple[str, ...]:
    """Codes of a list of countries and groups; what is unknown stays, for who uses it to refuse.

    Raises:
        PolicyError: a blank or repeated entry.
    """
    if not words:
        return ()
    items = entries(option, words, "CHN,IND")
    found = [code_of(word, economy) or word for word in items]
    twice = [code for code in dict.fromkeys(found) if found.count(code) > 1]
    if twice:
        raise PolicyError(f"{option} {shown(words)}: {twice[0]} stands there twice")
    return tuple(found)


def entries(option: str, words: str, example: str) -> list[str]:
    """The entries of a list with commas.

    Raises:
        PolicyError: a blank entry.
    """
    items = [word.strip() for word in words.split(",")]
    if not all(items):
        raise PolicyError(f"{option} {shown(words)}: an entry is empty; write e.g. {example}")
    return items


def prior(where: str, words: str) -> Quantity:
    """A prior from 'VALUE' or 'VALUE:LOW:HIGH'."""
    from threatpoint.strategy.terms import NOTHING, amount

    parts = words.split(":")
    if len(parts) not in (1, 3) or not all(parts):
        raise PolicyError(f"{where} {shown(words)}: {FORM}")
    try:
        numbers = [float(number(part)) for part in parts]
    except ValueError as error:
        raise PolicyError(f"{where} {shown(words)} {error}: {FORM}") from None
    if numbers == [0.0]:
        return NOTHING
    value, low, high = numbers if len(numbers) == 3 else numbers * 3
    return amount(f"{where} {words!r}", value, low, high)


def priors(name: str, words: Sequence[str], economy: Economy) -> Quantity | dict[str, Quantity]:
    """One prior for all targets, or one for each that is named; several joined by commas."""
    items = [part.strip() for word in words for part in word.split(",")]
    if not items:
        return prior(f"--{name}", "0")
    if len(items) == 1 and "=" not in items[0]:
        return prior(f"--{name}", items[0])
    split = [item.partition("=") for item in items]
    bad = [
        item for item, (target, sign, _) in zip(items, split, strict=True) if not target or not sign
    ]
    if bad:
        raise PolicyError(f"--{name} {shown(bad[0])}: write TARGET=NUMBER for each, e.g. IND=10")
    targets = codes(f"--{name}", ",".join(target for target, _, _ in split), economy)
    return {
        target: prior(f"--{name}", value)
        for target, (_, _, value) in zip(targets, split, strict=True)
    }


def require_precision(values: Sequence[float]) -> None:
    """Refuse a lambda that has no meaning, before anything is solved."""
    from threatpoint.strategy.precisions import require_precisions

    require_precisions(values, "--lambda")


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
        rate = percent(float(number(words.strip().removesuffix("%"))))
    except ValueError as error:
        text = f"--retaliation {shown(words)} {error}: give a rate in percent, e.g. 25%"
        raise PolicyError(text) from None
    if not rate > 0:
        raise PolicyError(f"--retaliation {shown(words)}: give a rate above 0, e.g. 25%")
    return (Tariff(TARGET, senders_of(economy, rule, senders), "goods", rate, "add"),)
