"""Legal form: whether a sender may lawfully use a form, from a table with sources, or as given.

What a court would say of a threat is not known; the table says what a law allows or bars.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.files import read_csv
from threatpoint.strategy.design.forms import FORMS
from threatpoint.words import listing

if TYPE_CHECKING:
    from threatpoint.strategy.design.forms import Form
    from threatpoint.world.economy import Economy

YES, NO, UNKNOWN = "yes", "no", "not on record"
TABLE = Path(__file__).with_name("legal_forms.csv")


@dataclass(frozen=True)
class Standing:
    """Whether a sender may use a form.

    Attributes:
        sender: code, or name of the customs union that decides for it.
        form: a key of `FORMS`.
        lawful: `YES`, `NO` or `UNKNOWN`.
        source: law and article; "" where nothing is on record.
        since: from which day; None where it is given for the case at hand.
    """

    sender: str
    form: str
    lawful: str
    source: str = ""
    since: date | None = None


@cache
def table() -> tuple[Standing, ...]:
    """What is shipped."""
    return tuple(
        Standing(r["sender"], r["form"], r["lawful"], r["source"], date.fromisoformat(r["since"]))
        for r in read_csv(TABLE)
    )


def standings(
    economy: Economy,
    senders: Sequence[str],
    forms: Iterable[Form],
    day: date | None = None,
    given: Sequence[Standing] = (),
) -> list[Standing]:
    """Every form for every sender, a customs union as one.

    Args:
        economy: knows the unions.
        senders: codes.
        forms: that are asked about.
        day: laws that came later are not known; None: all are.
        given: what a file says of the case, in place of the table.
    """
    decides = home(economy, given)
    deciding = dict.fromkeys(decides.get(code, code) for code in senders)
    own = {(each.sender, each.form): each for each in given}
    known = {
        (each.sender, each.form): each
        for each in sorted(table(), key=lambda each: each.since or date.min)
        if day is None or each.since is None or each.since <= day
    }
    found = known | own
    return [
        found.get((sender, form.name), Standing(sender, form.name, UNKNOWN))
        for sender in deciding
        for form in forms
    ]


def home(economy: Economy, given: Iterable[Standing] = ()) -> dict[str, str]:
    """Member of a union of which something is on record -> the union, which decides for it."""
    unions = {each.sender for each in (*table(), *given)} & {*economy.groups}
    return {code: name for name in sorted(unions) for code in economy.groups[name]}


def shared(forms: Sequence[Form], found: Iterable[Standing]) -> tuple[Form, ...]:
    """The forms that are on record as lawful for every sender; none where there is none."""
    lacking = {each.form for each in found if each.lawful != YES}
    return tuple(form for form in forms if form.name not in lacking)


def lawful(forms: Sequence[Form], found: Iterable[Standing]) -> tuple[Form, ...]:
    """The forms that are on record as lawful for every sender.

    Raises:
        PolicyError: none is; says what is known of each.
    """
    by: Mapping[str, list[Standing]] = {form.name: [] for form in forms}
    for each in found:
        by[each.form].append(each)
    kept = shared(forms, [each for own in by.values() for each in own])
    if not kept:
        words = [
            f"{FORMS[each.form].words} by {each.sender}: {_words(each)}"
            for own in by.values()
            for each in own
            if each.lawful != YES
        ]
        raise PolicyError(
            f"nothing lawful can be threatened: {listing(words)}. Leave out --lawful, ask for "
            "other --forms, or say in the file what is lawful ([[legal]])"
        )
    return kept


def _words(each: Standing) -> str:
    return f"barred ({each.source})" if each.lawful == NO else "not on record"
