"""Words: an instrument as it is written, read, spelt and checked by the entries of its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Self

from threatpoint.errors import PolicyError, shown
from threatpoint.policy.instruments.entries import (
    FIGURES,
    MARKS,
    Entry,
    defaults_of,
    entries_of,
)
from threatpoint.policy.numbers import require_escape
from threatpoint.policy.scope import listed

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Written:
    """Base of instruments: their words."""

    title: ClassVar[str]
    example: ClassVar[str]
    """An example of its words."""

    def __post_init__(self) -> None:
        """Selectors become tuples of words, and every value is checked by itself."""
        for name, entry in self.entries.items():
            value = getattr(self, name)
            if entry.key in ("side", "goods", "good"):
                object.__setattr__(self, name, listed(value, name))
            if entry.check:
                entry.check(value)
            if entry.needs:
                require_escape(getattr(self, entry.needs), value)

    @classmethod
    def usage(cls) -> str:
        """How it is written on the command line, with an example."""
        text = ""
        for name, entry in _written(cls).items():
            part = entry.mark + (entry.name or name.upper())
            if name not in defaults_of(cls):
                text += part
            else:  # what needs another entry stands inside its brackets
                text = f"{text.removesuffix(']')}[{part}]]" if entry.needs else f"{text}[{part}]"
        return f"{text.removeprefix(':')}, e.g. {cls.example}"

    @classmethod
    def parse(cls, words: str, economy: Economy) -> Self:
        """The instrument from its words.

        Raises:
            PolicyError: not the form of `usage`, or an unknown label, with the nearest spelling.
        """
        return cls(**cls.read(_split(cls, words), words, economy))

    @classmethod
    def read(cls, texts: Mapping[str, str], words: str, economy: Economy) -> dict[str, Any]:
        """Field -> value, from the text of each field; `words` are those of the whole."""
        entries = entries_of(cls)
        return {name: entries[name].read(text, economy, words) for name, text in texts.items()}

    def texts(self) -> dict[str, str]:
        """Field -> its text on the command line, where it has a value or a word for none."""
        entries = _written(type(self)).items()
        given = ((name, entry, getattr(self, name)) for name, entry in entries)
        return {
            name: entry.spell(value)
            for name, entry, value in given
            if value is not None or entry.nothing
        }

    def to_words(self) -> str:
        """The words that `parse` reads back to this instrument."""
        usual, entries = defaults_of(type(self)), self.entries
        texts = "".join(
            entries[name].mark + text
            for name, text in self.texts().items()
            if usual.get(name) is None or text != entries[name].spell(usual[name])
        )
        return texts.removeprefix(":")

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Field -> how it is written."""
        return entries_of(type(self))

    @property
    def side_names(self) -> tuple[str, ...]:
        """Names of the fields of its sides, one or two, in the order of the words."""
        return tuple(name for name, entry in self.entries.items() if entry.key == "side")

    @property
    def goods_name(self) -> str:
        """Name of the field that says which goods."""
        goods = (name for name, entry in self.entries.items() if entry.key in ("goods", "good"))
        return next(goods)

    @property
    def actor(self) -> str:
        """Name of the side that carries it out; "" where neither does."""
        return next((name for name, entry in self.entries.items() if entry.acts), "")

    @property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The words for its sides, one or two."""
        return tuple(getattr(self, name) for name in self.side_names)

    @property
    def aim(self) -> tuple[Any, ...]:
        """Its kind and all its fields but figures: what decides which flows it hits."""
        figures = {name for name, entry in self.entries.items() if entry.key in FIGURES}
        words = (getattr(self, f.name) for f in fields(self) if f.name not in figures)
        return type(self), *words

    @property
    def goods_words(self) -> tuple[str, ...]:
        """The words for the goods."""
        return listed(getattr(self, self.goods_name), self.goods_name)


def _written(kind: type[Written]) -> dict[str, Entry]:
    """The fields that the command line has, in its order."""
    found = [(name, entry) for name, entry in entries_of(kind).items() if entry.mark]
    return dict(sorted(found, key=lambda item: MARKS.index(item[1].mark)))


def _split(kind: type[Written], words: str) -> dict[str, str]:
    """Field -> its text, for the fields that are given.

    Raises:
        PolicyError: not the syntax of the instrument.
    """
    entries = _written(kind)
    heads = [name for name, entry in entries.items() if entry.mark == ":"]
    tails = {entry.mark: name for name, entry in entries.items() if entry.mark != ":"}
    given = _parts(words, tuple(dict.fromkeys((*"/@~", *tails))))
    unfit = [mark for mark in given if mark not in tails and mark]
    if {*unfit} & {*"@~"} and not {*tails} & {*"@~"}:
        text = f"{kind.title} has no enforcement or evasion; drop '@' and '~'"
        raise PolicyError(f"{shown(words)}: {text}")
    head = given.pop("", "").split(":")
    found = dict(zip(heads, head, strict=False))
    blank = not all(part.strip() for part in head)
    found |= {tails[mark]: text for mark, text in given.items() if mark in tails}
    lacking = [name for name in entries if name not in found and name not in defaults_of(kind)]
    if unfit or blank or lacking or len(head) > len(heads):
        raise PolicyError(f"cannot read {shown(words)}; write {kind.usage()}")
    return found


def _parts(words: str, marks: tuple[str, ...]) -> dict[str, str]:
    """What stands after each mark, and at the head (""); nothing where the order is another."""
    plain = f"([^{''.join(marks)}]*)"
    tail = "".join(rf"(?:{re.escape(mark)}{plain})?" for mark in marks)
    match = re.fullmatch(plain + tail, words.strip())
    texts = zip(("", *marks), match.groups() if match else (), strict=False)
    return {mark: text for mark, text in texts if text is not None}
