"""Score of the threat game against the record after 31 March 2025, line by line.

The model is asked with the built-in situation as it stands and all political terms 0. The verdict
of each line is a rule written here, applied to the numbers of every horizon the table has.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from builders.data import read

from threatpoint.equilibrium import solve
from threatpoint.errors import EquilibriumError
from threatpoint.oil.regime import oil_supply
from threatpoint.situation import load_situation
from threatpoint.strategy import Store, ThreatGame, solve_threat
from threatpoint.strategy.results import target_rows
from threatpoint.world import load_world

Verdict = Literal["miss", "open", "hit", "not modelled"]
ORDER: tuple[Verdict, ...] = ("miss", "open", "hit", "not modelled")
HORIZONS = ("short", "medium", "long")


@dataclass(frozen=True)
class Line:
    """One statement of the record against one statement of the model.

    Attributes:
        events: ids in events.csv.
        horizon: of the model, "any" where it does not matter.
        happened: what the record says.
        said: what the model says, with its number.
        verdict: by the rule of the line.
        reason: why it missed or is open, as far as one can tell.
    """

    events: tuple[str, ...]
    horizon: str
    happened: str
    said: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Answers:
    """The model's numbers at one horizon: target -> row, for both threats."""

    horizon: str
    cut: dict[str, dict[str, float]]
    tariff: dict[str, dict[str, float]]
    exports: float


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
            what = ("no equilibrium to compare with", f"{error}".split("\n")[0])
            found.append(Line(("threat",), name, *what, "not modelled"))
        else:
            found += [rule(answers) for rule in RULES]
    return sorted(found, key=lambda line: ORDER.index(line.verdict))


# -- one function for each line of the record ------------------------------------------------


def not_cut_off(answers: Answers) -> Line:
    """Hit if carrying out the cut-off costs the sender more than sparing, for every target."""
    gammas = {t: row["credibility_usd_bn"] for t, row in answers.cut.items()}
    words = ", ".join(f"{t} {g:.1f}" for t, g in gammas.items())
    return Line(
        ("threat",),
        answers.horizon,
        "the threat of March 2025 was not carried out; nobody was cut off",
        f"punishing costs the sender more than sparing for every target (Gamma, USD bn: {words})",
        "hit" if max(gammas.values()) < 0 else "miss",
    )


def tariff_on_india(answers: Answers) -> Line:
    """Hit if a 25-point tariff on India is credible without any audience cost."""
    gamma = answers.tariff["IND"]["credibility_usd_bn"]
    return Line(
        ("order-india",),
        answers.horizon,
        "25 points were put on India in August 2025",
        f"Gamma of 25 points on India alone is USD {gamma:.1f} bn a year: "
        f"{'' if gamma >= 0 else 'not '}credible without audience costs",
        "hit" if gamma >= 0 else "miss",
        f"a small audience cost is enough (USD {max(0.0, -gamma):.1f} bn a year); it is a prior, 0 "
        "here. The order may have served trade talks with India too, which the game does not hold",
    )


def china_spared(answers: Answers) -> Line:
    """Hit if punishing China costs the sender more than punishing India."""
    price = {t: row["price_of_credibility_usd_bn"] for t, row in answers.tariff.items()}
    return Line(
        ("order-india",),
        answers.horizon,
        "China was not included in the order of August 2025",
        f"25 points on China cost the sender USD {price['CHN']:.1f} bn a year, on India "
        f"{price['IND']:.1f}",
        "hit" if price["CHN"] > price["IND"] else "miss",
    )


def cheapest_first(answers: Answers) -> Line:
    """Hit if India is the target whose punishment costs the sender least."""
    price = {t: row["price_of_credibility_usd_bn"] for t, row in answers.tariff.items()}
    least = min(price, key=lambda t: price[t])
    return Line(
        ("order-india",),
        answers.horizon,
        "India alone was hit",
        f"the cheapest to punish is {least} (USD {price[least]:.1f} bn a year; IND "
        f"{price['IND']:.1f})",
        "hit" if least == "IND" else "miss",
        "the sender's choice did not follow its cost alone: what a target buys, alliances and "
        "other disputes are not in its payoff",
    )


def tariff_not_cut_off(answers: Answers) -> Line:
    """Hit if the tariff costs the sender less than the cut-off, for India."""
    cut = answers.cut["IND"]["price_of_credibility_usd_bn"]
    tariff = answers.tariff["IND"]["price_of_credibility_usd_bn"]
    return Line(
        ("threat", "order-india"),
        answers.horizon,
        "the instrument used was a tariff, not a cut-off",
        f"on India the tariff costs the sender USD {tariff:.1f} bn a year, the cut-off {cut:.1f}",
        "hit" if tariff < cut else "miss",
    )


def defied_the_threat(answers: Answers) -> Line:
    """Hit if the threat is not credible at 25 points, or India would not give in even if sure."""
    row = answers.tariff["IND"]
    defies = row["credibility_usd_bn"] < 0 or row["break_even_belief"] > 1
    return Line(
        ("may-crude",),
        answers.horizon,
        f"under the threat India bought more than before ({figure('may-crude')} mb/d in May 2025)",
        f"India gives in only if it thinks the tariff at least {row['break_even_belief']:.0%} "
        f"likely; Gamma is USD {row['credibility_usd_bn']:.1f} bn",
        "hit" if defies else "miss",
        ""
        if defies
        else "the break-even belief is within hundredths of 1 and carrying out costs the sender "
        "almost nothing, so the answer turns on terms the game leaves at 0 (phi, kappa); India may "
        "also not have believed a threat that stood for five months",
    )


def defied_the_tariff(answers: Answers) -> Line:
    """Hit if p* is above 1 whatever the others do, miss if below, open if the range holds 1."""
    row = answers.tariff["IND"]
    low, high = row["break_even_low"], row["break_even_high"]
    verdict: Verdict = "hit" if low > 1 else "miss" if high <= 1 else "open"
    return Line(
        ("september-crude", "november-crude"),
        answers.horizon,
        f"with the tariff in force India went on buying ({figure('september-crude')} mb/d in "
        f"September, {figure('november-crude')} in November)",
        f"break-even belief {row['break_even_belief']:.2f}, from {low:.2f} to {high:.2f} over what "
        "the others do; above 1 it defies even a sure tariff",
        verdict,
        "no political value of the oil (phi) is counted; any above 0 raises the belief. The tariff "
        "came on top of 25 points of reciprocal tariff, which the baseline does not hold",
    )


def exports_fell(answers: Answers) -> Line:
    """Hit if the fall lies between those of November and September against May 2025."""
    months = ("may", "september", "november")
    may, september, november = (figure(f"{month}-exports") for month in months)
    fall, least = 100 * (september / may - 1), 100 * (november / may - 1)
    inside = fall <= answers.exports <= least
    return Line(
        ("may-exports", "september-exports", "november-exports"),
        answers.horizon,
        f"India's goods exports to the US: {fall:.0f} % from May to September, {least:.0f} % from "
        "May to November 2025",
        f"{answers.exports:.0f} % for 25 points on India",
        "hit" if inside else "miss",
        "the record holds 25 points of reciprocal tariff besides, goods shipped early, exempted "
        "goods and the season; the model moves from one equilibrium to the other",
    )


def unmodelled() -> list[Line]:
    """Lines the game has no part for."""
    return [
        Line(
            ("may-crude", "september-crude"),
            "any",
            "India's purchases fell by a fifth from May to September 2025, not to nothing",
            "a target stops or goes on; there is nothing in between",
            "not modelled",
            "complying in part would need a quantity as the target's move",
        ),
        Line(
            ("producers", "december-crude"),
            "any",
            f"purchases fell to {figure('december-crude')} mb/d after the sanctions on two "
            "producers",
            "sanctions on producers are another threat, not in this situation",
            "not modelled",
        ),
        Line(
            ("revoked",),
            "any",
            "the tariff was revoked in February 2026 for a pledge to stop, with a lower reciprocal "
            "tariff",
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
    defied_the_threat,
    defied_the_tariff,
    exports_fell,
)


def table(found: list[Line]) -> str:
    """The score in Markdown, misses first."""
    counts = {verdict: sum(line.verdict == verdict for line in found) for verdict in ORDER}
    record = events()
    rows = [
        f"| {line.verdict} | {line.horizon} | {line.happened} "
        f"({'; '.join(dict.fromkeys(record[e]['source'] for e in line.events))}) | {line.said} | "
        f"{line.reason} |"
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
