"""Whatever a new situation says, the file that is written reads back to it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from threatpoint.errors import SituationError
from threatpoint.situation.draft import text_of
from threatpoint.situation.draft_words import drafted, drafts, size_of
from threatpoint.situation.examined import examined
from threatpoint.situation.reader import read_situation, tables_of_text
from threatpoint.world import load_world

WORLD = load_world()
STATES = [code for code in WORLD.countries if code not in WORLD.residuals]
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co")),
    min_size=1,
    max_size=60,
).filter(str.strip)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, str]:
    """Answers to every question, in codes or names."""
    who = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=5, unique=True))
    cut = draw(st.integers(1, len(who) - 1))
    spelt = [WORLD.names[code] if draw(st.booleans()) else code for code in who]
    word = draw(st.sampled_from(drafts()))
    sectors = [name for code, name in WORLD.sector_names.items() if "," not in name]
    day = draw(st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)))
    found = {
        "sender": ",".join(spelt[:cut]),
        "targets": ",".join(spelt[cut:]),
        "instrument": word,
        "date": day.isoformat(),
        "clock": str(day + datetime.timedelta(draw(st.integers(0, 400)))),
        "sectors": draw(st.sampled_from(sectors)),
        "title": draw(WORDS),
        "source": draw(WORDS),
    }
    if word not in ("cut-off", "export-ban") and draw(st.booleans()):  # else it has no effect
        found["retaliation"] = f"{draw(st.integers(1, 300))}%"
    if size_of(word):
        found["rate"] = f"{draw(st.sampled_from(['', '+']))}{draw(st.integers(1, 90))}%"
    if draw(st.booleans()):
        found |= {"demand": draw(WORDS), "cost": str(draw(st.decimals("0.01", "99", places=2)))}
    return found


@settings(max_examples=40, deadline=None)
@given(answers())
def test_what_is_written_is_read_and_says_the_same(typed: dict[str, str]) -> None:
    draft = drafted(typed, WORLD)
    text = text_of(draft, WORLD)
    try:
        found = read_situation(text, "new", economy=WORLD)
    except SituationError as error:  # `threatpoint new` writes no such file
        assume(not any(part in str(error) for part in ("hits nothing", "has no trade")))
        raise
    rule = found.policy
    assert rule.senders == draft.sender
    assert rule.named == draft.targets
    assert rule.templates == draft.then
    assert rule.retaliations == draft.retaliation
    assert found.title == draft.title
    assert found.date == draft.date
    if draft.demand:
        assert rule.demand is not None
        assert rule.demand.words == draft.demand
        assert rule.demand.cost is not None
        assert Decimal(str(rule.demand.cost.value)) == draft.cost[0]
    assert examined(found, tables_of_text(text, "new"), WORLD).parts[0].answered
