"""What to expect: the first sentence, the tree, the decision table, and what would change them.

Everything is of one set of draws; nothing is computed here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.analysis.chain.decision import decision_of
from threatpoint.analysis.chain.sampling import Sampling
from threatpoint.analysis.chain.tree import FREEZE, GIVES_IN, HIT, Event, Tree, tree_of
from threatpoint.analysis.chain.watch import watches
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.section import Section
from threatpoint.errors import ThreatpointError
from threatpoint.files.results import as_texts, save
from threatpoint.spread import LIKELY, Spread, how_sure
from threatpoint.support.data import load_support
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table as RichTable

    from threatpoint.analysis.analysis import Analysis
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.chain.decision import Option
    from threatpoint.analysis.chain.tree import Leaf
    from threatpoint.analysis.chain.watch import Watch
    from threatpoint.array_types import Array
    from threatpoint.brief.reading import Reading
    from threatpoint.policy import Rule

TOLD = 0.05
"""Least part of a spread that is worth naming what carries it."""
MOST_CARRIERS, MOST_SANCTIONS = 2, 1
ALIKE = 0.03
"""Chances of a freeze that differ by less are told once."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: the analysis.
        chain: its draws.
    """

    reading: Reading
    chain: Chain

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """None without draws, or where nothing is to be expected: no threat that asks, no talks."""
        return facts_of(reading)

    @cached_property
    def tree(self) -> Tree:
        """What may come within a year."""
        return tree_of(self.chain)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What can be done."""
        return decision_of(self.chain).options

    @cached_property
    def watches(self) -> tuple[Watch, ...]:
        """Thresholds."""
        return watches(self.chain)

    @cached_property
    def told(self) -> tuple[Option, ...]:
        """Options that differ in what they bring; of sanctions alike the one that brings most."""
        kept: list[Option] = []
        for option in self.options:
            like = next((k for k in kept if _alike(k, option)), None)
            if like is None:
                kept.append(option)
            elif _chance(option) > _chance(like):
                kept[kept.index(like)] = option
        return tuple(kept)

    @property
    def drawn_options(self) -> list[Option]:
        """Those of the chart: each threat on all, mild to hard; sanctions; all giving in, last."""
        found = [o for o in self.told if o.kind == "hit" and self._on_all(o)]
        found.sort(key=lambda o: -Spread(o.sender).median if o.sender is not None else 0.0)
        ceiling = [o for o in self.told if o.kind == "stop"]
        apart = [o for o in self.told if o.kind == "oil" and not any(_near(o, c) for c in ceiling)]
        return [*found, *sorted(apart, key=_chance)[-MOST_SANCTIONS:], *ceiling]

    def _on_all(self, option: Option) -> bool:
        named = next(each for each in self.chain.threats if each.name == option.name)
        return option.targets == named.parties

    @property
    def paying(self) -> tuple[Rule, float] | None:
        """The threat that pays the sender on all in most draws, and in what share; else None."""
        found = [
            (self.rule(o.name), float(np.mean(o.sender > 0.0)))
            for o in self.drawn_options
            if o.kind == "hit" and o.sender is not None
        ]
        best = max(found, key=lambda pair: pair[1], default=None)
        return best if best is not None and best[1] > 0.5 else None

    @property
    def drawn(self) -> bool:
        """Whether trade was drawn too."""
        return self.chain.worlds.drawn

    def rule(self, name: str) -> Rule:
        """A threat."""
        return self.reading.analysis.situation.threats[name]

    @property
    def leaver(self) -> str:
        """Whose support may end, as it stands inside a sentence."""
        return self.reading.place(load_support().leaver)

    @property
    def leaver_short(self) -> str:
        """The same as short as can be."""
        return load_support().leaver

    @property
    def stop(self) -> str:
        """What giving in is called: to stop buying, or to give in."""
        first = next(iter(self.chain.threats), None)
        return "stop buying" if first and first.question.rule.buys is not None else "give in"

    # -- the first sentence -----

    @cached_property
    def hits(self) -> list[Event]:
        """Each threat being carried out on anybody, the hardest first."""
        return [event for event in self.tree.events if event.kind == HIT]

    @cached_property
    def yields(self) -> list[Event]:
        """Each target giving in, the likeliest first; those not known last."""
        found = [event for event in self.tree.events if event.kind == GIVES_IN]
        return sorted(found, key=lambda e: (math.isnan(e.probability), -e.probability))

    @property
    def anybody(self) -> float:
        """Chance that some target gives in; NaN where it is not known of any."""
        known = [event for event in self.yields if not math.isnan(event.probability)]
        if not known:
            return math.nan
        return Spread(self.tree.anybody_gives_in, self.tree.weights).mean

    @property
    def freeze(self) -> float | None:
        """Chance of one within a year; None without talks."""
        found = [event for event in self.tree.events if event.kind == FREEZE]
        return found[0].probability if found else None

    @property
    def lost(self) -> list[str]:
        """Threats that ask for something, and hit nobody in this economy."""
        found = {threat.name for threat in self.chain.threats}
        threats = self.reading.analysis.situation.threats
        return [name for name, rule in threats.items() if rule.asks and name not in found]

    def expected(self, chance: float) -> str:
        """Whether a chance says that it comes: "yes", "no", "open", or "" where it is not known."""
        if math.isnan(chance):
            return ""
        return "yes" if chance >= LIKELY else "no" if chance <= 1.0 - LIKELY else "open"

    # -- what carries it -----

    def carriers(self, each: Array) -> list[tuple[str, float]]:
        """Inputs that carry a chance, and what part of its spread; the most first."""
        event = Event("", "", (), each, self.tree.weights)
        found = [(name, part) for name, part in self.tree.carried(event).items() if part >= TOLD]
        return found[:MOST_CARRIERS]

    @cached_property
    def least_sure(self) -> tuple[str, Event] | None:
        """The event of the first sentence that is least sure, and what it is."""
        found = [e for e in self.tree.events if not math.isnan(e.probability)]
        if not found:
            return None
        event = min(found, key=lambda e: abs(e.probability - 0.5))
        return sentence("expect.whether", self, event), event

    @staticmethod
    def middle(values: Array) -> float:
        """Median of the draws."""
        return Spread(values).median

    @property
    def row_options(self) -> list[Option]:
        """Options that the row of the text names: the threats on all, sanctions, support."""
        wanted = [*self.drawn_options, *(o for o in self.told if o.kind == "support")]
        return [o for o in wanted if o.name not in ("half", "none", "all")]

    @property
    def sources(self) -> dict[str, int]:
        """Kind of an input -> how many were drawn."""
        priors = sum("prior" in item.source for item in self.chain.inputs)
        return {"measured": len(self.chain.inputs) - priors, "are priors": priors}

    def watch(self, kind: str, level: float = 0.5) -> list[Watch]:
        """Thresholds of a kind at a level."""
        return [w for w in self.watches if w.kind == kind and w.level == level]


@lru_cache(maxsize=4)
def facts_of(reading: Reading) -> Facts | None:
    """See `Facts.of`; made once for a page, all of whose parts ask for it."""
    chain = reading.analysis.chain
    if chain is None or (chain.game is None and chain.rooms.attacker is None):
        return None
    return Facts(reading, chain)


def _chance(option: Option) -> float:
    return 0.0 if option.freeze is None else option.freeze.value


def _alike(one: Option, other: Option) -> bool:
    """Two sanctions that bring about the same chance of a freeze."""
    return one.kind == other.kind == "oil" and _near(one, other)


def _near(one: Option, other: Option) -> bool:
    return abs(_chance(one) - _chance(other)) < ALIKE


def sure(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Claim, how likely it is in words, and how sure; one a part of the first sentence."""
    freeze = (event for event in facts.tree.events if event.kind == FREEZE)
    for event in (*facts.hits, *freeze, *facts.yields):
        chance = event.probability
        likely = chance if chance >= 0.5 else 1.0 - chance
        said = words.DASH if math.isnan(chance) else words.chance(likely)
        yield sentence("expect.claim", facts, event), said, how_sure(likely)


# -- tables -------------------------------------------------------------------------------------


def _ends(name: str, values: Array | None, weights: Array | None = None) -> dict[str, Any]:
    """Median and ends of the draws as cells of a row; NaN where the option has none."""
    if values is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"), math.nan)
    found = Spread(values, np.ones(0) if weights is None else weights)
    return {name: found.median, f"{name}_low": found.low, f"{name}_high": found.high}


def decision(facts: Facts) -> Table:
    """All options against each other."""
    rows = [_row(facts, option) for option in facts.options]
    money = ("sender_usd_bn", "others_usd_bn", "attacker_usd_bn_month", "ground_km2", "pays_eur_bn")
    kept = [name for name in money if any(not math.isnan(row[name]) for row in rows)]
    talks = any(row["freeze_percent"] is not None for row in rows)
    shown: list[str] = ["option", "-key"]
    for name in kept:
        shown += [f"{name}_words", f"-{name}", f"-{name}_low", f"-{name}_high"]
    told = any(row["gives_in_words"] != words.DASH for row in rows)
    shown += ["-gives_in_words"] if told else []  # the chart shows it; a cell is too narrow
    if talks:
        shown += ["freeze_words", "-freeze_percent", "-freeze_percent_low", "-freeze_percent_high"]
    shown += ["carried_by"]
    said = say("expect.decision", facts)
    deciding = tuple(name for name in ("freeze_words", "sender_usd_bn_words") if name in shown)[:1]
    return Table(
        "decision", said["caption"], columns("decision", *shown), rows, note=said["note"],
        deciding=deciding or ("carried_by",),
    )  # fmt: skip


def _row(facts: Facts, option: Option) -> Mapping[str, Any]:
    loss = None if option.loss is None else -option.loss
    row: dict[str, Any] = {"option": sentence("expect.option", facts, option), "key": option.key}
    row |= _ends("sender_usd_bn", option.sender) | _ends("others_usd_bn", option.others)
    row |= _ends("attacker_usd_bn_month", loss) | _ends("ground_km2", option.ground)
    row |= _ends("pays_eur_bn", option.pays)
    if option.pays is not None:  # of two values, whether the loan counts: the median is one of them
        row["pays_eur_bn"] = Spread(option.pays).mean
    for name in ("sender_usd_bn", "others_usd_bn", "attacker_usd_bn_month", "pays_eur_bn"):
        row[f"{name}_words"] = _cell(row, name, words.number)
    row["ground_km2_words"] = _cell(row, "ground_km2", lambda value, _sign: words.hundreds(value))
    row["gives_in_words"] = sentence("expect.who", facts, option) or words.DASH
    row["carried_by"] = decision_of(facts.chain).driver(option) or words.DASH
    return row | _freeze(option)


def _freeze(option: Option) -> dict[str, Any]:
    names = ("freeze_percent", "freeze_percent_low", "freeze_percent_high")
    if option.freeze is None:
        return dict.fromkeys(names) | {"freeze_words": words.DASH}
    found = option.freeze.ranged()
    span = words.chance_span(found.low / 100, found.high / 100)
    shown = f"{words.chance(found.value / 100)} ({span})" + (" †" if option.prior else "")
    return dict(zip(names, (found.value, found.low, found.high), strict=True)) | {
        "freeze_words": shown
    }


def _cell(row: Mapping[str, Any], name: str, write: Any) -> str:
    """Median with its range in brackets; a dash where there is none."""
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if math.isnan(value):
        return words.DASH
    if not low < high:
        return write(value, True)
    return f"{write(value, True)} ({write(low, True)} to {write(high, True)})"


def tree(facts: Facts) -> Table:
    """What may come, the likeliest first."""
    rows = [_leaf(facts, leaf) for leaf in facts.tree.leaves]
    said = say("expect.tree", facts)
    keys = ("what", "chance_words", "span", "-chance_percent", "-kind", "-threat")
    return Table("tree", said["caption"], columns("tree", *keys), rows, note=said["note"])


def _leaf(facts: Facts, leaf: Leaf) -> Mapping[str, Any]:
    found = leaf.ranged
    return {
        "what": sentence("expect.leaf", facts, leaf),
        "chance_words": words.chance(found.value / 100),
        "chance_percent": found.value,
        "low": found.low / 100,
        "high": found.high / 100,
        "kind": leaf.kind,
        "threat": leaf.threat,
    }


def thresholds(facts: Facts) -> Table | None:
    """What to watch: where the answer changes, and the date's value beside it."""
    rows = [_watch(facts, watch) for watch in facts.watches]
    if not rows:
        return None
    said = say("expect.watch", facts)
    keys = ("what", "at_words", "today_words", "-at", "-low", "-high", "-today", "-unit", "-level",
            "-kind", "-threat", "-target")  # fmt: skip
    return Table(
        "thresholds", said["caption"], columns("thresholds", *keys), rows, note=said["note"]
    )


def _watch(facts: Facts, watch: Watch) -> Mapping[str, Any]:
    own = {name: getattr(watch, name) for name in
           ("at", "low", "high", "today", "unit", "level", "kind", "threat", "target")}  # fmt: skip
    said = say("expect.threshold", facts, watch)
    return own | {"what": said["what"], "at_words": said["at"], "today_words": said["today"]}


# -- the fold -----------------------------------------------------------------------------------


def section(facts: Facts) -> Section:
    """The decision table, the tree and the thresholds."""
    tables = [tree(facts), thresholds(facts), decision(facts)]
    found = [table for table in tables if table is not None and table.rows]
    return Section.of("expect", say("expect.section", facts), tables=found)


def spoken(analysis: Analysis, width: int = 100) -> Iterator[str | RichTable]:
    """What the terminal prints: the sentence, the tables, and how it was scored.

    Args:
        analysis: with a chain.
        width: columns of the terminal.
    """
    from threatpoint.brief import happened
    from threatpoint.brief.reading import Reading

    reading = Reading(analysis)
    facts = Facts.of(reading)
    if facts is None:
        yield sentence("expect.nothing", reading)
        return
    yield sentence("expect.answer", facts)
    told = [facts.options.index(option) for option in facts.told]
    table = decision(facts)
    keys = ["option", "sender_usd_bn", "attacker_usd_bn_month", "ground_km2", "pays_eur_bn"]
    known = {column.key for column in table.columns}
    short = table.showing(*(key for key in (*keys, "freeze_words") if key in known))
    names = [sentence("expect.short", facts, option) for option in facts.told]
    rows = [{**table.rows[n], "option": name} for n, name in zip(told, names, strict=True)]
    said = say("expect.terminal", facts)
    heads = {key: said[f"head.{key}"] for key in (*keys, "freeze_words")}
    write = {"ground_km2": lambda row: words.hundreds(row["ground_km2"])}
    narrow = tuple(
        replace(c, heading=heads.get(c.key, c.heading), write=write.get(c.key))
        for c in short.columns
    )
    yield replace(short, columns=narrow, rows=rows, caption=said["caption"], note="").terminal()
    if said.get("gives"):
        yield said["gives"]
    yield tree(facts).terminal()
    yield sentence("sampling.line", Sampling(facts.chain))
    yield from (f"{name}: {text}" for name, text in changed(facts))
    scored = happened.Facts.of(reading)
    if scored is not None:
        yield sentence("happened.short", scored)


def changed(facts: Facts) -> list[tuple[str, str]]:
    """Name and sentence of what would change the answer."""
    lines = (line.partition("|") for line in say("expect.changes", facts).all("change"))
    return [(name, text) for name, _, text in lines]


KEYS = ("key", "what", "headline", "inputs")
"""Columns that place a value of a file."""


def write(analysis: Analysis, path: Path, more: Sequence[Table] = ()) -> Path:
    """Write table, tree and thresholds, and more tables, as .csv or .json.

    Raises:
        ThreatpointError: it cannot be written; nothing to expect.
    """
    from threatpoint.brief.reading import Reading

    facts = Facts.of(Reading(analysis))
    if facts is None:
        raise ThreatpointError("nothing is asked of anybody here, so there is nothing to write")
    found = {table.key: table.rows for table in (*shown(facts), *more)}
    about = {"answer": sentence("expect.answer", facts), **facts.chain.asked.identity}
    save({path: as_texts(path, about, found, KEYS)})
    return path


def shown(facts: Facts) -> list[Table]:
    """Decision, tree and thresholds."""
    return [t for t in (decision(facts), tree(facts), thresholds(facts)) if t is not None]
