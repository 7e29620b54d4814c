"""An analysis as the page reads it: who is sender, target or third country, with result rows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from threatpoint import words
from threatpoint.equilibrium.results import country_rows, flow_rows, sector_rows
from threatpoint.strategy.coalition import senders_of

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis, Outcome
    from threatpoint.world.economy import Economy

Role = Literal["sender", "target", "third"]
HIT_TOO = "no target, hit too"
ROLE_WORDS = {"sender": "sender", "target": "target", "third": "third country"}


@dataclass(frozen=True, eq=False)
class Reading:
    """Rows of the results with the roles of the situation. Nothing is solved here.

    Attributes:
        analysis: what is read.
    """

    analysis: Analysis

    @property
    def economy(self) -> Economy:
        """The baseline."""
        return self.analysis.economy

    @property
    def main(self) -> Outcome:
        """The main outcome."""
        return self.analysis.main

    @property
    def solved(self) -> bool:
        """The main outcome has an equilibrium."""
        return self.main.solution is not None

    @cached_property
    def senders(self) -> tuple[str, ...]:
        """Codes of all who send the main threat: those stated, and who else carries it out."""
        return senders_of(self.economy, self.analysis.situation.policy, ())

    @cached_property
    def bystanders(self) -> tuple[str, ...]:
        """Codes of those who are no target and hit all the same."""
        return self.analysis.situation.policy.bystanders(self.economy)

    def _role_words(self, code: str) -> str:
        return HIT_TOO if code in self.bystanders else ROLE_WORDS[self.role(code)]

    @property
    def answered(self) -> Outcome | None:
        """The main outcome with the stated retaliation; None where none is stated."""
        return self.main.answered

    @property
    def targets(self) -> tuple[str, ...]:
        """Codes of the economies that the main outcome hits."""
        return self.main.targets

    def role(self, code: str) -> Role:
        """Sender, target or third country in the main outcome."""
        return "sender" if code in self.senders else "target" if code in self.targets else "third"

    def name(self, code: str) -> str:
        """Full name, for tables and charts; of several joined by "+", each."""
        parts = self._stated(code).split("+")
        return ", ".join(self.economy.names.get(part, part) for part in parts)

    def place(self, code: str) -> str:
        """Full name inside a sentence; of several joined by "+", each."""
        parts = self._stated(code).split("+")
        own = self.analysis.situation.groups
        return words.listing(
            [f"the {part}" if part in own else words.place(part, self.economy) for part in parts]
        )

    def of_row(self, key: str) -> str:
        """' of row 8': the row of the text that a key answers, if there is one."""
        rows = self.analysis.situation.rows
        number = next((r.number for r in rows if getattr(r, "answer", None) == key), None)
        return "" if number is None else f" of row {number}"

    def _stated(self, code: str) -> str:
        """Several senders as the file states them: a group by its own name."""
        stated = self.analysis.situation.sender
        several = "+" in code and code != stated
        if not several:
            return code
        groups = {**self.economy.groups, **self.analysis.situation.groups}
        members = {c for word in stated.split("+") for c in groups.get(word, (word,))}
        named = {c for word in code.split("+") for c in groups.get(word, (word,))}
        return stated if members == named else code

    def range(self, code: str) -> tuple[float, float]:
        """Lowest and highest change of real income over main outcome and variants, %."""
        return _ends(self.analysis.ranges, code)

    @property
    def has_ranges(self) -> bool:
        """At least one variant stands behind the ranges."""
        return any(variant.solution is not None for variant in self.analysis.variants)

    @property
    def horizon(self) -> str:
        """The horizon of the main outcome: '7–10 years'."""
        return words.horizon(self.analysis.horizon)

    @property
    def when(self) -> str:
        """The same inside a sentence or a caption: 'after 7–10 years'."""
        return words.when(self.analysis.horizon)

    @cached_property
    def countries(self) -> tuple[Mapping[str, Any], ...]:
        """Rows of `country_rows` with role and range, largest baseline GDP first."""
        if self.main.solution is None:
            return ()
        rows = [self._completed(row) for row in country_rows(self.main.solution)]
        return tuple(sorted(rows, key=lambda row: -row["gdp_baseline"]))

    def country(self, code: str) -> Mapping[str, Any]:
        """The row of one country."""
        return next(row for row in self.countries if row["country"] == code)

    def of_role(self, role: Role) -> list[Mapping[str, Any]]:
        """Rows of one role, largest loss in percent first."""
        rows = [row for row in self.countries if row["role"] == role]
        return sorted(rows, key=lambda row: row["real_income_percent"])

    @cached_property
    def sectors(self) -> tuple[Mapping[str, Any], ...]:
        """Rows of `sector_rows` of sender and targets, with the change in baseline prices."""
        if self.main.solution is None:
            return ()
        rows = sector_rows(self.main.solution, (*self.senders, *self.targets))
        names = self.economy.sector_names
        return tuple(
            row
            | {
                "sector_name": names.get(row["sector"], row["sector"]),
                "output_at_baseline_prices": _at_baseline(row),
            }
            for row in rows
        )

    @cached_property
    def flows(self) -> tuple[Mapping[str, Any], ...]:
        """Rows of `flow_rows`: goods between all pairs, before and after."""
        return () if self.main.solution is None else tuple(flow_rows(self.main.solution))

    @cached_property
    def sender_imports(self) -> tuple[Mapping[str, Any], ...]:
        """The sender's goods imports by exporter, largest fall first."""
        found: dict[str, dict[str, Any]] = {}
        for row in self.flows:
            if row["importer"] in self.senders and row["exporter"] not in self.senders:
                mine = found.setdefault(row["exporter"], self._supplier(row["exporter"]))
                for key in ("trade_baseline", "trade", "change"):
                    mine[key] += row[key]
        for mine in found.values():
            before = mine["trade_baseline"]
            mine["change_percent"] = 100 * mine["change"] / before if before > 0 else math.nan
        return tuple(sorted(found.values(), key=lambda row: row["change"]))

    @cached_property
    def sender_exports(self) -> tuple[Mapping[str, Any], ...]:
        """Change in a single sender's exports by sector, to targets and to others, money."""
        if self.main.solution is None:
            return ()
        sender = self.senders[0]
        kept = {row["sector"]: row for row in self.sectors if row["country"] == sender}
        found = {
            sector: {
                "sector": sector,
                "sector_name": row["sector_name"],
                "output": row["output_quantity_percent"],
                "targets": 0.0,
                "others": 0.0,
            }
            for sector, row in kept.items()
        }
        for flow in flow_rows(self.main.solution, self.economy.sectors, by_sector=True):
            if flow["exporter"] == sender:
                side = "targets" if flow["importer"] in self.targets else "others"
                found[flow["sector"]][side] += flow["change"]
        return tuple(found.values())

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Main outcome, scenarios and variants, in that order."""
        return (self.main, *self.analysis.scenarios, *self.analysis.variants)

    def _completed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A country's row with name, role and range."""
        low, high = self.range(row["country"])
        role = self.role(row["country"])
        return (
            dict(row)
            | self._answered(row["country"])
            | {
                "name": self.name(row["country"]),
                "role": role,
                "role_words": self._role_words(row["country"]),
                "range_low": low,
                "range_high": high,
            }
        )

    def _answered(self, code: str) -> dict[str, Any]:
        """The change with the stated retaliation; nothing where none is stated."""
        if self.answered is None:
            return {}
        low, high = _ends(self.analysis.answered_ranges, code)
        return {
            "answered_percent": self.answered.percent(code),
            "answered_money": self.answered.money(code),
            "answered_range_low": low,
            "answered_range_high": high,
        }

    def _supplier(self, code: str) -> dict[str, Any]:
        return {
            "exporter": code,
            "name": self.name(code),
            "role": self.role(code),
            "role_words": ROLE_WORDS[self.role(code)],
            "trade_baseline": 0.0,
            "trade": 0.0,
            "change": 0.0,
        }


def _ends(ranges: Mapping[str, tuple[float, float]], code: str) -> tuple[float, float]:
    """Lowest and highest of a country; NaN where there are none."""
    low, high = ranges.get(code, (math.nan, math.nan))
    return float(low), float(high)


def _at_baseline(row: Mapping[str, Any]) -> float:
    """The change of output in baseline prices: percent of quantity times baseline value."""
    percent = row["output_quantity_percent"]
    return percent / 100 * row["output_baseline"] if math.isfinite(percent) else 0.0
