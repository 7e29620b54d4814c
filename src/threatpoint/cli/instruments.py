"""The options of the instruments, one each, and what is typed after them."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.cli.checked import Command
from threatpoint.errors import PolicyError, shown

if TYPE_CHECKING:
    from threatpoint.policy import Instrument
    from threatpoint.world.economy import Economy

GIVEN = f"{__name__}.given"
"""Where the words of the instruments stand: word of an instrument -> what was given of it."""


class WithInstruments(Command):
    """A command with an option for each instrument there is when it runs."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the instruments, then the others."""
        return [*_options(), *super().get_params(ctx)]

    def invoke(self, ctx: Any) -> Any:
        """Run, the words of the instruments apart."""
        ctx.meta[GIVEN] = {
            str(option.opts[0]).removeprefix("--"): ctx.params.pop(option.name)
            for option in _options()
        }
        return super().invoke(ctx)


def _options() -> list[Any]:
    """One option per instrument, as typer makes them of a signature."""
    from threatpoint.policy.instruments import INSTRUMENTS  # not needed for the other commands

    def instruments() -> None: ...

    types = {
        word.replace("-", "_"): Annotated[list[str] | None, typer.Option(help=kind.usage())]
        for word, kind in INSTRUMENTS.items()
    }
    instruments.__annotations__ = types
    instruments.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(n, Parameter.KEYWORD_ONLY, default=None, annotation=t) for n, t in types.items()]
    )
    app = typer.Typer(add_completion=False)
    app.command()(instruments)
    return list(typer.main.get_command(app).params)


def instruments(
    economy: Economy, given: dict[str, list[str] | None], services: bool, command: str
) -> list[Instrument]:
    """Instruments from their words; every bad word of the line is reported at once."""
    from dataclasses import replace

    from threatpoint.policy.instruments import INSTRUMENTS

    if not any(given.values()):
        options = ", ".join(f"--{kind}" for kind in given)
        raise PolicyError(
            f"no policy given: use one or several of {options}, "
            f"e.g. threatpoint {command} --cut-off USA:CHN,IND"
        )
    found: list[Instrument] = []
    problems: list[str] = []
    for kind, words in [(kind, words) for kind, many in given.items() for words in many or []]:
        try:
            item = INSTRUMENTS[kind].parse(words, economy)
        except PolicyError as error:
            text = str(error)
            problems.append(text if shown(words) in text else f"{shown(words)}: {text}")
            continue
        whole = services and item.goods_words == ("goods",)
        found.append(replace(item, **{item.goods_name: "all"}) if whole else item)
    if services and not problems and not any("all" in item.goods_words for item in found):
        problems.append("--services has no effect: every instrument given names its goods")
    if problems:
        raise PolicyError("\n       ".join(problems))
    return found
