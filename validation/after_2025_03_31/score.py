"""Score of the threat game against the record after 31 March 2025, line by line.

The model is asked with the built-in situation as it stands and all political terms 0. The verdict
of each line is a rule written here, applied to the numbers of every horizon the table has.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from builders.data import read

from threatpoint import words
from threatpoint.equilibrium import solve
from threatpoint.errors import EquilibriumError
from threatpoint.oil.regime import oil_supply
from threatpoint.situation import load_situation
from threatpoint.strategy import Store, ThreatGame, solve_threat
from threatpoint.strategy.results import target_rows
from threatpoint.world import load_world
from validation.scored import ANY, ORDER, Line, Verdict

HORIZONS = ("short", "medium", "long")
BN = "USD bn"


@dataclass(frozen=True)
class Answers:
    """The model's numbers at one horizon: target -> row, for both threats."""

    horizon: str
    cut: dict[str, dict[str, float]]
    tariff: dict[str, dict[str, float]]
    exports: float

    def gains(self, kind: str) -> dict[str, float]:
        """Target -> what carrying out a threat brings the sender against sparing, USD bn a year."""
        return {t: row["credibility_usd_bn"] for t, row in getattr(self, kind).items()}


@cache
def named(code: str) -> str:
    """A country inside a sentence."""
    return words.place(code, load_world())


@cache
def events() -> dict[str, dict[str, str]]:
    """The record, by id."""
    return {row["id"]: row for row in read(pathlib.Path(__file__).with_name("events.csv"))}


def figure(event: str) -> float:
    """The figure of an event, in its unit."""
    return float(events()[event]["figure"])


def ask(horizon: str) -> Answers:
    """The model at one horizon."""
    world, situation = load_world(), load_situation("ukraine-2025-03-31")
    store = Store()

    def rows(name: str) -> tuple[ThreatGame, dict[str, dict[str, float]]]:
        game = solve_threat(
            world,
            situation.threats[name],
            horizon=horizon,
            store=store,
            supply=oil_supply(world),
        )
        return game, {row["target"]: row for row in target_rows(game, thresholds=False)}

    _, cut = rows("oil-cutoff")
    game, tariff = rows("oil-tariff")
    hit = game.question.policy("DPDD")  # India alone, as the order of August 2025
    solution = solve(world, hit, horizon=horizon)
    usa, ind = world.country("USA"), world.country("IND")
    goods = [world.sector(code) for code in world.goods]
    after, before = (np.asarray(t)[usa, ind, goods].sum() for t in (solution.trade, world.trade))
    return Answers(horizon, cut, tariff, float(100 * (after / before - 1)))


def lines() -> list[Line]:
    """Every line at every horizon the table has; misses first."""
    known = [name for name in HORIZONS if name in load_world().elasticities]
    found = unmodelled()
    for name in known:
        try:
            answers = ask(name)
        except EquilibriumError as error:
            what = ("nothing to compare with", "", f"{error}".split("\n")[0])
            found.append(Line("no result", ("threat",), name, *what, "not modelled"))
        else:
            found += [rule(answers) for rule in RULES]
    return sorted(found, key=lambda line: ORDER.index(line.verdict))


# -- one function for each line of the record ------------------------------------------------


A_YEAR = "a year of it for the United States, against sparing"


def against(values: dict[str, float], *targets: str) -> str:
    """What a year of it brings the sender, target by target: '−USD 5.3 bn on China and ...'."""
    return words.listing(
        [f"{words.usd_change(values[t])} on {named(t)}" for t in targets or values]
    )


def not_cut_off(answers: Answers) -> Line:
    """Right if carrying out the cut-off costs the sender more than sparing, for every target."""
    gains = answers.gains("cut")
    return Line(
        "whether the cut-off comes",
        ("threat",),
        answers.horizon,
        "the threat of March 2025 was not carried out; nobody was cut off",
        A_YEAR,
        against(gains),
        "right" if max(gains.values()) < 0 else "miss",
    )


def tariff_on_india(answers: Answers) -> Line:
    """Right if a 25-point tariff on India brings the sender more than sparing it."""
    gain = answers.gains("tariff")["IND"]
    word = f"a word worth {words.money(-gain, BN)} a year to the sender is enough; here it is 0. "
    talks = "the order may have served trade talks with India too, which the model does not hold"
    return Line(
        "whether the tariff on India comes",
        ("order-india",),
        answers.horizon,
        "a tariff of 25 points was put on India in August 2025",
        A_YEAR,
        against(answers.gains("tariff"), "IND"),
        "right" if gain >= 0 else "miss",
        talks if gain >= 0 else word + words.capital(talks),
    )


def china_spared(answers: Answers) -> Line:
    """Right if punishing China brings the sender less than punishing India."""
    gains = answers.gains("tariff")
    return Line(
        "whether China is spared",
        ("order-india",),
        answers.horizon,
        "China was not included in the order of August 2025",
        A_YEAR,
        against(gains, "CHN", "IND"),
        "right" if gains["CHN"] < gains["IND"] else "miss",
    )


def cheapest_first(answers: Answers) -> Line:
    """Right if India is the target whose punishment brings the sender most, or costs it least."""
    gains = answers.gains("tariff")
    best = max(gains, key=lambda t: gains[t])
    return Line(
        "who is hit alone",
        ("order-india",),
        answers.horizon,
        "India alone was hit",
        A_YEAR,
        against(gains, *sorted(gains, key=lambda t: -gains[t])),
        "right" if best == "IND" else "miss",
        ""
        if best == "IND"
        else "what a target buys, alliances and other disputes are not in the sender's payoff",
    )


def tariff_not_cut_off(answers: Answers) -> Line:
    """Right if the tariff costs the sender less than the cut-off, for India."""
    cut, tariff = (answers.gains(kind)["IND"] for kind in ("cut", "tariff"))
    return Line(
        "tariff or cut-off",
        ("threat", "order-india"),
        answers.horizon,
        "the instrument used was a tariff, not a cut-off",
        f"{A_YEAR} India",
        f"tariff {words.usd_change(tariff)}, cut-off {words.usd_change(cut)}",
        "right" if tariff > cut else "miss",
    )


def kept_buying_under_the_threat(answers: Answers) -> Line:
    """Right if carrying it out costs the sender, or India would not give in even if sure."""
    row, gain = answers.tariff["IND"], answers.gains("tariff")["IND"]
    keeps = gain < 0 or row["break_even_belief"] > 1
    return Line(
        "whether India gives in to the threat",
        ("may-crude",),
        answers.horizon,
        "under the threat India bought more than before "
        f"({figure('may-crude')} million barrels a day in May 2025)",
        f"belief from which India gives in, and {A_YEAR}",
        f"{words.belief(row['break_even_belief'])} and {words.usd_change(gain)}",
        "right" if keeps else "miss",
        ""
        if keeps
        else "the belief from which India gives in is next to 100 %, so the answer turns on what "
        "is counted as 0: what the oil is worth to India beyond its price, what its word is worth "
        "to the sender. India may also not have believed a threat that stood for five months",
    )


def kept_buying_under_the_tariff(answers: Answers) -> Line:
    """Right if India never gives in whatever the others do, miss if it would, else open."""
    row = answers.tariff["IND"]
    low, high = row["break_even_low"], row["break_even_high"]
    verdict: Verdict = "right" if low > 1 else "miss" if high <= 1 else "open"
    return Line(
        "whether India gives in to the tariff",
        ("september-crude", "november-crude"),
        answers.horizon,
        f"with the tariff in force India went on buying ({figure('september-crude')} million "
        f"barrels a day in September, {figure('november-crude')} in November)",
        "belief from which India gives in, and its range over what the others do",
        f"{words.belief(row['break_even_belief'])} ({words.belief_span(low, high)})",
        verdict,
        "what the oil is worth to India beyond its price is counted as 0; anything above raises "
        "the belief. The tariff came on top of 25 points of reciprocal tariff, which the baseline "
        "does not hold",
    )


def exports_fell(answers: Answers) -> Line:
    """Right if the fall lies between those of November and September against May 2025."""
    months = ("may", "september", "november")
    may, september, november = (figure(f"{month}-exports") for month in months)
    fall, least = 100 * (september / may - 1), 100 * (november / may - 1)
    inside = fall <= answers.exports <= least
    return Line(
        "India's exports to the United States",
        ("may-exports", "september-exports", "november-exports"),
        answers.horizon,
        f"India's goods exports to the United States: {words.percent(fall)} from May to September, "
        f"{words.percent(least)} from May to November 2025",
        "25 points on India, all else as it was",
        words.percent(answers.exports),
        "right" if inside else "miss",
        "the record holds 25 points of reciprocal tariff besides, goods shipped early, exempted "
        "goods and the season; the model compares a whole year with a whole year",
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
            "a target stops or goes on; there is nothing in between",
            "not modelled",
            "giving in by a part would need a quantity as the target's move",
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
            "the sender cannot offer anything, only punish",
            "not modelled",
            "a deal with a reward needs a bargaining stage",
        ),
    ]


RULES: tuple[Callable[[Answers], Line], ...] = (
    not_cut_off,
    tariff_on_india,
    china_spared,
    cheapest_first,
    tariff_not_cut_off,
    kept_buying_under_the_threat,
    kept_buying_under_the_tariff,
    exports_fell,
)


def dated(line: Line) -> dict[str, str]:
    """Day of the last event of a line, and the sources of all."""
    record = [events()[name] for name in line.events]
    sources = dict.fromkeys(row["source"] for row in record)
    return {"date": max(row["date"] for row in record), "source": "; ".join(sources)}


def table(found: list[Line]) -> str:
    """The score in Markdown, misses first."""
    counts = {verdict: sum(line.verdict == verdict for line in found) for verdict in ORDER}
    rows = [
        f"| {line.verdict} | {line.when} | {line.happened} ({dated(line)['source']}) | "
        f"{line.answer} | {line.reason} |"
        for line in found
    ]
    head = [
        "# What the model said, and what happened after 31 March 2025",
        "",
        "Written by `python -m validation.after_2025_03_31 --write`. The built-in situation as it",
        "stands, all political terms 0, nothing tuned to the record. Facts and sources:",
        "`events.csv`. The rules that decide the verdicts (`score.py`) were written with the",
        "record known.",
        "",
        "; ".join(f"{verdict}: {count}" for verdict, count in counts.items()) + ".",
        "Open: the model's own range holds both answers.",
        "",
        "| verdict | horizon | what happened | what the model said | likely reason |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
