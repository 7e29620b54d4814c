"""Draft from words: what somebody types for each question of a new situation, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, refuse
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.policy.instruments.entries import entries_of
from threatpoint.situation.draft import Draft
from threatpoint.situation.draft_answers import READ
from threatpoint.situation.draft_kinds import USUAL, drafts, instrument_of, size_of, word_of

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

    Words = Mapping[str, str]


ADDED = "+25%"
"""The tariff that a new file has where none is given; the file says that it is an assumption."""


def drafted(words: Words, economy: Economy) -> Draft:
    """The draft of what was typed.

    Args:
        words: question (a key of `READ`, "title" or "source") -> what was typed; one that is left
            out or blank is not said.
        economy: whose codes and names these are.

    Raises:
        PolicyError: with every answer that cannot be read, one a line.
    """
    given = said(words)
    refuse(f"--{_option(name)} has bytes that are no text" for name in given if _bytes(given[name]))
    problems, found = _missing(given), _read(given, economy)
    for name, answer in found.items():
        if isinstance(answer, PolicyError):
            problems += [f"--{_option(name)} {line}" for line in str(answer).split("\n")]
    refuse(dict.fromkeys(problems))
    texts = {name: given[name] for name in ("title", "source") if name in given}
    then = (instrument_of(given, economy),)
    kept = {name: found[name] for name in KEPT if name in found}
    return Draft(**texts, **kept, then=then, retaliation=found.get("retaliation", ()))


def _bytes(text: str) -> bool:
    """Whether there is something in it that no file could hold as text."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _read(given: Words, economy: Economy) -> dict[str, Any]:
    """Question -> what was answered, or the error; an answer that is none stands in no other's."""
    sound, found = dict(given), dict[str, Any]()
    for name in [name for name in READ if name in given]:
        try:
            found[name] = READ[name](given[name], sound, economy)
        except PolicyError as error:
            found[name] = error
            sound |= {name: usual} if (usual := said({}).get(name)) else {}
            sound = {key: text for key, text in sound.items() if key != name or usual}
    return found


def said(words: Words) -> dict[str, str]:
    """What was typed, with what is usual where nothing was."""
    given = {name: text.strip() for name, text in words.items() if text.strip()}
    usual = USUAL | {"date": date.today().isoformat()} | given
    if usual["instrument"] == "tariff":
        usual.setdefault("rate", ADDED)
    if "sectors" not in given and _named_goods(usual["instrument"]):
        del usual["sectors"]
    return usual


def _named_goods(word: str) -> bool:
    """Whether an instrument must say which goods it is about."""
    kind = INSTRUMENTS.get(word_of(word))
    return kind is not None and "sectors" not in entries_of(kind)


def _missing(given: Words) -> list[str]:
    """Questions that must be answered, and answers that go with no other."""
    problems: list[str] = []
    if "sender" not in given:
        problems.append("--sender is missing: say who threatens, e.g. --sender USA")
    if "targets" not in given and "buys" not in given:
        problems.append(
            "--targets is missing: say whom, e.g. --targets China,India; or, with --buys and "
            "--seller, what they buy from whom"
        )
    word = word_of(given["instrument"])
    if word in drafts() and "sectors" not in given:
        problems.append("--sectors is missing: say what is not to be bought, e.g. --sectors crude")
    if word in drafts() and size_of(word) and "rate" not in given:
        problems.append(f"--rate is missing: say how large the {INSTRUMENTS[word].title} is")
    if "buys" in given and "demand" in given:
        problems.append("--buys and --demand: ask for one of them")
    for name, other in NEEDS.items():
        if name in given and other not in given:
            problems.append(f"--{_option(name)} has no effect without --{_option(other)}")
    if "buys" in given and "seller" not in given:
        problems.append("--seller is missing: say from whom nobody is to buy, e.g. --seller Russia")
    return problems


NEEDS = {"cost": "demand", "seller": "buys", "min_value": "buys"}
"""Question -> the one without which its answer says nothing."""


KEPT = (
    *("sender", "targets", "buys", "seller", "min_value", "demand", "cost", "date", "clock"),
)  # fmt: skip
"""Questions whose answer the draft keeps as it is."""


def _option(name: str) -> str:
    return name.replace("_", "-")
