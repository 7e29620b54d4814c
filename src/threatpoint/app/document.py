"""Document: a state as a situation file, and as what is typed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.asked import regime_of
from threatpoint.app.ground import KINDS, Ground
from threatpoint.app.state import FIRST_YEAR, IDLE
from threatpoint.errors import PolicyError, SituationError
from threatpoint.situation.text import built_in
from threatpoint.situation.written import toml_text

if TYPE_CHECKING:
    from threatpoint.analysis.outcome import Plan
    from threatpoint.app.state import State
    from threatpoint.policy.instruments import Instrument
    from threatpoint.situation import Situation

FILE = "situation.toml"
SOURCE = "chosen in the app"
LEFT = ("situation", "parties", "groups", "threats", "oil", "talks", "support")
"""Tables of a situation whose threat was changed: what checks its text is about another threat."""
WHERE = re.compile(r"^(line \d+, )?[\w.\[\]-]+: (rule '[^']*': )?")
"""Where in a file a problem is."""
Tables = dict[str, Any]


def text_of(ground: Ground, state: State) -> str:
    """The file of a settled state: as it was written where nothing was changed."""
    if not state.changed and ground.word(state) not in _anew(ground):
        return ground.source.text
    head = f"{ground.situation.title}: one threat changed in the app.\n?{state.address}"
    return toml_text(_tables(ground, state), head)


def name_of(ground: Ground, state: State) -> str:
    """What `threatpoint brief` is given: a built-in situation or the file."""
    same = text_of(ground, state) == ground.source.text
    return ground.source.name if same and ground.source.name in built_in() else FILE


def situation_of(ground: Ground, state: State, whole: bool = True) -> Situation:
    """The situation of a settled state, its threat in the foreground.

    Args:
        ground: where it stands.
        state: settled.
        whole: with the other threats; without them it is read in a tenth of the time.

    Raises:
        PolicyError: the threat cannot be made.
    """
    name = ground.name(state)
    if not state.changed and ground.word(state) not in _anew(ground):
        return replace(ground.situation, main=name)
    tables = _tables(ground, state)
    if not whole:
        tables = {key: tables[key] for key in ("situation", "parties", "groups") if key in tables}
        tables["threats"] = {name: _threat(ground, state)}
    return _read(toml_text(tables), ground)


def _read(text: str, ground: Ground) -> Situation:
    try:
        return ground.read(text)
    except SituationError as error:  # of a text that nobody wrote: its lines say nothing
        raise PolicyError("; ".join(WHERE.sub("", each) for each in error.problems)) from None


def _anew(ground: Ground) -> set[str]:
    """Kinds that none of the situation's own threats is."""
    return {kind for kind in KINDS if ground.kind(ground.names[kind]) != kind}


def _tables(ground: Ground, state: State) -> Tables:
    """The file with the changed threat; threats made later and what checks the text left out."""
    found = {key: value for key, value in ground.tables.items() if key in LEFT}
    name = ground.name(state)
    own = {k: v for k, v in found["threats"].items() if k in ground.situation.threats}
    return found | {
        "situation": {**found["situation"], "main": name},
        "threats": {**own, name: _threat(ground, state)},
    }


def _threat(ground: Ground, state: State) -> Tables:
    """The table of the threat."""
    name, word = ground.name(state), ground.word(state)
    table: Tables = deepcopy(dict(ground.tables["threats"][name]))
    table["words"] = f"as set in the app, in the place of: {table['words']}"
    sender = table.get("sender", ground.tables["situation"]["sender"])
    senders = [sender] if isinstance(sender, str) else list(sender)
    if "made" in table:  # the day and the clock stay; the size is another
        table["made"] = {k: v for k, v in table["made"].items() if k != "rate"}
    if "clocks" in table.get("made", {}) and state.targets:
        table["made"]["clocks"] = [_struck(c, state.targets) for c in table["made"]["clocks"]]
    if word in _anew(ground) and word != "tariff":  # the answer stated is one to a tariff
        table.pop("retaliation", None)
    if word in KINDS:
        table["then"] = [_measure(ground, state, table["then"][0], senders)]
    if state.targets:
        table |= _hit(ground, state, table)
        answers = [a for a in table.get("retaliation", ()) if _theirs(a, {*state.targets})]
        table["retaliation"] = answers or None
    if state.retaliation is not None:
        table.pop("retaliation", None)
    if state.retaliation:
        sides = {"importers": ["target"], "exporters": senders}
        table["retaliation"] = [_tariff(sides, state.retaliation)]
    return {key: value for key, value in table.items() if value is not None}


def _measure(ground: Ground, state: State, own: Tables, senders: list[str]) -> Tables:
    """The one measure of a kind, its numbers as stated or as chosen."""
    word = ground.word(state)
    found = own if word == ground.kind(ground.name(state)) else _plain(word, senders)
    if state.rate is not None:
        found = {**found, "rate": _figure(state.rate, "percentage points")}
    if state.sectors:
        found = {**found, "sectors": list(state.sectors)}
    if state.enforcement is not None:
        found = {**found, "enforcement": _figure(state.enforcement, "%")}
    return found


def _plain(word: str, senders: list[str]) -> Tables:
    """A kind of measure on all goods."""
    if word == "tariff":
        return _tariff({"importers": senders, "exporters": ["target"]}, Decimal(25))
    if word == "cut-off":
        return {"instrument": word, "sender": senders, "targets": ["target"], "sectors": ["goods"]}
    return {"instrument": word, "exporters": senders, "importers": ["target"], "sectors": ["goods"]}


def _tariff(sides: Mapping[str, list[str]], points: Decimal) -> Tables:
    rate = _figure(points, "percentage points")
    return {"instrument": "tariff", **sides, "sectors": ["goods"], "mode": "add", "rate": rate}


def _figure(value: Decimal, unit: str) -> Tables:
    return {"value": value, "unit": unit, "period": "as chosen", "source": SOURCE}


def _hit(ground: Ground, state: State, table: Tables) -> Tables:
    """Who is hit: against those that the condition finds, or by name."""
    when, codes = dict(table.get("when", {})), list(state.targets)
    if "buys" not in when or "named" in table:
        costs = {k: v for k, v in when.get("costs", {}).items() if k in codes}
        cut = {"when": {**when, "costs": costs or None}} if "costs" in when else {}
        return {
            "named": codes,
            "unions": _unions(ground, table, codes),
            **{k: _known(v) for k, v in cut.items()},
        }
    natural = ground.parties(ground.name(state))
    found = [*natural, *table.get("exempted", ())]
    more = [*table.get("added", ()), *codes]
    return {
        "added": [c for c in dict.fromkeys(more) if c in codes and c not in natural] or None,
        "exempted": [c for c in dict.fromkeys(found) if c not in codes] or None,
    }


def _unions(ground: Ground, table: Tables, codes: list[str]) -> list[str] | None:
    """Groups that decide as one, of which somebody acts or is hit; None for none."""
    there = {*codes, *ground.situation.sender.split("+")}
    groups = ground.economy.groups
    return [u for u in table.get("unions", ()) if there & {u, *groups.get(u, ())}] or None


def _struck(clock: Tables, codes: tuple[str, ...]) -> Tables:
    """What came of a clock, of those who are targets."""
    return clock | {"hit": [code for code in clock["hit"] if code in codes]}


def _theirs(answer: Tables, codes: set[str]) -> bool:
    """Whether an answer that is stated is one of those who are hit."""
    sides = [value for value in answer.values() if isinstance(value, list)]
    return any({*side} & (codes | {"target"}) for side in sides)


def _known(table: Tables) -> Tables:
    return {key: value for key, value in table.items() if value is not None}


# -- what is typed -----------------------------------------------------------------------------


def commands(ground: Ground, state: State, plan: Plan) -> list[str]:
    """What gives the answer and the options, and what gives the losses."""
    about = ["--horizon", state.horizon] if state.horizon != FIRST_YEAR else []
    about += ["--date", state.date] if state.date else []
    file = name_of(ground, state)
    losses = list(_shock(ground, state, plan))
    if not losses and state.opec == IDLE:
        losses = ["threatpoint", "brief", file, "--quick", *about]
    expect = ["threatpoint", "expect", file, "--quick", *about]
    return [shlex.join(line) for line in (expect, losses) if line]


def _shock(ground: Ground, state: State, plan: Plan) -> Iterator[str]:
    """The policy typed; nothing where that would be solved in another regime, or has no words."""
    policy = plan.policy
    typed = [_typed(item) for item in policy.items]
    if not all(typed) or (not plan.regime and regime_of(policy, ground.economy)):
        return
    day = state.date or ground.situation.date.isoformat()
    yield from ("threatpoint", "shock")
    for option, value in filter(None, typed):
        yield from (f"--{option}", value)
    yield from ("--horizon", state.horizon, "--date", day)
    yield from ("--opec", state.opec) if plan.regime else ()


def _typed(item: Instrument) -> tuple[str, str] | None:
    """Option and value of an instrument of the kinds; None for others."""
    if item.word not in KINDS or getattr(item, "mode", "add") != "add":
        return None
    first, second = (",".join(side) for side in item.sides)
    rate = getattr(item, "rate", None)
    size = "" if rate is None else f":+{_points(rate)}%"
    way = getattr(item, "direction", "both")
    goods = ",".join(item.goods_words)
    share: float = getattr(item, "enforcement", 1.0)
    kept = "" if share == 1.0 else f"@{_points(share)}%"
    text = f"{first}:{second}{size}{'' if way == 'both' else f':{way}'}"
    return item.word, f"{text}{'' if goods == 'goods' else f'/{goods}'}{kept}"


def _points(share: float) -> str:
    return f"{round(100 * share, 9):.9f}".rstrip("0").rstrip(".")
