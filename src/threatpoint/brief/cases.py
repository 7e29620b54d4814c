"""Over all cases: other readings of the threat and other assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from threatpoint.analysis.tables import Cases
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.section import Section
from threatpoint.brief.shown import watched

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief.reading import Reading

READINGS = ("other reading", "of the threat")


def side_by_side(reading: Reading) -> Cases:
    """The tables of the cases."""
    codes = {code: reading.name(code) for code in watched(reading)}
    return Cases(reading.analysis, reading.sender, codes, reading.place, reading.when)


def readings(reading: Reading) -> Section:
    """What the words could also mean."""
    title = _spread(reading, reading.analysis.scenarios, *READINGS)
    return Section("cases", title, tables=(side_by_side(reading).readings(),))


def assumptions(reading: Reading) -> Section | None:
    """How the answer moves with the assumptions of the model; None where none was varied."""
    if not reading.analysis.variants:
        return None
    title = _spread(reading, reading.analysis.variants, "other assumption", "")
    told = say("method.variants", reading).all("method")
    return Section("variants", title, tables=(side_by_side(reading).assumptions(),), method=told)


def _spread(reading: Reading, outcomes: Sequence[Outcome], noun: str, of: str) -> str:
    """The ends of the sender's change over cases, smallest change first, and where they are."""
    code = reading.senders[0]
    solved = [outcome for outcome in outcomes if outcome.solution is not None]
    solved.sort(key=lambda outcome: abs(outcome.percent(code)))
    values = [outcome.percent(code) for outcome in solved]
    facts = {"solved": solved, "values": values, "failed": len(outcomes) - len(solved)}
    return sentence("cases.spread", reading, facts, noun, of)


def standing(reading: Reading) -> str:
    """In how many other assumptions and readings a losing sender has the same rank."""
    main = reading.main.rank(reading.sender)
    if main is None or main == "some":
        return ""
    kinds = [
        (reading.analysis.variants, "other assumption", "tried"),
        (reading.analysis.scenarios, *READINGS),
    ]
    held = []
    for outcomes, noun, of in kinds:
        ranks = [(outcome, outcome.rank(reading.sender)) for outcome in outcomes]
        yes = [outcome for outcome, rank in ranks if rank == main]
        no = [outcome for outcome, rank in ranks if rank not in (main, None)]
        held += [{"noun": noun, "of": of, "yes": yes, "no": no}] if yes or no else []
    return sentence("cases.standing", reading, main, held)
