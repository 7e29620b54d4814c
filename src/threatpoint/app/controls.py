"""Controls: what stands in the form of the page, and what of it is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint import words
from threatpoint.app.ground import KINDS, WHOLE
from threatpoint.oil.inputs import OPEC
from threatpoint.world.places import name_of

if TYPE_CHECKING:
    from threatpoint.app.ground import Ground
    from threatpoint.app.state import State

RATES, ANSWERS = 100, (Decimal(0), Decimal(25))
"""End of the slider of the rate; tariffs in return that are offered."""
STEPS = tuple(map(Decimal, ("5", "1", "0.1", "0.01")))
"""Of a slider: the first that its value is a multiple of, else the browser would round it."""


class Choice(NamedTuple):
    """One of several."""

    value: str
    name: str
    chosen: bool


def controls(ground: Ground, state: State) -> dict[str, Any]:
    """The form of a settled state."""
    word, economy = ground.word(state), ground.economy
    stated = ground.stated(word)
    codes = dict.fromkeys((*ground.parties(ground.name(state)), *state.targets))
    hit = state.targets or ground.parties(ground.name(state))
    rate = stated["rate"] if state.rate is None else state.rate
    enforced = stated["enforcement"] if state.enforcement is None else state.enforcement
    return {
        "threats": [Choice(key, name, key == word) for key, name in ground.choices.items()],
        "kinds": list(KINDS),
        "targets": [Choice(code, name_of(code, economy), code in hit) for code in codes],
        "countries": [
            name_of(code, economy) for code in ground.possible(ground.name(state))
            if code not in codes
        ],
        "rate": _slider(rate, 1, max(RATES, int(rate) + bool(rate % 1))),
        "enforced": _slider(enforced, 5, 100),
        "rated": word == "tariff", "moved": word in KINDS,
        "horizons": [Choice(h, words.horizon(h), h == state.horizon) for h in words.HORIZONS],
        "answers": _answers(state, stated["answers"]), "unanswered": ground.unanswered(),
        "mute": word in ground.unanswered() and enforced == WHOLE and bool(
            {"goods", "all"} & {*(state.sectors or stated["sectors"])}),
        "sectors": ", ".join(state.sectors or stated["sectors"]),
        "goods": {code: economy.sector_names.get(code, code) for code in economy.sectors},
        "date": state.date or ground.situation.date.isoformat(),
        "opec": [Choice(key, text, key == state.opec) for key, text in OPEC.items()],
    }  # fmt: skip


def _slider(value: Decimal, whole: int, most: int) -> dict[str, Any]:
    """A number that is moved in `whole` steps and until then is just what it is."""
    steps = [step for step in STEPS if step <= whole and value % step == 0]
    low = min(Decimal(whole), value)
    return {"value": value, "whole": whole, "low": low, "most": most, "step": [*steps, "any"][0]}


def _answers(state: State, stated: bool) -> Sequence[Choice]:
    """Tariffs in return: as stated where the situation states one, none, some."""
    known = dict.fromkeys((*ANSWERS, *([] if state.retaliation is None else [state.retaliation])))
    chosen = state.retaliation if state.retaliation is not None or stated else Decimal(0)
    first = [Choice("", "As stated", chosen is None)] if stated else []
    names = {points: f"{points} points" if points else "No" for points in known}
    return [*first, *(Choice(str(p), names[p], p == chosen) for p in known)]
