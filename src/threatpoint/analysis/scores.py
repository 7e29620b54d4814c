"""All proper scores of a situation in one table: what was said, what came, and who guessed better.

What is scored over all situations together is the same on each page; a tree and the numbers are a
situation's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.analysis.forecasts import (
    GIVES_IN,
    HIT,
    LEAF,
    OURS,
    Forecast,
    Number,
    forecasts,
    numbers,
)
from threatpoint.analysis.losses import (
    COIN,
    NEVER,
    SMALL,
    Class,
    Loss,
    losses,
    reliability,
    tree_losses,
)
from threatpoint.strategy import base_rate
from threatpoint.tables import Row, Table, columns

if TYPE_CHECKING:
    import datetime

    from threatpoint.drawn_input import Input

NAIVE = {COIN: 0.5, NEVER: SMALL}
"""Naive forecast of any question -> its chance."""
ACTS = 0.5
"""Share of the clocks at which a sender that stands firm acts: the mean of its law."""
BASE = "past US threats carried out, times one half"
CONCEDED = "past US threats given in to"
KINDS = {HIT: "who is hit", GIVES_IN: "who gives in"}
"""Kind -> what its questions are about."""


@dataclass(frozen=True)
class Scores:
    """What was scored of a situation.

    Attributes:
        leaves: of its tree, of which one came; empty where nobody knows which.
        asked: answered questions of all situations.
        numbers: its own.
    """

    leaves: Sequence[Forecast]
    asked: Sequence[Forecast]
    numbers: Sequence[Number]

    @property
    def came(self) -> Forecast | None:
        """The leaf that came."""
        return next((leaf for leaf in self.leaves if leaf.came), None)

    @property
    def situations(self) -> int:
        """From which the questions are."""
        return len({each.situation for each in self.asked})

    @property
    def classes(self) -> list[Class]:
        """The questions by class of chance."""
        return reliability(self.asked)

    @property
    def rows(self) -> list[Row]:
        """Misses first: what most naive forecasts guessed better."""
        return sorted([*_rows(self)], key=lambda row: (-row["beaten"], -row["of"]))

    @property
    def worst(self) -> Forecast:
        """The answered question that got the least chance of what came."""
        return min(self.asked, key=lambda each: each.chance if each.came else 1.0 - each.chance)

    @property
    def beaten(self) -> int:
        """Rows in which some naive forecast is better."""
        return sum(row["beaten"] > 0 for row in self.rows)

    @classmethod
    def of(cls, situation: str) -> Scores | None:
        """The shipped scores of a built-in situation; None where nothing of it was scored."""
        every = forecasts()
        own = [each for each in every if each.situation == situation]
        if not own:
            return None
        return cls(tree_of(own), [each for each in every if each.asked], numbers(situation))


def tree_of(found: Sequence[Forecast]) -> list[Forecast]:
    """The leaves, where it is known which one came."""
    leaves = [each for each in found if each.kind == LEAF]
    return leaves if any(leaf.came for leaf in leaves) else []


def question_losses(asked: Sequence[Forecast]) -> dict[str, Loss]:
    """Of questions of one kind, the record of 1970 to 2000 among the naive forecasts."""
    past, kinds = base_rate("USA"), {each.kind for each in asked}
    base = {}
    if kinds == {HIT}:
        base = {BASE: past.share * ACTS}
    elif kinds == {GIVES_IN}:
        base = {CONCEDED: past.conceded / past.threats}
    return losses(asked, NAIVE | base)


def _rows(scores: Scores) -> Iterator[Row]:
    leaf = scores.came
    if leaf is not None:
        told = f"{words.chance(leaf.chance)} to what came"
        found = tree_losses(scores.leaves)
        yield from _both("what comes within a year", told, leaf.words, found)
    for kind, about in KINDS.items():
        asked = [each for each in scores.asked if each.kind == kind]
        if asked:
            yield from _both(f"{about}, all situations", *_told(asked), question_losses(asked))
    yield from _both(
        "all questions, all situations", *_told(scores.asked), losses(scores.asked, NAIVE)
    )
    for what in dict.fromkeys(each.what for each in scores.numbers):
        each = [number for number in scores.numbers if number.what == what]
        first = each[0]
        about = what, first.said, first.came, "CRPS", first.unit
        yield _row(*about, {number.forecast: number.crps for number in each})


def _told(asked: Sequence[Forecast]) -> tuple[str, str]:
    came, mean = sum(each.came is True for each in asked), sum(each.chance for each in asked)
    return f"{words.number(mean)} of {len(asked)} expected", f"{came} of {len(asked)}"


def _both(what: str, said: str, came: str, found: Mapping[str, Loss]) -> Iterator[Row]:
    about = what, said, came
    yield _row(*about, "log loss", "1", {name: loss.log for name, loss in found.items()})
    yield _row(*about, "Brier score", "1", {name: loss.brier for name, loss in found.items()})


def _row(
    what: str, said: str, came: str, measure: str, unit: str, found: Mapping[str, float]
) -> Row:
    ours = found[OURS]
    naive = sorted((score, name) for name, score in found.items() if name != OURS)
    return {
        **{"what": what, "said": said, "came": came, "measure": measure, "unit": unit},
        **{"ours": ours, "of": len(naive), "beaten": sum(score < ours for score, _ in naive)},
        "naive": "; ".join(f"{name} {words.number(score)}" for score, name in naive),
    }


def table(scores: Scores) -> Table:
    """Every score beside the naive ones."""
    keys = ("what", "said", "came", "measure", "ours", "naive", "-unit", "-beaten", "-of")
    return Table(
        "scores",
        "Scores beside those of naive forecasts, 0 is best; first what was guessed better",
        columns("scores", *keys, measure=_measure),
        scores.rows,
        note="Log loss: minus the log of the chance given to what came. Brier score: the squared "
        "error of a chance. CRPS: the distance of a range from the number that came, in its unit.",
        deciding=("ours", "naive"),
    )


def _measure(row: Row) -> str:
    return row["measure"] if row["unit"] == "1" else f"{row['measure']}, {words.signs(row['unit'])}"


def questions(scores: Scores) -> Table:
    """Every question with its chance and what came."""
    keys = ("situation", "what", "chance", "range", "came", "date", "source", "words")
    rows = [vars(each) | {"came": each.came is True} for each in scores.asked]
    return Table("questions", "Every question that was scored", columns("questions", *keys), rows)


def known_later(inputs: Sequence[Input], day: datetime.date) -> tuple[int, int, int]:
    """Groups of inputs known only after a day, groups without a date of their own, and all groups.

    A group is known when the last of its inputs is.
    """
    month, known = f"{day:%Y-%m}", dict[str, str]()
    for item in inputs:
        dated = item.known if item.known[:4].isdigit() else ""
        known[item.group] = max(known.get(item.group, ""), dated)
    later = sum(when > month for when in known.values())
    return later, sum(not when for when in known.values()), len(known)
