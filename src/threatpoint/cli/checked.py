"""Checked: what no command may be given, whatever its options, and numbers as people type them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from typer.core import TyperCommand

from threatpoint.errors import ThreatpointError, shown


class Command(TyperCommand):
    """A command that refuses blank words and options given twice instead of ignoring them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as usual, after the words have been looked at as typed."""
        given, _, order = self.make_parser(ctx).parse_args(args=list(args))
        problems = [*_blank(order, given), *_twice(order)]
        if problems:
            raise ThreatpointError("\n       ".join(problems))
        return super().parse_args(ctx, args)


def _blank(order: list[Any], given: dict[str, Any]) -> Iterator[str]:
    """Options whose word is empty."""
    for parameter in dict.fromkeys(order):
        value = given.get(parameter.name)
        words: list[Any] = list(value) if isinstance(value, list | tuple) else [value]
        if any(isinstance(word, str) and not word.strip() for word in words):
            yield f"{_name(parameter)} is empty: give it a value, or leave it out"


def _twice(order: list[Any]) -> Iterator[str]:
    """Options given more than once that take one value: the first would be lost."""
    for parameter in dict.fromkeys(order):
        option = parameter.param_type_name == "option"
        if option and order.count(parameter) > 1 and not (parameter.multiple or parameter.is_flag):
            yield f"{_name(parameter)} is given {order.count(parameter)} times; give it once"


def _name(parameter: Any) -> str:
    """--option, or the argument's name."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.name)


def real(option: str) -> Callable[[str], float]:
    """How the word of an option becomes a number; `Callable` as `typer.Option(parser=...)` asks.

    Python itself would also read '0_5' and 'nan'.
    """

    def number(text: str) -> float:
        return float(_read(option, text))

    return number


def whole(option: str, least: int, most: int) -> Callable[[str], int]:
    """The same for a whole number within bounds."""

    def integer(text: str) -> int:
        value = _read(option, text)
        if value != int(value) or not least <= value <= most:
            text = f"{option} {shown(text)} is not a whole number from {least} to {most:,}"
            raise ThreatpointError(text)
        return int(value)

    return integer


def _read(option: str, text: str) -> Decimal:
    from threatpoint.world.plain import number  # not needed for --help

    try:
        return number(str(text))  # a default comes here too, as it is
    except ValueError as error:
        raise ThreatpointError(f"{option} {shown(text)} {error}") from None
