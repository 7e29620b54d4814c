"""What a file says of the law: whether a sender may threaten in a form, with the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from threatpoint.situation.problems import Problem
from threatpoint.strategy.design.legal import NO, YES, Standing, home
from threatpoint.world.places import unknown_place

if TYPE_CHECKING:
    from threatpoint.situation.schema import SituationFile
    from threatpoint.world.economy import Economy


def legal_problems(file: SituationFile, economy: Economy) -> Iterator[Problem]:
    """Senders that nobody knows or for whom another decides, and forms that stand there twice."""
    decides = home(economy, legal_of(file))
    seen: set[tuple[str, str]] = set()
    for k, one in enumerate(file.legal):
        known = (*economy.countries, *economy.groups)
        if one.by not in known:
            yield ("legal", k, "by"), unknown_place(economy, one.by, known, kind="sender")
        elif one.by in decides:
            text = f"{one.by} has no effect: {decides[one.by]} decides for it; name that"
            yield ("legal", k, "by"), text
        if (one.by, one.form) in seen:
            yield ("legal", k, "form"), f"{one.form!r} by {one.by} stands there twice"
        seen.add((one.by, one.form))


def legal_of(file: SituationFile) -> tuple[Standing, ...]:
    """What the file says, for `strategy.design.legal`."""
    return tuple(
        Standing(one.by, one.form, YES if one.lawful else NO, one.source) for one in file.legal
    )
