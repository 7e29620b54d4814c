"""Rows of the base of the crude market, and how a day of them is put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from builders import data
from builders.sources import FILES
from threatpoint.errors import WorldError
from threatpoint.world.parameters import Parameter

FACTS = data.toml("crude")
OIL, BRENT = FILES["oil"], FILES["brent"]
SELLER = "RUS"
ITEMS = FACTS["items"]
SIDES = {
    side: [item for item, about in ITEMS.items() if about["side"] == side]
    for side in ("market", "seller", "producer", "buyer")
}
DIGITS = 6


@dataclass(frozen=True)
class Row:
    """One number of one day, with what a reader needs to check it.

    `prior` is "yes" or "no"; `known` is the month from which the figure was known.
    """

    day: str
    side: str
    code: str
    item: str
    value: float
    low: float
    high: float
    unit: str
    prior: str
    period: str
    source: str
    page: str
    known: str
    note: str = ""


class Day:
    """The rows of one day, by item and code."""

    def __init__(self, name: str, found: Iterator[tuple[Row, float | None]]) -> None:
        self.name = name
        self.rows: dict[tuple[str, str], Row] = {}
        self.whole: dict[str, float] = {}
        for row, whole in found:
            self._add(row)
            if whole is not None:
                self.whole[row.item] = whole

    def __getitem__(self, key: tuple[str, str]) -> float:
        return self.row(*key).value

    def has(self, item: str, code: str) -> bool:
        """Whether there is a row."""
        return (item, code) in self.rows

    def row(self, item: str, code: str) -> Row:
        """The row of an item and a code.

        Raises:
            WorldError: there is none.
        """
        if (item, code) not in self.rows:
            raise WorldError(f"{self.name}: no row gives {item} of {code}")
        return self.rows[item, code]

    def codes(self, item: str) -> list[str]:
        """Codes with a row of an item."""
        return [code for name, code in self.rows if name == item]

    def total(self, item: str) -> float:
        """Sum of an item over the rows so far."""
        return round(sum(row.value for row in self.rows.values() if row.item == item), DIGITS)

    def put(self, item: str, code: str, value: float, source: str, **more: Any) -> None:
        """A number that was read or computed; without ends it has no range."""
        words = {name: more.pop(name) for name in ("producer",) if name in more}
        row = _row(self.name, item, code, source, (value, value, value), words)
        ends = {name: round(more.pop(name), DIGITS) for name in ("low", "high") if name in more}
        prior = "yes" if more.pop("prior", False) else "no"
        self._add(replace(row, **ends, **more, prior=prior))

    def from_registry(self, item: str, code: str, given: Parameter, known: str) -> None:
        """A number of the registry of parameters, with its source and page."""
        row = _row(self.name, item, code, "registry", (given.value, given.low, given.high), {})
        told = {name: getattr(given, name) for name in ("period", "source", "page", "note")}
        prior = "yes" if given.prior else "no"
        self._add(replace(row, **told, known=known, prior=prior))

    def replace(self, row: Row, **numbers: float) -> None:
        """Other numbers in a row that is there."""
        del self.rows[row.item, row.code]
        self._add(replace(row, **{name: round(x, DIGITS) for name, x in numbers.items()}))

    def date(self) -> None:
        """A computed row is known when the newest figure of its day is."""
        newest = max(row.known for row in self.rows.values())
        for key, row in self.rows.items():
            self.rows[key] = row if row.known else replace(row, known=newest)

    def _add(self, row: Row) -> None:
        key = row.item, row.code
        if key in self.rows:
            raise WorldError(f"{self.name}: two rows give {row.item} of {row.code}")
        self.rows[key] = row


def typed(day: str) -> Iterator[tuple[Row, float | None]]:
    """The rows typed in for a day, each with the whole that it is a remainder of, if any."""
    for given in FACTS["row"]:
        if day in given["days"]:
            yield from ((row, given.get("all_of")) for row in _filled(day, given))


def _filled(day: str, given: dict[str, Any]) -> Iterator[Row]:
    per = given.get("barrels", 1.0) / given.get("over", 1.0)
    for code, number in (given.get("numbers") or given["tonnes"]).items():
        value, low, high = number if isinstance(number, list) else (number * per,) * 3
        ends = given.get("low", {}).get(code, low), given.get("high", {}).get(code, high)
        row = _row(day, given["item"], code, given["source"], (value, *ends), {})
        more = {name: given[name] for name in ("period", "note") if name in given}
        exact = row.low == row.value == row.high
        yield replace(row, prior="yes" if given.get("prior") and not exact else "no", **more)


def _row(
    day: str,
    item: str,
    code: str,
    source: str,
    numbers: tuple[float, float, float],
    words: dict[str, str],
) -> Row:
    told, about = FACTS["sources"][source], ITEMS[item]
    value, low, high = (round(float(x), DIGITS) + 0.0 for x in numbers)
    period = FACTS["days"][day]["about"]
    text = told["text"].format(**words) if words else told["text"]
    return Row(
        day, about["side"], code, item, value, low, high, about["unit"], "no", period, text,
        told["page"], told["known"],
    )  # fmt: skip
