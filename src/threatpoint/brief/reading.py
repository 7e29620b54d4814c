"""The facts of the losses: who is sender, target or third country, and the rows of the results."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from threatpoint import words
from threatpoint.equilibrium import results
from threatpoint.policy.measure import hit_back
from threatpoint.strategy.coalition import senders_of
from threatpoint.world.places import code_of, name_of

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis, Outcome
    from threatpoint.analysis.chain.figures import Figures
    from threatpoint.quantity import Ranged
    from threatpoint.world.economy import Economy

Role = Literal["sender", "target", "third"]
Row = Mapping[str, Any]
HIT_TOO = "no target, hit too"
ROLE_WORDS = {"sender": "sender", "target": "target", "third": "third country"}
ROLES = tuple(ROLE_WORDS)
"""In the order of the tables."""
MANY = 4
"""The most senders that a sentence names one by one."""


class Split(NamedTuple):
    """Losers (largest loss first), those without a visible change, gainers (largest first)."""

    losers: list[Row]
    neutral: list[Row]
    gainers: list[Row]


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
    def unit(self) -> str:
        """Of money."""
        return self.economy.unit

    @property
    def main(self) -> Outcome:
        """The main outcome."""
        return self.analysis.main

    @property
    def answered(self) -> Outcome | None:
        """The main outcome with the stated retaliation; None where none is stated."""
        return self.main.answered

    @property
    def solved(self) -> bool:
        """The main outcome has an equilibrium."""
        return self.main.solution is not None

    @property
    def has_ranges(self) -> bool:
        """Draws of trade stand behind the numbers of the main outcome."""
        figures = self.figures if self.solved else None
        return figures is not None and bool(figures.carried(self.analysis.situation.main))

    @property
    def figures(self) -> Figures | None:
        """What the draws say of trade; None where it was not drawn."""
        return self.analysis.figures

    @property
    def quick(self) -> bool:
        """There is trade to draw, and it was not."""
        return self.solved and self.figures is None

    @property
    def varied(self) -> int:
        """Other assumptions that have an equilibrium."""
        return sum(variant.solution is not None for variant in self.analysis.variants)

    @property
    def horizon(self) -> str:
        """The horizon of the main outcome: '7–10 years'."""
        return words.horizon(self.analysis.horizon)

    @property
    def when(self) -> str:
        """The same inside a sentence or a caption: 'after 7–10 years'."""
        return words.when(self.analysis.horizon)

    @property
    def case(self) -> str:
        """The same with the threat, where several are carried out: 'with the quota in ...'."""
        if len(self.analysis.carried) < 2:
            return self.when
        return f"with the {self.analysis.situation.policy.short} {self.when}"

    @property
    def deed(self) -> str:
        """What is carried out: a threat, or a policy that nobody announced."""
        return "threat" if self.analysis.situation.policy.announced else "policy"

    # -- roles and names -----

    @cached_property
    def senders(self) -> tuple[str, ...]:
        """Codes of all who send the main threat: those stated, and who else carries it out."""
        return senders_of(self.economy, self.analysis.situation.policy, ())

    @property
    def sender(self) -> str:
        """The code of a single sender; "" where several send the threat."""
        return self.senders[0] if len(self.senders) == 1 else ""

    @property
    def acting(self) -> Mapping[str, tuple[str, ...]]:
        """Who acts -> its members: the group of the table that is the one sender, or each."""
        stated = self.analysis.situation.sender
        word = code_of(stated, self.economy) or stated
        if {*self.economy.groups.get(word, ())} == {*self.senders}:
            return {word: self.senders}
        return {code: (code,) for code in self.senders}

    @cached_property
    def hardest(self) -> str:
        """The target that loses most of its income; "" without one."""
        found = {code: self.analysis.main.percent(code) for code in self.hit}
        known = {code: value for code, value in found.items() if value == value}
        return min(known, key=lambda code: known[code], default="")

    @property
    def beyond(self) -> str:
        """Behind 'no retaliation is stated': what is in the policy itself; '' where nothing is."""
        policy = self.analysis.situation.policy.policy(self.economy)
        inside = {*hit_back(policy, self.economy, self.senders)} & {*self.targets}
        return " beyond that in the policy, which is counted" if inside else ""

    @property
    def targets(self) -> tuple[str, ...]:
        """Codes of the economies that the main outcome hits."""
        return self.main.targets

    @cached_property
    def as_one(self) -> Mapping[str, tuple[str, ...]]:
        """Groups that are hit as one -> their members; each stands as one row."""
        found = self.analysis.situation.policy.as_one(self.economy)
        return {name: codes for name, codes in found.items() if {*codes} <= {*self.targets}}

    def members(self, code: str) -> tuple[str, ...]:
        """The members of a group that is hit as one; a country is its own."""
        return self.as_one.get(code) or self.acting.get(code, (code,))

    def joined(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes with groups that are hit as one in place of their members."""
        home = {code: name for name, members in self.as_one.items() for code in members}
        return tuple(dict.fromkeys(home.get(code, code) for code in codes))

    @cached_property
    def hit(self) -> tuple[str, ...]:
        """The targets, a group that is hit as one once."""
        return self.joined(self.targets)

    @cached_property
    def bystanders(self) -> tuple[str, ...]:
        """Codes of those who are no target and hit all the same."""
        return self.analysis.situation.policy.bystanders(self.economy)

    def role(self, code: str) -> Role:
        """Sender, target or third country in the main outcome."""
        if code in self.senders:
            return "sender"
        return "target" if code in self.targets or code in self.as_one else "third"

    def name(self, code: str) -> str:
        """Full name, for tables and charts; of several joined by "+", each."""
        parts = self._stated(code).split("+")
        return ", ".join(name_of(part, self.economy) for part in parts)

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

    @property
    def stated(self) -> str:
        """The sender as the file states it, inside a sentence; a long list as a count."""
        stated = self.analysis.situation.sender
        many = len(stated.split("+"))
        return f"the {words.count(many, 'sender')}" if many > MANY else self.place(stated)

    @property
    def several(self) -> bool:
        """Several are stated one by one, so that a verb is in the plural."""
        return "+" in self.analysis.situation.sender

    @property
    def purchase(self) -> tuple[str, str]:
        """The goods and the seller of the rule's condition, in words."""
        when = self.analysis.situation.policy.buys
        if when is None:
            return "goods", "the seller"
        names = self.economy.sector_names
        goods = [names.get(word, word).lower() for word in when.goods]
        return words.listing(goods), words.listing([self.place(code) for code in when.sellers])

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Name -> members, of the table and of the file."""
        return {**self.economy.groups, **self.analysis.situation.groups}

    def _stated(self, code: str) -> str:
        """Several senders as the file states them: a group by its own name."""
        stated = self.analysis.situation.sender
        if "+" not in code or code == stated:
            return code
        asked, known = (
            {c for word in text.split("+") for c in self.groups.get(word, (word,))}
            for text in (code, stated)
        )
        return stated if asked == known else code

    # -- rows -----

    def drawn(self, code: str, answered: bool = False, money: bool = False) -> Ranged | None:
        """Change in real income, %, or in money, in the main outcome; None where not drawn."""
        if self.figures is None:
            return None
        of = self.figures.money if money else self.figures.percent
        return of(self.analysis.situation.main, self.members(code), answered)

    def together(self, role: Role, answered: bool = False) -> float:
        """Change in money of all of a role together: the median where it was drawn."""
        codes = [code for row in self.of_role(role) for code in self.members(row["country"])]
        name, key = self.analysis.situation.main, "answered" if answered else "real_income"
        found = self.figures.money(name, codes, answered) if self.figures else None
        return found.value if found else sum(row[f"{key}_money"] for row in self.of_role(role))

    def percent(self, code: str) -> float:
        """The same in the main outcome, %: the median where it was drawn, else as solved."""
        found = self.drawn(code)
        return self.main.percent(code) if found is None else found.value

    def range(self, code: str, answered: bool = False) -> tuple[float, float]:
        """5 and 95 % of the draws of it; NaN where it was not drawn."""
        found = self.drawn(code, answered)
        return (math.nan, math.nan) if found is None else (found.low, found.high)

    @cached_property
    def countries(self) -> tuple[Row, ...]:
        """Rows with role and range, largest baseline GDP first; a group that is hit as one once."""
        shown = self.joined(self.economy.countries)
        return tuple(row for row in self._every if row["country"] in shown)

    @cached_property
    def inside(self) -> tuple[Row, ...]:
        """The same of the members of such groups."""
        rows = [row for row in self._every if row not in self.countries]
        return tuple({**row, "name": f"{row['name']}, member"} for row in rows)

    @cached_property
    def _every(self) -> list[Row]:
        """Rows of all countries and of the groups that are hit as one."""
        solution = self.main.solution
        if solution is None:
            return []
        rows = [*results.country_rows(solution), *results.group_rows(solution, self.as_one)]
        return sorted(map(self._completed, rows), key=lambda row: -row["gdp_baseline"])

    def of_role(self, role: Role | None) -> list[Row]:
        """Rows of one role, or all, largest loss in percent first."""
        rows = [row for row in self.countries if role in (None, row["role"])]
        return sorted(rows, key=lambda row: row["real_income_percent"])

    def split(self, role: Role | None = None) -> Split:
        """Rows of a role, or all, by whether they lose or gain visibly."""
        rows = self.of_role(role)
        losers = [row for row in rows if row["real_income_percent"] <= -words.SMALLEST]
        neutral = [row for row in rows if words.negligible(row["real_income_percent"])]
        gainers = [row for row in rows if row["real_income_percent"] >= words.SMALLEST]
        return Split(losers, neutral, sorted(gainers, key=lambda row: -row["real_income_percent"]))

    @cached_property
    def sectors(self) -> tuple[Row, ...]:
        """Rows of `sector_rows` of sender and targets."""
        if self.main.solution is None:
            return ()
        rows = results.sector_rows(self.main.solution, (*self.senders, *self.targets))
        return tuple(row | self.named(row["country"]) for row in rows)

    @cached_property
    def sender_imports(self) -> tuple[Row, ...]:
        """The sender's goods imports by exporter, largest fall first."""
        if self.main.solution is None:
            return ()
        rows = results.import_rows(self.main.solution, self.senders)
        return tuple(row | self.named(row["exporter"]) for row in rows)

    def named(self, code: str) -> dict[str, str]:
        """Name and role."""
        role = self.role(code)
        return {"name": self.name(code), "role": role, "role_words": ROLE_WORDS[role]}

    def _completed(self, row: dict[str, Any]) -> Row:
        """A country's row with name, role and range."""
        code = row["country"]
        hit_too = {"role_words": HIT_TOO} if code in self.bystanders else {}
        found = row | self.named(code) | hit_too | self._change(code, self.main, False)
        if self.answered is None:
            return found
        back = self._change(code, self.answered, True)
        return found | {key.replace("real_income", "answered"): x for key, x in back.items()}

    def _change(self, code: str, solved: Outcome, answered: bool) -> dict[str, float]:
        """Change in percent and money with its range."""
        drawn, money = self.drawn(code, answered), self.drawn(code, answered, money=True)
        low, high = self.range(code, answered)
        start = "answered_" * answered
        return {
            "real_income_percent": solved.percent(code) if drawn is None else drawn.value,
            "real_income_money": solved.money(code) if money is None else money.value,
            f"{start}range_low": low,
            f"{start}range_high": high,
        }
