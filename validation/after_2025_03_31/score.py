"""Score of the threats against the record after 31 March 2025, line by line.

The model is asked with the built-in situation as it stands and all political terms 0, each threat
against the world of the day on which it was made, at every horizon that the table has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from threatpoint import words
from threatpoint.errors import EquilibriumError
from threatpoint.oil.known import later
from threatpoint.oil.setting import require_setting
from threatpoint.policy.standing import on_day
from threatpoint.world import load_world
from validation.after_2025_03_31 import chances
from validation.after_2025_03_31.answers import ASKED, Answers, ask, day_of
from validation.after_2025_03_31.record import events, sources
from validation.after_2025_03_31.rules import RULES, named, unmodelled
from validation.scored import ORDER, Line


@dataclass(frozen=True)
class Score:
    """The model's answers and their verdicts.

    Attributes:
        answers: one for each horizon that has a result.
        lines: of the record, misses first.
    """

    answers: tuple[Answers, ...]
    lines: tuple[Line, ...]


def judge() -> Score:
    """Every line at every horizon the table has; misses first."""
    found, answers = unmodelled(), list[Answers]()
    for name in words.HORIZONS:
        if name not in load_world().elasticities:
            continue
        try:
            answers.append(ask(name))
        except EquilibriumError as error:
            what = ("nothing to compare with", "", f"{error}".split("\n")[0])
            found.append(Line("no result", ("threat",), name, *what, "not modelled"))
        else:
            found += [rule(answers[-1]) for rule in RULES] + chances.lines(answers[-1])
    ordered = sorted(found, key=lambda line: ORDER.index(line.verdict))
    return Score(tuple(answers), tuple(ordered))


def lines() -> list[Line]:
    """The lines of the score."""
    return list(judge().lines)


def dated(line: Line) -> dict[str, str]:
    """Day of the last event of a line, and the sources of all."""
    dates = [events()[name]["date"] for name in line.events]
    return {"date": max(dates), "source": sources(line.events)}


def page(found: Score) -> str:
    """What ships as differences.md: the score, chances of being hit, money alone on each date."""
    return table(found.lines) + chances.section(found.answers) + by_date(found.answers)


def table(found: Sequence[Line]) -> str:
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
        "stands, all political terms 0, nothing tuned to the record. Each threat is asked on the",
        "day on which it was made, against the tariffs then in force. Nothing known later enters",
        *_known_later(),
        "Facts and sources: `events.csv`. The rules that decide the verdicts (`rules.py`) were",
        "written with the record known.",
        "",
        "; ".join(f"{verdict}: {count}" for verdict, count in counts.items()) + ".",
        "Open: the model's own range holds both answers.",
        "",
        "| verdict | horizon | what happened | what the model said | likely reason |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _known_later() -> list[str]:
    """The one exception: the market of crude, day by day."""
    said: list[str] = []
    for day in sorted({day_of(question) for question in ASKED}):
        base = require_setting(on_day(load_world(), day)).outlets.base
        if found := later(base, day):
            last = words.month(found.last)
            said.append(f"{words.day(day)} {found.count} of {found.total} (last {last})")
    listed = "; ".join(said) or "none"
    return [f"but in the market of crude, whose base holds numbers known later: {listed}."]


def by_date(found: Sequence[Answers]) -> str:
    """What money alone says of every threat on its date, beside what happened."""
    parts = [
        "",
        "# What money alone says on each date",
        "",
        "USD bn a year. *Loss*: the target's, if it is hit alone. *Giving in*: what it costs to",
        "stop buying, alone. *From*: how likely it must think the punishment to give in. *Sender*:",
        "what hitting it alone brings the United States against sparing it; it pays where above 0.",
    ]
    return "\n".join([*parts, *(line for name in ASKED for line in _of(name, found))]) + "\n"


def _of(question: str, found: Sequence[Answers]) -> list[str]:
    """One threat on one date."""
    asked = ASKED[question]
    return [
        "",
        f"## {words.day(day_of(question))}: {asked.title}",
        "",
        f"What happened: {asked.happened} ({sources(asked.events)}).",
        "",
        "| target | horizon | loss | giving in | from | gives in if sure | sender | pays |",
        "|---|---|---|---|---|---|---|---|",
        *(
            _cells(target, each.horizon, row)
            for target in (found[0].rows[question] if found else ())
            for each in found
            for row in [each.rows[question][target]]
        ),
    ]


def _cells(target: str, horizon: str, row: Mapping[str, float]) -> str:
    """One target at one horizon."""
    loss, cost = (
        words.money(row[key], "USD bn") for key in ("bite_usd_bn", "compliance_cost_usd_bn")
    )
    belief, gain = row["break_even_belief"], row["credibility_usd_bn"]
    cells = (
        words.capital(named(target)),
        words.horizon(horizon),
        loss,
        cost,
        words.belief(belief),
        "yes" if belief <= 1 else "no",
        words.usd_change(gain),
        "yes" if gain >= 0 else "no",
    )
    return f"| {' | '.join(cells)} |"
