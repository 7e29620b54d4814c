"""What carries the headlines: each group of inputs, and its share of the spread of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.headlines import About, headlines
from threatpoint.analysis.chain.sampling import Sampling
from threatpoint.brief import charts
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.section import Section
from threatpoint.brief.shares_layout import TINY, shares
from threatpoint.brief.theme import NARROW, WIDE
from threatpoint.spread import LEAST
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.chain.headlines import Headline
    from threatpoint.analysis.chain.totals import Index, Totals
    from threatpoint.brief.reading import Reading

SHOWN = 0.05
"""Least part of some headline that a group has a row of its own for."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: the analysis.
        chain: its draws.
        about: whom and what the headlines are about.
        headlines: those that vary.
    """

    reading: Reading
    chain: Chain
    about: About
    headlines: tuple[Headline, ...]

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """None without draws, or with too few of them to say what carries what."""
        chain = reading.analysis.chain
        if chain is None or chain.draws < LEAST:
            return None
        about = About.of(chain)
        found = tuple(h for h in headlines(chain, about) if np.ptp(h.values[~np.isnan(h.values)]))
        return cls(reading, chain, about, found) if found else None

    @property
    def drawn(self) -> bool:
        """Whether trade was drawn too."""
        return self.chain.worlds.drawn

    @cached_property
    def parts(self) -> dict[str, dict[str, float]]:
        """Headline -> group of inputs -> part of its variance, the most first."""
        return {h.key: h.carried(self.chain.groups) for h in self.headlines}

    @cached_property
    def groups(self) -> list[str]:
        """Groups with a row of their own, those that carry most first."""
        most: dict[str, float] = {}
        for parts in self.parts.values():
            for name, part in parts.items():
                most[name] = max(part, most.get(name, 0.0))
        return sorted((n for n, part in most.items() if part >= SHOWN), key=lambda n: -most[n])

    def first(self, key: str) -> str:
        """The group that carries most of a headline; "" if none does, or without the headline."""
        return next(iter(self.parts.get(key, {})), "")

    @property
    def rows(self) -> list[tuple[str, list[float]]]:
        """Row of the chart -> part in each headline; the last two are all others and the rest."""
        found = [(n, [p.get(n, 0.0) for p in self.parts.values()]) for n in self.groups]
        told = [sum(p.values()) for p in self.parts.values()]
        shown = np.sum([parts for _, parts in found], axis=0) if found else np.zeros(len(told))
        others = [max(t - float(s), 0.0) for t, s in zip(told, shown, strict=True)]
        rest = [max(1.0 - t, 0.0) for t in told]
        said = say("shares.rows", self)
        last = [(said["others"], others)] if max(others, default=0.0) >= TINY else []
        return [*found, *last, (said["rest"], rest)]

    @cached_property
    def heads(self) -> list[str]:
        """The headlines in words."""
        return [sentence("shares.head", self, h.key) for h in self.headlines]


def section(facts: Facts) -> Section:
    """The chart, and its numbers as a file."""
    said = say("shares.section", facts)
    said["lead"] += "\n" + sentence("sampling.line", Sampling(facts.chain))
    digits = [str(n) for n in range(1, len(facts.heads) + 1)]
    short = (sentence("shares.short", facts, h.key) for h in facts.headlines)
    numbered = [f"{n} {head}" for n, head in zip(digits, short, strict=True)]
    source = f"computed from {facts.chain.draws} draws"
    wide = shares(facts.rows, numbered, WIDE)
    narrow = shares(facts.rows, digits, NARROW)
    drawn = charts.figure("shares", said, source, wide, narrow)
    return Section.of("shares", said, figures=(drawn,), data=(table(facts),))


def totals(reading: Reading, found: Totals) -> Table:
    """First-order and total index of each group for each headline, with its sampling error."""
    facts = Facts(reading, found.chain, found.about, ())
    heads = {key: sentence("shares.short", facts, key) for key in found.lost}
    rows = [
        {"headline": heads[index.headline], "inputs": index.group, **_index(index)}
        for index in found.indices
        if index.total >= TINY
    ]
    shown = ("headline", "inputs", "total", "total_error", "first", "first_error")
    caption = sentence("shares.totals", found)
    return Table("totals", caption, columns("totals", *shown), rows)


def _index(index: Index) -> dict[str, float]:
    names = ("total", "total_error", "first", "first_error")
    return {name: getattr(index, name) for name in names}


def table(facts: Facts) -> Table:
    """Each part that is told, and what is left."""
    names = dict(zip(facts.parts, facts.heads, strict=True))
    rest = say("shares.rows", facts)["rest"]
    rows = [
        {"headline": names[key], "inputs": name, "part": part}
        for key, parts in facts.parts.items()
        for name, part in {**parts, rest: max(1.0 - sum(parts.values()), 0.0)}.items()
    ]
    caption = sentence("shares.caption", facts)
    return Table("shares", caption, columns("shares", "headline", "inputs", "part"), rows)
