"""The words of every room: numbers, money, beliefs, horizons and closures, each said in one way.

Two significant digits, never scientific notation, never a minus before 0. What ends in `_words` is
plain text for messages, help texts and files; the rest is for readers, with a true minus, thin and
no-break spaces. It stands below all rooms, so that a help text may use it.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol, TypeAlias

from threatpoint.quantity import Ranged
from threatpoint.units import MONEY_UNITS, SCALES, scaled


class Named(Protocol):
    """What has countries, groups and names for its codes: an economy."""

    @property
    def countries(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def residuals(self) -> tuple[str, ...]: ...
    @property
    def sector_names(self) -> Mapping[str, str]: ...


MINUS, THIN, SPACE, DASH = "\u2212", "\u202f", "\u00a0", "\u2013"
SMALLEST = 0.005
"""Below it a change is not called a gain or a loss, and has one digit only."""
LEAST = f"{SMALLEST:g}{SPACE}%"
UNDER = f"less than {LEAST}"


OIL = {"crude": "crude oil", "refined": "refined oil"}
"""Flow of the table -> what it is called in a heading; all of them together are oil."""


def oil(goods: Sequence[str]) -> str:
    """Goods in a heading: 'oil' for crude and refined, 'crude oil' for one of them."""
    return "oil" if set(goods) == set(OIL) else listing([OIL.get(good, good) for good in goods])


# -- horizons and closures -----

Horizon: TypeAlias = Literal["abrupt", "short", "medium", "long"] | str
"""A horizon, or another set of elasticities by its name."""
Closure: TypeAlias = Literal["fixed", "balanced", "proportional"] | str
Opec: TypeAlias = Literal["", "hold", "half", "all"] | str
"""Regime of OPEC; "" where the market in barrels is left to follow the policy."""

HORIZONS = {
    "abrupt": "first months",
    "short": "first year",
    "medium": "1-3 years",
    "long": "7-10 years",
}
"""Horizon, as the options name it -> how long it is, in words."""

MEANINGS = {
    "abrupt": "suppliers can hardly be replaced yet",
    "short": "suppliers are hard to replace",
    "medium": "some trade has moved to other partners",
    "long": "production and trade have moved to other partners",
}
"""Horizon -> what has happened by then."""


def when_words(name: str) -> str:
    """'in the first year', 'after 7-10 years'; another set of elasticities by its name."""
    if name not in HORIZONS:
        return f'with the elasticities "{name}"'
    lasts = HORIZONS[name]
    return f"in the {lasts}" if lasts.startswith("first") else f"after {lasts}"


def legend_words(names: Iterable[str]) -> str:
    """'short = first year, medium = 1-3 years': names of options with their words."""
    return ", ".join(f"{name} = {HORIZONS[name]}" for name in names if name in HORIZONS)


def ordered(names: Iterable[str]) -> list[str]:
    """Horizons from short to long; others as they come, last."""
    known = tuple(HORIZONS)
    return sorted(names, key=lambda name: known.index(name) if name in known else len(known))


CLOSURES = {
    "fixed": "every trade balance keeps its baseline size, measured in world value added",
    "balanced": "every country's trade is balanced, in the baseline too",
    "proportional": "trade balances move in proportion to national income",
}
"""What happens to trade balances."""


def closure(name: str) -> str:
    """What a closure does; another one by its name."""
    return CLOSURES.get(name, name)


REPLACED = {
    "low": "suppliers are harder to replace",
    "high": "suppliers are easier to replace",
}
"""End of a range of trade elasticities -> what it means."""


def elasticities(case: str) -> str:
    """A case of a set as a clause: 'suppliers are harder to replace (low trade elasticities)'."""
    values = f"{case.replace('-', ' ')} trade elasticities"
    return f"{REPLACED[case]} ({values})" if case in REPLACED else f"{values} hold"


# -- numbers -----

NOISE = 1e-5
"""Below it a figure that is not 0 is written as 0.00: it may be the solver's."""


ROUNDING = 1e-9
"""Below it a figure is 0: what rounding leaves of a change of nothing."""

DIGITS = ((0.995, 2), (9.95, 1))
"""Sizes below which a figure has so many decimals; none from the last on. A page's script has them
from here."""


def number_words(value: float, signed: bool = False, decimals: int | None = None) -> str:
    """Two significant digits below 10, whole numbers above: 0.459 -> 0.46, -12.6 -> -13.

    What is too small for its decimals keeps its sign and one digit: -0.0021 -> -0.002.

    Args:
        value: NaN and infinity become a dash.
        signed: put a plus sign before gains.
        decimals: so many, instead of two significant digits.
    """
    if not math.isfinite(value):
        return DASH
    size = abs(value)
    if decimals is None:
        fitting = (count for below, count in DIGITS if ROUNDING <= size < below)
        decimals = next(fitting, 0)
    text = f"{size:,.{decimals}f}"
    if not float(text.replace(",", "")):
        if size < NOISE:
            return text
        text = _one_digit(size)
    sign = "-" if value < 0 else "+" if signed else ""
    return sign + text


def _one_digit(size: float) -> str:
    """A size below 1 to its first digit: 0.0021 -> '0.002'."""
    size = round(size, -math.floor(math.log10(size)))
    return f"{size:.{max(0, -math.floor(math.log10(size)))}f}"


def number(value: float, signed: bool = False, decimals: int | None = None) -> str:
    """`number_words` with a true minus and thin spaces: -12345.6 -> '−12 346'."""
    text = number_words(value, signed, decimals)
    return text.replace("-", MINUS).replace(",", THIN)


def rounded_up(size: float) -> str:
    """A size to its first digit, no smaller than it is, nor than 0.0001: 0.0021 -> '0.003'."""
    size = max(size, 1e-4)
    decimals = max(0, -math.floor(math.log10(size)))
    return f"{math.ceil(size * 10**decimals) / 10**decimals:.{decimals}f}"


def percent(value: float, signed: bool = False) -> str:
    """A value in percent: -0.6 -> '−0.60 %'."""
    text = number(value, signed)
    return text if text == DASH else f"{text}{SPACE}%"


def magnitude(value: float) -> str:
    """The size of a change in percent, without its sign; tiny ones as 'less than 0.005 %'."""
    if 0 < abs(value) < SMALLEST:
        return UNDER
    return percent(abs(value))


def change(value: float) -> str:
    """A change in percent with its sign, for a big number: '−0.34 %', 'about 0', 'no result'."""
    if math.isnan(value):
        return "no result"
    return "about 0" if negligible(value) else percent(value, True)


def ranged(low: float, high: float) -> str:
    """The range of one: '−0.90 to −0.41', one where both read the same; empty without one."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return " to ".join(dict.fromkeys(number(end, end > 0) for end in (low, high)))


def undetermined(low: float, value: float, high: float) -> bool:
    """A range that holds a gain and a loss and is far wider than its value: it says nothing."""
    return low < 0.0 < high and not Ranged(value, low, high).determined


def negligible(value: float) -> bool:
    """Too small to be called a gain or a loss on the page."""
    return abs(value) < SMALLEST


def money_scale(unit: str, values: Iterable[float] = ()) -> tuple[float, str]:
    """Divisor and label that keep a column readable: (1000, 'USD bn') for USD million.

    Args:
        unit: the economy's unit; an unknown one is kept as it is, as where all values are 0.
        values: the column, in `unit`.
    """
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    if unit not in MONEY_UNITS or not largest:
        return 1.0, unit
    currency, _, scale = unit.partition(" ")
    largest *= SCALES[scale]
    name = "bn" if largest >= 100.0 else "million" if largest >= 0.1 else "thousand"
    return SCALES[name] / SCALES[scale], f"{currency} {name}"


def money(value: float, unit: str) -> str:
    """An amount in words, without sign: 87_000 USD million -> 'USD 87 bn'."""
    if not math.isfinite(value):
        return DASH
    if unit not in MONEY_UNITS:
        return f"{number(abs(value))}{SPACE}{unit}"
    currency, amount, name = scaled(abs(value), unit, 0.995)
    if not name and 0 < amount < 0.995:
        return f"less than {currency}{SPACE}1"
    return f"{currency}{SPACE}{number(amount)}{SPACE}{name}".rstrip()


def money_signed(value: float, unit: str) -> str:
    """An amount in words with its sign: '−USD 1.4 million', 'USD 0'."""
    sign = "" if not value or not math.isfinite(value) else MINUS if value < 0 else "+"
    return f"{sign}{money(value, unit)}"


def usd_change(value: float) -> str:
    """USD bn with its sign: '+USD 2.9 bn'; next to nothing is 'nothing', NaN 'no answer'."""
    if not math.isfinite(value):
        return NO_ANSWER
    return "nothing" if negligible(value) else money_as(value, 1.0, "USD bn")


def usd_changes(values: Iterable[float]) -> str:
    """From the smallest to the largest that there are: '−USD 38 bn to −USD 0.76 bn'."""
    known = [value for value in values if math.isfinite(value)]
    ends = (min(known), max(known)) if known else (math.nan,)
    return " to ".join(dict.fromkeys(map(usd_change, ends)))


def money_as(value: float, scale: float, label: str) -> str:
    """An amount in a given unit, with sign: 'USD bn' keeps 975 million as '+USD 0.98 bn'."""
    text = number(abs(value) / scale)
    sign = "" if not text.strip("0.") or text == DASH else MINUS if value < 0 else "+"
    currency, _, name = label.partition(" ")
    known = bool(name) and name in SCALES
    return f"{sign}{currency}{SPACE}{text}{SPACE}{name}" if known else f"{sign}{text}{SPACE}{label}"


def rounded(value: float) -> str:
    """Three digits at most, 'any' and 'none' for the infinities: 7151.2 -> '7 150'."""
    if math.isinf(value):
        return "any" if value > 0 else "none"
    if 1e-4 <= abs(value) < 0.01:
        return f"{value:.4f}".rstrip("0").replace("-", MINUS)
    if abs(value) >= 1000:
        return number(round(value, min(2 - math.floor(math.log10(abs(value))), 0)))
    return number(value)


def rounded_span(low: float, high: float, unit: str = "") -> str:
    """The range of one: '2 230 to 1 070 000 km²'; one number where both ends read the same."""
    ends = dict.fromkeys((rounded(low), rounded(high)))
    return f"{' to '.join(ends)}{SPACE}{unit}".strip()


def rounded_in(value: float, unit: str) -> str:
    """One with its unit in words: 'USD 9.7 bn a month', '145 km² a month'."""
    currency, _, rest = unit_words(unit).partition(" ")
    if currency in ("USD", "EUR"):
        return f"{currency}{SPACE}{rounded(value)}{SPACE}{rest}"
    return f"{rounded(value)}{SPACE}{unit_words(unit)}"


def unit_words(unit: str) -> str:
    """A unit inside a sentence: 'USD m/km2' -> 'USD m a km²', 'per month' -> 'a month'."""
    return signs(unit).replace("/", " a ").replace("per ", "a ")


def signs(text: str) -> str:
    """Typed signs as printed ones: 'km2', ' - '."""
    return text.replace("km2", "km²").replace(" - ", f" {MINUS} ")


def phrase(text: str) -> str:
    """A definition as printed, with a capital letter unless it starts with a symbol."""
    first = text.partition(" ")[0]
    return signs(text if "_" in first or "(" in first else capital(text))


def key_words(key: str) -> str:
    """A key without its underscores."""
    return key.replace("_", " ")


def tiny(value: float) -> str:
    """A residual without scientific notation: 5.8e-11 -> '0.58 in 10 billion'."""
    if not math.isfinite(value):
        return DASH
    if not value or abs(value) >= 0.01:
        return number(value)
    for name, size in (("a million", 1e6), ("10 billion", 1e10)):
        if abs(value) * size >= 0.1:
            return f"{number(value * size)} in {name}"
    return "less than 0.1 in 10 billion"


def span(low: float, high: float) -> str:
    """A range in percent: '−0.90 to −0.41 %'; one number where both ends read the same."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return DASH
    return f"{number_span(low, high)}{SPACE}%"


def belief(value: float) -> str:
    """A break-even belief: '34 %', 'never' above 1, 'anyway' from 0 down, NaN a dash."""
    if math.isnan(value):
        return DASH
    if value <= 0:
        return "anyway"
    return "never" if value > 1 else share(value if 100 * value >= SMALLEST else 0.0)


def belief_span(low: float, high: float) -> str:
    """The range of one: '32 to 47 %', '61 % to never'; one where both read the same."""
    both = dict.fromkeys(map(belief, (low, high)))
    if DASH in both:
        return DASH
    plain = all(0 < value <= 1 for value in (low, high)) and len(both) > 1
    return span(100 * low, 100 * high) if plain else " to ".join(both)


def beliefs(values: Sequence[float]) -> str:
    """Several, with the unit once where all are numbers: '22, 28 and 35 %', '75 % and never'."""
    if all(0 < value <= 1 for value in values):
        return f"{listing([number(100 * value) for value in values])}{SPACE}%"
    return listing([belief(value) for value in values])


def number_span(low: float, high: float) -> str:
    """A range of numbers: '0.2 to 0.6'; one where both ends read the same."""
    return " to ".join(dict.fromkeys(number(end) for end in (low, high)))


def numbers(values: Sequence[float], signed: bool = False) -> str:
    """Several: '22, 28 and 35'; one where all read the same."""
    said = [number(value, signed) for value in values]
    return said[0] if len(set(said)) == 1 else listing(said)


def ends(values: Sequence[float], signed: bool = False) -> str:
    """Least to most: '0.03 to 4.1'; one number where both read the same."""
    return " to ".join(dict.fromkeys(number(end(values), signed) for end in (min, max)))


def area(*values: float) -> str:
    """An exact area, or from least to most: '112\u202f415 km²', '130 to 240 km²'."""
    return f"{ends(values)}{SPACE}km²"


def hundreds(*values: float) -> str:
    """One, or from least to most, to the next hundred, for draws know no more: '900 to 7 600'."""
    return ends([100.0 * round(value / 100.0) for value in values])


def measured(value: float | None, unit: str) -> str:
    """A value with its unit: '39 months', '15 %', 'EUR 39 bn'; None is 'never'."""
    if value is None:
        return "never"
    if unit.startswith("share"):
        return share(value)
    if unit.startswith("%"):
        return percent(value)
    if unit.startswith(("EUR bn", "USD bn")):
        return money_as(value, 1.0, unit[:6]).removeprefix("+")
    return number(value) + (f"{SPACE}months" if unit == "months" else "")


def share(value: float) -> str:
    """A share in percent: 0.065 -> '6.5 %'."""
    return percent(100 * value)


def part(value: float) -> str:
    """A share held, with a digit more near 0 and 100: '69 %', '3.5 %', '99.1 %'."""
    near = 0 < value < 0.1 or 0.985 < value < 1
    return f"{100 * value:.{int(near)}f}{SPACE}%"


def shares(ends: tuple[float, float]) -> str:
    """A range of shares: '15 to 84 %'."""
    return span(100 * ends[0], 100 * ends[1])


def month(text: str) -> str:
    """'2022-02', or a day of that month, -> 'February 2022'."""
    return f"{datetime.date.fromisoformat(f'{text[:7]}-01'):%B %Y}"


def day(date: datetime.date) -> str:
    """'13 March 2025'."""
    return f"{date.day} {date:%B %Y}"


def months(ends: tuple[str, str]) -> str:
    """'February 2022 to December 2024'."""
    return " to ".join(map(month, ends))


def eur(value: float) -> str:
    """EUR bn without sign: 'EUR 39 bn'."""
    return money(value, "EUR bn")


def listing(words: Sequence[str]) -> str:
    """'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(items: int, noun: str = "", plural: str = "") -> str:
    """'four targets', '27 economies': small counts in words."""
    word = _SMALL[items] if items < len(_SMALL) else str(items)
    name = noun if items == 1 else plural or f"{noun}s"
    return f"{word} {name}".strip() if noun else word


def plain(text: str) -> str:
    """With ordinary spaces, for a terminal."""
    return text.replace(SPACE, " ")


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    text = text.strip()
    ended = text.endswith((".", "!", "?"))
    return capital(text) + ("" if ended or not text else ".")


def quoted(text: str) -> str:
    """In quotation marks; those inside become single ones."""
    inner = text.replace("\u201c", "\u2018").replace("\u201d", "\u2019")
    return f"\u201c{inner}\u201d"


def place(code: str, economy: Named) -> str:
    """The name of a country or group, with the article English asks for."""
    name = economy.names.get(code, code)
    kinds = ("States", "Emirates", "Netherlands", "Islands", "Kingdom", "Republic", "Federation")
    if name.startswith("Rest of"):
        return f"the r{name[1:]}"
    with_article = name.endswith((*kinds, "Union")) or code in economy.groups
    return f"the {name}" if with_article else name


def horizon(name: str) -> str:
    """How long a horizon is: 'first year', '7–10 years'; another set by its name."""
    known = HORIZONS.get(name)
    return known.replace("-", DASH) if known else f"elasticities {quoted(name)}"


def when(name: str) -> str:
    """A horizon inside a sentence: 'in the first year', 'after 7–10 years'."""
    if name not in HORIZONS:
        return f"with the {horizon(name)}"
    return when_words(name).replace("-", DASH)


def one_horizon_drawn(name: str) -> str:
    """Which numbers of a table over horizons are drawn."""
    return (
        f"{capital(horizon(name))}: median of the draws. Other horizons are solved once, at the "
        "central values: no range."
    )


def when_defined(name: str) -> str:
    """The same, with what has happened by then in brackets."""
    return f"{when(name)} ({MEANINGS[name]})" if name in MEANINGS else when(name)


def printed_words(number: str, unit: str, space: str = " ") -> str:
    """A figure with the digits as printed, the currency first: 'USD 77.51 bn', '12 %'."""
    currency, _, size = unit.partition(" ")
    parts = (currency, number, size) if unit in MONEY_UNITS else (number, unit)
    return space.join(filter(None, parts))


def printed(number: object, unit: str) -> str:
    """The same for readers."""
    return printed_words(str(number), unit, SPACE)


_SCIENTIFIC = re.compile(r"-?\b\d+(?:\.\d+)?[eE][-+]?\d+\b")
_HYPHEN = re.compile(r"(?<![\w.)\]-])-(?=\d)")


def named(text: str, economy: Named, more: Mapping[str, str] | None = None) -> str:
    """Codes replaced by names, a true minus, no scientific notation: for text made elsewhere.

    `more` are other codes with what is written for them.
    """
    text = _SCIENTIFIC.sub(lambda match: tiny(float(match[0])), text)
    text = _HYPHEN.sub(MINUS, text)
    names = {code: place(code, economy) for code in economy.names}
    names |= {code: name.lower() for code, name in economy.sector_names.items()}
    names |= more or {}
    codes = [code for code in names if len(code) > 1 and code.isupper()]
    if not codes:
        return text
    found = re.compile(r"\b(" + "|".join(map(re.escape, codes)) + r")\b")
    return found.sub(lambda match: names[match[1]], text)


POWER = (
    "Power of one over another: the share of its real income that the other loses where one "
    "percent of all trade between them is cut, over the share that the one loses. Above 1 the "
    "other depends more; there and back multiply to 1."
)
"""After Hirschman (1945, chapter II): power comes from unequal dependence on the same trade."""

FRIEND = "Above 0 it is a friend: the other gains by its growth; below 0 an enemy."
"""After Kleinman, Liu and Redding (2024)."""

REFINED_CAUTION = (
    "A caution: in the first year buyers of refined oil products hardly find others (a low "
    "elasticity), which makes it look cheap to stop selling them."
)
FIRST_ORDER = (
    "First order: the slope in the world as it is, right for a small cut; crude is a good like any "
    "other in it."
)


# -- verdicts, beliefs and chances -----


def yes(verdict: bool | str) -> str:
    """A verdict as 'yes' or 'no'; one in words as it is."""
    return verdict if isinstance(verdict, str) else "yes" if verdict else "no"


NO_ANSWER = "no answer"


def gives_in(value: float) -> str:
    """When a target gives in, in plain words: 'from 34 % on', 'never', 'anyway'."""
    if math.isnan(value):
        return NO_ANSWER
    return f"from {plain(belief(value))} on" if 0 < value <= 1 else belief(value)


def chance(value: float) -> str:
    """A probability: '34 %'; what is not certain never reads 0 or 100 %."""
    if math.isnan(value):
        return NO_ANSWER
    if 0 < value < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= value < 1 else f"{100 * value:.0f} %"


def chance_span(low: float, high: float) -> str:
    """The range of one: '2 to 32 %', 'under 1 % to 20 %'; one where both ends read the same."""
    if math.isnan(low) or math.isnan(high):
        return NO_ANSWER
    ends = list(dict.fromkeys(map(chance, (low, high))))
    plain = len(ends) > 1 and not ends[0].startswith("under")
    return " to ".join([ends[0].removesuffix(" %") if plain else ends[0], *ends[1:]])
