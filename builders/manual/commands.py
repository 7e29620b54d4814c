"""Every command with its options, from the command line itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from builders.manual.markdown import block, code, plain, table
from threatpoint.cli import app

HEAD = """# Commands

`threatpoint --help` lists them, and `threatpoint COMMAND --help` says what stands here. Exit codes:
0 answered, 2 bad input or a file that cannot be written, 3 no equilibrium or not solved.
"""


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name, command) for name, command in commands())])


def commands() -> Iterator[tuple[str, Any]]:
    """Words after `threatpoint` -> the command, those of a group by their two words."""
    yield from _below(get_command(app), ())


def _below(group: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _below(command, (*words, name))
        elif not command.hidden:
            yield " ".join((*words, name)), command


def parameters(command: Any) -> list[Any]:
    """Arguments and options that a reader is told of."""
    context = command.make_context("threatpoint", [], resilient_parsing=True)
    shown = (p for p in command.get_params(context) if not getattr(p, "hidden", False))
    return [p for p in shown if p.name != "help"]


def _section(name: str, command: Any) -> str:
    context = command.make_context(f"threatpoint {name}", [], resilient_parsing=True)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    rows = [_row(p, context) for p in parameters(command)]
    return "\n".join(
        [
            f"## threatpoint {name}\n",
            *(plain(part) + "\n" for part in _paragraphs(command.help or "")),
            block(usage, "text"),
            table(["Option", "What it does", "Left out"], rows),
            block(_examples(command.epilog or ""), "sh"),
        ]
    )


def _paragraphs(words: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", words.replace("\b", ""))]


def _examples(epilog: str) -> str:
    lines = (line.strip() for line in epilog.splitlines())
    return "\n".join(line for line in lines if line.startswith("threatpoint"))


def _row(parameter: Any, context: Any) -> tuple[str, str, str]:
    """As the help of the command writes it, the word that stands for nothing typed apart."""
    option, words = parameter.get_help_record(context)
    said, _, default = words.partition("[default: ")
    kept = "" if default.startswith(('"', "(")) else default.rstrip("]")
    return code(re.sub(r"<list\[(.*)\]>", r"<\1> ...", option)), plain(said), code(kept)
