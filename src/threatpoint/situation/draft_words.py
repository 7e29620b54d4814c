"""Draft from words: what somebody types for each question of a new situation, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, refuse, require_label, shown
from threatpoint.policy import door
from threatpoint.policy.instruments import INSTRUMENTS, Instrument
from threatpoint.policy.instruments.entries import Entry, defaults_of, entries_of
from threatpoint.policy.instruments.tariff import Tariff
from threatpoint.policy.scope import TARGET
from threatpoint.policy.standing import day_of
from threatpoint.situation.draft import Draft
from threatpoint.world.places import code_of, unknown_place
from threatpoint.world.plain import number

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

    Words = Mapping[str, str]
    Read = Callable[[str, Words, Economy], Any]

USUAL = {"instrument": "tariff", "sectors": "goods"}
"""Question -> its answer where none is given."""
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
    problems, found = _missing(given), _read(given, economy)
    for name, answer in found.items():
        if isinstance(answer, PolicyError):
            problems += [f"--{_option(name)} {line}" for line in str(answer).split("\n")]
    refuse(dict.fromkeys(problems))
    texts = {name: given[name] for name in ("title", "source") if name in given}
    then = (instrument_of(given, economy),)
    kept = {name: found[name] for name in KEPT if name in found}
    return Draft(**texts, **kept, then=then, retaliation=found.get("retaliation", ()))


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
    kind = INSTRUMENTS.get(_word(word))
    return kind is not None and "sectors" not in entries_of(kind)


def _word(text: str) -> str:
    """An instrument as files write it."""
    return text.strip().casefold().replace(" ", "-")


def drafts() -> tuple[str, ...]:
    """The instruments that a draft can have: with two sides, and sectors or goods."""
    return tuple(
        word
        for word, kind in INSTRUMENTS.items()
        if [entry.key for entry in entries_of(kind).values()].count("side") == 2
        and any(entry.key == "goods" for entry in entries_of(kind).values())
    )


def size_of(word: str) -> str:
    """The key of the figure that an instrument needs: "rate", "volume", or "" for none."""
    kind = INSTRUMENTS[word]
    needed = (
        name
        for name, entry in entries_of(kind).items()
        if entry.key == "percent" and name not in defaults_of(kind)
    )
    entered = (name for name, entry in entries_of(kind).items() if _sized(entry))
    return next(needed, next(entered, ""))


def _sized(entry: Entry) -> bool:
    """Whether it is a rate or size that nothing else must go with."""
    return entry.key == "percent" and not entry.needs


def instrument_of(words: Words, economy: Economy) -> Instrument:
    """The punishment; raises `PolicyError` for words that mean nothing."""
    word = _kind(words["instrument"], words, economy)
    kind, size = INSTRUMENTS[word], size_of(word)
    sides = [name for name, entry in entries_of(kind).items() if entry.key == "side"]
    acts = next((n for n in sides if entries_of(kind)[n].acts), sides[-1])
    goods = next(name for name, entry in entries_of(kind).items() if entry.key == "goods")
    texts = {goods: words.get("sectors", USUAL["sectors"])}
    texts |= {size: words["rate"]} if size else _no_size(word, words)
    texts |= _enforcement(kind, words)
    who = _codes(words["sender"], words, economy) if "sender" in words else ("others",)
    both: dict[str, Any] = {name: who if name == acts else (TARGET,) for name in sides}
    return kind(**both, **kind.read(texts, words.get("rate", word), economy))


def _no_size(word: str, words: Words) -> dict[str, str]:
    if "rate" in words:
        raise PolicyError(f"has no effect: the {INSTRUMENTS[word].title} has no rate; leave it out")
    return {}


def _enforcement(kind: type[Instrument], words: Words) -> dict[str, str]:
    if "enforcement" in words and "enforcement" not in entries_of(kind):
        raise PolicyError(f"has no effect: the {kind.title} has no enforcement; leave it out")
    return {name: words[name] for name in ("enforcement",) if name in words}


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
    word = _word(given["instrument"])
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


# -- one answer each --------------------------------------------------------------------------


def _codes(text: str, _: Words, economy: Economy) -> tuple[str, ...]:
    """Countries and groups."""
    known = (*economy.countries, *economy.groups)
    found: list[str] = []
    for word in text.split(","):
        code = code_of(word, economy)
        if code is None:
            raise PolicyError(unknown_place(economy, word.strip(), known))
        found.append(code)
    if len(found) > len(set(found)):
        raise PolicyError(f"{shown(text)}: a country stands there twice")
    return tuple(found)


def _kind(text: str, _: Words, economy: Economy) -> str:
    """An instrument that a draft can have."""
    word = _word(text)
    if word in INSTRUMENTS and word not in drafts():
        raise PolicyError(
            f"{word} is written by hand, see docs/situations.md; a new file has "
            f"{', '.join(drafts())}"
        )
    return require_label("instrument", word, drafts(), PolicyError)


def _sectors(text: str, words: Words, economy: Economy) -> tuple[str, ...]:
    """Sectors, or for a stop of buying goods."""
    kind = INSTRUMENTS[_kind(words["instrument"], words, economy)]
    entry = next(entry for entry in entries_of(kind).values() if entry.key == "goods")
    found: tuple[str, ...] = entry.read(text, economy, text)
    return found


def _goods(text: str, _: Words, economy: Economy) -> tuple[str, ...]:
    return door.goods(text, economy, text)


def _money(text: str, *_: Any) -> Decimal:
    """An amount in USD bn."""
    try:
        found = number(text)
    except ValueError as error:
        raise PolicyError(f"{shown(text)} {error}: give USD bn, e.g. 5") from None
    if found <= 0:
        raise PolicyError(f"{shown(text)}: give more than 0 USD bn, or leave it out")
    return found


def _cost(text: str, *_: Any) -> tuple[Decimal, ...]:
    """A cost, or value, low and high."""
    parts = text.split(":")
    if len(parts) not in (1, 3):
        raise PolicyError(f"{shown(text)}: give USD bn as VALUE or VALUE:LOW:HIGH, e.g. 1:0.5:2")
    found = tuple(_money(part) for part in parts)
    if len(found) == 3 and not found[1] <= found[0] <= found[2]:
        raise PolicyError(f"{shown(text)}: the value is outside its range")
    return found


def _day(text: str, *_: Any) -> date:
    return day_of(text)


def _clock(text: str, words: Words, economy: Economy) -> date:
    clock = day_of(text)
    if clock < day_of(words["date"]):
        raise PolicyError(f"{clock} is before the threat is made, {words['date']}")
    return clock


def _back(text: str, words: Words, economy: Economy) -> tuple[Instrument, ...]:
    """The tariff that a target adds on the sender's goods."""
    rate = Tariff.read({"rate": f"+{text.removeprefix('+')}"}, text, economy)
    return (Tariff(TARGET, _codes(words.get("sender", "ROW"), words, economy), **rate),)


def _punishment(_: str, words: Words, economy: Economy) -> Instrument:
    return instrument_of(words, economy)


READ: dict[str, Read] = {
    "sender": _codes,
    "targets": _codes,
    "instrument": _kind,
    "sectors": _sectors,
    "rate": _punishment,
    "enforcement": _punishment,
    "buys": _goods,
    "seller": _codes,
    "min_value": _money,
    "cost": _cost,
    "demand": lambda text, *_: text,
    "date": _day,
    "clock": _clock,
    "retaliation": _back,
}
"""Question -> what reads its answer; raises `PolicyError`."""
KEPT = (
    *("sender", "targets", "buys", "seller", "min_value", "demand", "cost", "date", "clock"),
)  # fmt: skip
"""Questions whose answer the draft keeps as it is."""


def _option(name: str) -> str:
    return name.replace("_", "-")
