"""Decimals: shares and amounts as people write them, exactly."""

from __future__ import annotations

from decimal import Decimal

from threatpoint.errors import PolicyError, shown
from threatpoint.policy.numbers import Share
from threatpoint.world.plain import number


def amount_text(value: float, places: int = 0) -> str:
    """60.0 is '60', exactly: the shortest decimal that reads back to the same float."""
    return f"{Decimal(repr(float(value))).scaleb(places).normalize():f}"


def percent_text(share: float) -> str:
    """0.8 is '80%', exactly."""
    return f"{amount_text(share, 2)}%"


def percentage(text: str, words: str) -> Share:
    """'25%' as a share; a number without % is refused as ambiguous, but 0 is 0 either way."""
    text = text.strip()
    read = decimal(text.removesuffix("%"), words)
    if read and not text.endswith("%"):
        raise PolicyError(f"{shown(words)}: {text} is ambiguous; write {text}% or {100 * read:f}%")
    return Share(read.scaleb(-2))


def share(what: str, text: str, words: str, mark: str) -> float:
    """'80%' or '0.8' as a share in [0, 1]; `mark` is what stands before it."""
    text = text.strip()
    read = decimal(text.removesuffix("%"), words)
    value = read.scaleb(-2) if text.endswith("%") else read
    if not 0 <= value <= 1:
        hint = "" if text.endswith("%") else f"; write {mark}{text}%"
        raise PolicyError(f"{shown(words)}: {what} {text} is outside 0 to 1{hint}")
    return float(value)


def decimal(text: str, words: str, example: str = "25%") -> Decimal:
    """A number as `world.plain` reads it; raises `PolicyError` otherwise."""
    try:
        return number(text)
    except ValueError as error:
        problem = f"{shown(words)}: {shown(text)} {error}; write e.g. {example}"
        raise PolicyError(problem) from None
