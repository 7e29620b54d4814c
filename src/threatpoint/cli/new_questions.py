"""What `threatpoint new` asks, and asks again after a slip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import typer

from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

Answers = dict[str, str]
"""Option -> what was typed."""


class Question(NamedTuple):
    """One question.

    Attributes:
        name: the option that answers it.
        text: what is asked.
        matters: whether it is asked, after the answers so far.
        needed: whether it must be answered.
    """

    name: str
    text: str
    matters: Callable[[Answers], bool] = lambda _: True
    needed: bool = False


def _size(answers: Answers) -> bool:
    """Whether the instrument has a size."""
    from threatpoint.situation.draft_words import size_of

    return bool(size_of(answers["instrument"].casefold().replace(" ", "-")))


QUESTIONS = (
    Question("sender", "Who threatens? Countries or groups, with commas", needed=True),
    Question("targets", "Whom? Leave it empty to hit whoever buys something"),
    Question("instrument", "With what? A tariff, cut-off, export-ban, quota, export-tax, …"),
    Question(
        "rate", "How much? +25% is on top of the tariff in force, 25% replaces it", _size, True
    ),
    Question("sectors", "On which sectors? Codes or names, or goods, services, all", needed=True),
    Question(
        "buys",
        "What are they to stop buying? A sector, crude, refined",
        lambda a: not a.get("targets"),
        True,
    ),
    Question("seller", "From whom?", lambda a: bool(a.get("buys")), True),
    Question(
        "min_value",
        "From how many USD bn a year on? Empty for any",
        lambda a: bool(a.get("buys")),
    ),
    Question(
        "demand",
        "Unless they do what? In words; empty for nothing",
        lambda a: not a.get("buys"),
    ),
    Question(
        "cost",
        "What would that cost each a year, USD bn? VALUE or VALUE:LOW:HIGH; empty if unknown",
        lambda a: bool(a.get("demand")),
    ),
    Question("date", "On which day? As 2025-03-31"),
    Question("clock", "After which day is it carried out? Empty if none was named"),
    Question("retaliation", "Which tariff would they add in return? As 25%; empty for none"),
    Question("source", "Which text says so? Empty for an assumption of your own"),
)


def asked(options: Answers, economy: Economy) -> Answers:
    """The options with an answer to every question that is left; a slip is asked again."""
    from threatpoint.situation.draft_words import said

    answers = dict(options)
    for each in QUESTIONS:
        if each.name not in options and each.matters({**said(answers), **answers}):
            answers[each.name] = _answer(each, answers, economy)
    return answers


def _answer(question: Question, answers: Answers, economy: Economy) -> str:
    """One answer that means something."""
    from threatpoint.situation.draft_words import READ, said

    name, usual = question.name, said(answers).get(question.name, "")
    while True:
        text = str(typer.prompt(question.text, default=usual, show_default=bool(usual))).strip()
        try:
            if name in READ and text:
                READ[name](text, said({**answers, name: text}), economy)
            if text or not question.needed:
                return text
        except PolicyError as error:
            print(f"  {error}")
