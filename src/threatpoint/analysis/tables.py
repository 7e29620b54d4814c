"""Tables over buyers and over all cases: main outcome, other readings, other assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.outcome import ANSWERED, with_answers
from threatpoint.equilibrium.tables import CHANGE
from threatpoint.policy.as_figures import BASIS
from threatpoint.situation.tables import ends
from threatpoint.tables import Column, Table, columns

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis
    from threatpoint.analysis.outcome import Outcome

Row = dict[str, Any]
MANY = 6
"""Most economies side by side in one table, or named in a cell; more are counted."""


def buyers(analysis: Analysis, goods: str, seller: str) -> Table:
    """Who buys, how much, and why it is or is not a target; `goods` and `seller` in words."""
    economy = analysis.economy
    rows = [
        vars(buyer)
        | {
            "share_of_imports": 100 * buyer.share_of_imports,
            "share_of_exports": 100 * buyer.share_of_exports,
            "reason": words.sentence(words.named(buyer.reason, economy)),
        }
        for buyer in analysis.buyers
    ]
    rows.sort(key=lambda row: (not row["target"], not row["value"] > 0, -row["value"]))
    buying = sum(1 for row in rows if row["target"] or row["value"] > 0)
    hit = sum(1 for row in rows if row["target"])
    action = analysis.situation.policy.buys
    period = BASIS if action and action.figures else economy.year or "baseline"
    sold = Column(
        "share_of_exports",
        f"Share of what {seller} sells",
        "percent",
        "purchases over what the seller exports of these goods",
    )
    return Table(
        "buyers",
        f"Purchases of {goods} from {seller} per year, {period}, and the verdict of the rule",
        columns(
            "buyers", "name", "-country", "value", "share_of_imports", sold, "verdict", "-basis",
            "-reason",
        ),
        rows,
        economy.unit,
        "A share of imports is taken over all imports of the sectors that hold these goods. The "
        "file has the reason for each verdict, and what each purchase is based on.",
        lead=max(min(buying, hit + 4), 1),
        fold="All other economies",
        deciding=("value", "verdict"),
    )  # fmt: skip


@dataclass(frozen=True)
class Cases:
    """The cases of an analysis, side by side.

    Attributes:
        analysis: what is shown.
        sender: code; "" where several send the threat.
        watched: code -> name of the economies shown as columns.
        place: the name of a code inside a sentence.
        when: the horizon in words.
    """

    analysis: Analysis
    sender: str
    watched: Mapping[str, str]
    place: Callable[[str], str]
    when: str

    def readings(self) -> Table:
        """Main outcome and other readings of the threat."""
        return self._table(
            "scenarios",
            "other readings of the threat",
            [(outcome, "reading") for outcome in self.analysis.scenarios],
            "As stated: the main threat. Other rows: what the words could also mean. A dash: no "
            "result, with the reason in the last column. A country that a case does not hit is a "
            "third country there.",
        )

    def assumptions(self) -> Table:
        """Main outcome and the same threat under other assumptions."""
        return self._table(
            "variants",
            "other assumptions, otherwise as stated",
            [(outcome, "assumption") for outcome in self.analysis.variants],
            "As stated: under the main assumptions. Other rows: one assumption of the model "
            "changed, the others at their central values. A dash: no result, with the reason in "
            "the last column. No range of the page is made of these: the ranges come from draws.",
        )

    def all(self) -> Table:
        """Main outcome, readings and assumptions in one."""
        other = [*self.analysis.scenarios, *self.analysis.variants]
        return self._table("cases", "other readings and assumptions", [(o, "") for o in other])

    def _table(
        self, key: str, under: str, others: Iterable[tuple[Outcome, str]], note: str = ""
    ) -> Table:
        cases = [(self.analysis.main, "main"), *others]
        rows = [self._row(o, kind) for one, kind in cases for o in with_answers([one])]
        hits = any(row["who"] not in (rows[0]["who"], "the same") for row in rows)
        noted = any(row["note"] for row in rows)
        named = [
            Column(f"percent_{code}", name, "signed percent", CHANGE)
            for code, name in self.watched.items()
        ]
        shown = ("who" if hits else "-who", "-rank", "-policy", "note" if noted else "-note")
        caption = f"Change in real income under {under}, per year, {self.when}"
        kept = columns("cases", "title", "-key", "-kind", *named, *shown)
        return Table(key, caption, kept, rows, note=note)

    def _row(self, outcome: Outcome, kind: str) -> Row:
        note = "; ".join(filter(None, [outcome.note, *self._priors(outcome)]))
        if outcome.solution is None:
            note = f"No result: {outcome.failure}"
        return {
            "key": outcome.key,
            "title": _title(outcome, kind),
            "kind": kind,
            "rank": outcome.rank(self.sender) or "",
            "policy": outcome.policy,
            "who": self._hit(outcome),
            "note": words.sentence(words.named(note, self.analysis.economy)),
            **{f"percent_{code}": outcome.percent(code) for code in self.watched},
        }

    def _priors(self, outcome: Outcome) -> list[str]:
        """The priors that only this case rests on."""
        found = []
        for prior in self.analysis.situation.assumptions:
            if prior.where.startswith(f"scenarios.{outcome.key}."):
                figure = prior.figure
                value = words.printed(figure.value, figure.unit)
                found.append(f"prior {value}, range {ends(figure)}: {figure.source}")
        return found

    def _hit(self, outcome: Outcome) -> str:
        """Whom a case hits."""
        main = self.analysis.main
        if outcome is not main and set(outcome.targets) == set(main.targets):
            return "the same"
        if len(outcome.targets) > MANY:
            return f"{len(outcome.targets)} economies"
        return words.listing([self.place(code) for code in outcome.targets]) or "nobody"


def _title(outcome: Outcome, kind: str) -> str:
    if kind != "main":
        return words.capital(outcome.title)
    back = ", with retaliation" if outcome.key.endswith(f"-{ANSWERED}") else ""
    return f"As stated{back}"


def every_outcome(analysis: Analysis) -> Table:
    """Every country in every case, for the file beside the page."""
    rows = [
        {
            "case": outcome.key,
            "country": code,
            "real_income_percent": outcome.percent(code),
            "real_income_money": outcome.money(code),
            "real_income_before_tariffs_percent": outcome.percent(code, True),
            "real_income_before_tariffs_money": outcome.money(code, True),
            "failure": outcome.failure,
        }
        for outcome in with_answers(analysis.outcomes)
        for code in analysis.economy.countries
    ]
    measures = ("real_income", "real_income_before_tariffs")
    changes = (f"{name}_{way}" for name in measures for way in ("percent", "money"))
    keys = ("case", "country", *changes, "failure")
    caption = "Every economy in every case"
    return Table("all-cases", caption, columns("all-cases", *keys), rows, analysis.economy.unit)
