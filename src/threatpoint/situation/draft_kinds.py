"""Instruments that a draft can have, and the one that some answers name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, require_label, shown
from threatpoint.policy.instruments import INSTRUMENTS, Instrument
from threatpoint.policy.instruments.entries import Entry, defaults_of, entries_of
from threatpoint.policy.scope import TARGET
from threatpoint.world.places import code_of, unknown_place

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

    Words = Mapping[str, str]


USUAL = {"instrument": "tariff", "sectors": "goods"}
"""Question -> its answer where none is given."""


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


def word_of(text: str) -> str:
    """An instrument as files write it."""
    return text.strip().casefold().replace(" ", "-")


def instrument_of(words: Words, economy: Economy) -> Instrument:
    """The punishment; raises `PolicyError` for words that mean nothing."""
    word = kind_of(words["instrument"], words, economy)
    kind, size = INSTRUMENTS[word], size_of(word)
    sides = [name for name, entry in entries_of(kind).items() if entry.key == "side"]
    acts = next((n for n in sides if entries_of(kind)[n].acts), sides[-1])
    goods = next(name for name, entry in entries_of(kind).items() if entry.key == "goods")
    texts = {goods: words.get("sectors", USUAL["sectors"])}
    texts |= {size: words["rate"]} if size else _no_size(word, words)
    texts |= _enforcement(kind, words)
    who = codes_of(words["sender"], words, economy) if "sender" in words else ("others",)
    both: dict[str, Any] = {name: who if name == acts else (TARGET,) for name in sides}
    label = words.get("enforcement") or words.get("rate", word)
    return kind(**both, **kind.read(texts, label, economy))


def _no_size(word: str, words: Words) -> dict[str, str]:
    if "rate" in words:
        raise PolicyError(f"has no effect: the {INSTRUMENTS[word].title} has no rate; leave it out")
    return {}


def _enforcement(kind: type[Instrument], words: Words) -> dict[str, str]:
    if "enforcement" in words and "enforcement" not in entries_of(kind):
        raise PolicyError(f"has no effect: the {kind.title} has no enforcement; leave it out")
    return {name: words[name] for name in ("enforcement",) if name in words}


def kind_of(text: str, _: Words, economy: Economy) -> str:
    """An instrument that a draft can have."""
    word = word_of(text)
    if word in INSTRUMENTS and word not in drafts():
        raise PolicyError(
            f"{word} is written by hand, see docs/situations.md; a new file has "
            f"{', '.join(drafts())}"
        )
    return require_label("instrument", word, drafts(), PolicyError)


def codes_of(text: str, _: Words, economy: Economy) -> tuple[str, ...]:
    """Countries and groups."""
    known = (*economy.countries, *economy.groups)
    found: list[str] = []
    for word in text.split(","):
        if not word.strip():
            raise PolicyError(f"{shown(text)}: an entry is empty; write e.g. CHN,IND")
        code = code_of(word, economy)
        if code is None:
            raise PolicyError(unknown_place(economy, word.strip(), known))
        found.append(code)
    if len(found) > len(set(found)):
        raise PolicyError(f"{shown(text)}: a country stands there twice")
    return tuple(found)
