"""One function for each line of the record: what happened, what the model says, the verdict.

Each threat is judged on its own day. A verdict is a rule written here, applied to the numbers of
one horizon; all political terms are 0.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from threatpoint import words
from threatpoint.world import load_world
from validation.after_2025_03_31.answers import (
    BUYERS,
    CUT,
    CUT_INSTEAD,
    JULY,
    MARCH,
    NEXT_DAY,
    ORDER,
    Answers,
    day_of,
)
from validation.after_2025_03_31.record import figure
from validation.scored import ANY, Line, Verdict

BN = "USD bn"
ELSE = "what a target buys, alliances and other disputes are not in the sender's payoff"
TALKS = "the order may have served trade talks with India too, which the model does not hold"
WORTH = (
    "what the oil is worth to India beyond its price and what its word is worth to the sender are "
    "counted as 0"
)


@cache
def named(code: str) -> str:
    """A country inside a sentence."""
    return words.place(code, load_world())


def a_year(question: str) -> str:
    """What the sender's numbers are, on the day of a question."""
    return f"on {words.day(day_of(question))}, a year of it for the United States, against sparing"


def against(values: dict[str, float], *targets: str) -> str:
    """What a year of it brings the sender, target by target: '−USD 5.3 bn on China and ...'."""
    return words.listing(
        [f"{words.usd_change(values[t])} on {named(t)}" for t in targets or values]
    )


def word(gain: float) -> str:
    """What its word would have to be worth to the sender."""
    return f"a word worth {words.money(-gain, BN)} a year to the sender is enough; here it is 0"


def _not_carried_out(answers: Answers, question: str, part: str, happened: str, event: str) -> Line:
    """Right if carrying it out costs the sender more than sparing, for every target."""
    gains = answers.gains(question)
    right = max(gains.values()) < 0
    return Line(
        part,
        (event,),
        answers.horizon,
        happened,
        a_year(question),
        against(gains),
        "right" if right else "miss",
        "" if right else f"money alone would have carried it out on some; {ELSE}",
    )


def not_cut_off(answers: Answers) -> Line:
    """Nobody was cut off."""
    happened = "the threat of March 2025 was not carried out; nobody was cut off"
    return _not_carried_out(answers, CUT, "whether the cut-off comes", happened, "threat")


def march_tariff_not_carried_out(answers: Answers) -> Line:
    """Nobody was hit by the tariff of March."""
    happened = "the tariff threatened on 30 March 2025 was put on nobody before August"
    return _not_carried_out(answers, MARCH, "whether the tariff of March comes", happened, "threat")


def july_tariff_not_carried_out(answers: Answers) -> Line:
    """Nobody was hit by the tariff of July."""
    happened = "the 100 points threatened on 14 July 2025 were put on nobody"
    return _not_carried_out(
        answers, JULY, "whether the tariff of July comes", happened, "july-threat"
    )


def tariff_on_india(answers: Answers) -> Line:
    """Right if the order brings the sender more than sparing India, on the day of the order."""
    happened = "a tariff of 25 points was put on India in August 2025"
    return _ordered(answers, ORDER, "whether the tariff on India comes", happened)


def tariff_on_india_a_day_later(answers: Answers) -> Line:
    """The same on 7 August, when the reciprocal tariff ordered on 31 July was in force."""
    happened = "the tariff of 25 points came into force on top of a reciprocal tariff of 25 points"
    what = "whether it still pays on top of the reciprocal tariff"
    return _ordered(answers, NEXT_DAY, what, happened)


def _ordered(answers: Answers, asked: str, what: str, happened: str) -> Line:
    """Right if the order against India pays the sender in the world of that day."""
    gain = answers.gains(asked)["IND"]
    return Line(
        what,
        ("order-india",),
        answers.horizon,
        happened,
        a_year(asked),
        against(answers.gains(asked)),
        "right" if gain >= 0 else "miss",
        TALKS if gain >= 0 else f"{word(gain)}. {words.capital(TALKS)}",
    )


def china_spared(answers: Answers) -> Line:
    """Right if punishing China brings the sender less than punishing India."""
    gains = answers.gains(BUYERS)
    return Line(
        "whether China is spared",
        ("order-india",),
        answers.horizon,
        "China was not included in the order of August 2025",
        a_year(BUYERS),
        against(gains, "CHN", "IND"),
        "right" if gains["CHN"] < gains["IND"] else "miss",
        "" if gains["CHN"] < gains["IND"] else ELSE,
    )


def cheapest_first(answers: Answers) -> Line:
    """Right if India is the target whose punishment brings the sender most, or costs it least."""
    gains = answers.gains(BUYERS)
    best = max(gains, key=lambda t: gains[t])
    return Line(
        "who is hit alone",
        ("order-india",),
        answers.horizon,
        "India alone was hit",
        a_year(BUYERS),
        against(gains, *sorted(gains, key=lambda t: -gains[t])),
        "right" if best == "IND" else "miss",
        "" if best == "IND" else ELSE,
    )


def tariff_not_cut_off(answers: Answers) -> Line:
    """Right if the tariff costs the sender less than the cut-off, for India."""
    cut, tariff = (answers.gains(question)["IND"] for question in (CUT_INSTEAD, ORDER))
    return Line(
        "tariff or cut-off",
        ("threat", "order-india"),
        answers.horizon,
        "the instrument used was a tariff, not a cut-off",
        f"{a_year(ORDER)} India",
        f"tariff {words.usd_change(tariff)}, cut-off {words.usd_change(cut)}",
        "right" if tariff > cut else "miss",
        "" if tariff > cut else ELSE,
    )


def kept_buying_under_the_threat(answers: Answers) -> Line:
    """Right if carrying it out costs the sender, or India would not give in even if sure."""
    row, gain = answers.rows[MARCH]["IND"], answers.gains(MARCH)["IND"]
    keeps = gain < 0 or row["break_even_belief"] > 1
    return Line(
        "whether India gives in to the threat",
        ("may-crude",),
        answers.horizon,
        "under the threat India bought more than before "
        f"({figure('may-crude')} million barrels a day in May 2025)",
        f"belief from which India gives in, and, {a_year(MARCH)}",
        f"{words.belief(row['break_even_belief'])} and {words.usd_change(gain)}",
        "right" if keeps else "miss",
        ""
        if keeps
        else f"the belief from which India gives in is next to 100 %, so the answer turns on what "
        f"is left out: {WORTH}. India may also not have believed a threat that stood for months",
    )


def kept_buying_under_the_tariff(answers: Answers) -> Line:
    """Right if India never gives in whatever the others do, miss if it would, else open."""
    row = answers.rows[BUYERS]["IND"]
    low, high = row["break_even_low"], row["break_even_high"]
    verdict: Verdict = "right" if low > 1 else "miss" if high <= 1 else "open"
    return Line(
        "whether India gives in to the tariff",
        ("september-crude", "november-crude"),
        answers.horizon,
        f"with the tariff in force India went on buying ({figure('september-crude')} million "
        f"barrels a day in September, {figure('november-crude')} in November)",
        f"on {words.day(day_of(BUYERS))}, belief from which India gives in, and its range over "
        "what the others do",
        f"{words.belief(row['break_even_belief'])} ({words.belief_span(low, high)})",
        verdict,
        "" if verdict == "right" else f"{WORTH}; anything above raises the belief",
    )


def exports_fell(answers: Answers) -> Line:
    """Right if the fall to September lies between those of November and September on record."""
    months = ("may", "september", "november")
    may, september, november = (figure(f"{month}-exports") for month in months)
    fall, least = 100 * (september / may - 1), 100 * (november / may - 1)
    inside = fall <= answers.exports["september"] <= least
    said = [f"{words.percent(answers.exports[name])} to {name.capitalize()}" for name in months[1:]]
    return Line(
        "India's exports to the United States",
        ("may-exports", "september-exports", "november-exports"),
        answers.horizon,
        f"India's goods exports to the United States: {words.percent(fall)} from May to September, "
        f"{words.percent(least)} from May to November 2025",
        "the tariffs in force in May against those of the month, all partners'",
        words.listing(said),
        "right" if inside else "miss",
        "goods shipped early in May, goods that kept being exempted, contracts and the season are "
        "on record; the model compares a whole year under one set of tariffs with another",
    )


def unmodelled() -> list[Line]:
    """Lines the game has no part for."""
    return [
        Line(
            "giving in by a part",
            ("may-crude", "september-crude"),
            ANY,
            "India's purchases fell by a fifth from May to September 2025, not to nothing",
            "",
            "how much a target stops depends on the form of the threat, which nobody stated",
            "not modelled",
            "the share that each target stops stands beside, by form of the threat; no form is "
            "an answer by itself",
        ),
        Line(
            "sanctions on producers",
            ("producers", "december-crude"),
            ANY,
            f"purchases fell to {figure('december-crude')} million barrels a day after the "
            "sanctions on two producers",
            "",
            "sanctions on producers are another threat, not in this situation",
            "not modelled",
        ),
        Line(
            "a deal",
            ("revoked",),
            ANY,
            "the tariff was revoked in February 2026 for a pledge to stop, with a lower reciprocal "
            "tariff",
            "",
            "the game has no date of a deal",
            "not modelled",
            "what the offer was worth to both stands beside; when a deal comes is not in it",
        ),
    ]


RULES: tuple[Callable[[Answers], Line], ...] = (
    not_cut_off,
    march_tariff_not_carried_out,
    july_tariff_not_carried_out,
    tariff_on_india,
    tariff_on_india_a_day_later,
    china_spared,
    cheapest_first,
    tariff_not_cut_off,
    kept_buying_under_the_threat,
    kept_buying_under_the_tariff,
    exports_fell,
)
