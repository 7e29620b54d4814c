"""Words: an instrument as it is written on the command line, read and spelt by its entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, shown
from threatpoint.policy.instruments.entries import MARKS, Entry, defaults_of, entries_of

if TYPE_CHECKING:
    from threatpoint.policy.instruments.base import Instrument

    Kind = type[Instrument]


def written(kind: Kind) -> dict[str, Entry]:
    """The fields that the command line has, in its order."""
    found = [(name, entry) for name, entry in entries_of(kind).items() if entry.mark]
    return dict(sorted(found, key=lambda item: MARKS.index(item[1].mark)))


def syntax(kind: Kind) -> str:
    """'SENDER:TARGETS[/SECTORS][@ENFORCEMENT[~COST]]'."""
    text = ""
    for name, entry in written(kind).items():
        part = entry.mark + (entry.name or name.upper())
        if name not in defaults_of(kind):
            text += part
        else:  # what needs another entry stands inside its brackets
            text = f"{text.removesuffix(']')}[{part}]]" if entry.needs else f"{text}[{part}]"
    return text.removeprefix(":")


def usage(kind: Kind) -> str:
    """The syntax with an example."""
    return f"{syntax(kind)}, e.g. {kind.example}"


def split(kind: Kind, words: str) -> dict[str, str]:
    """Field -> its text, for the fields that are given.

    Raises:
        PolicyError: not the syntax of the instrument.
    """
    entries = written(kind)
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
        raise PolicyError(f"cannot read {shown(words)}; write {usage(kind)}")
    return found


def _parts(words: str, marks: tuple[str, ...]) -> dict[str, str]:
    """What stands after each mark, and at the head (""); nothing where the order is another."""
    plain = f"([^{''.join(marks)}]*)"
    tail = "".join(rf"(?:{re.escape(mark)}{plain})?" for mark in marks)
    match = re.fullmatch(plain + tail, words.strip())
    texts = zip(("", *marks), match.groups() if match else (), strict=False)
    return {mark: text for mark, text in texts if text is not None}


def spelt(item: Instrument) -> str:
    """The words that read back to this instrument."""
    kind, texts, text = type(item), item.texts(), ""
    for name, entry in written(kind).items():
        default = defaults_of(kind).get(name)
        usual = default is not None and texts[name] == entry.spell(default)
        text += "" if usual or name not in texts else entry.mark + texts[name]
    return text.removeprefix(":")
