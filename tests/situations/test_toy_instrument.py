"""An instrument in one file outside the package, used in all the ways that the own ones are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.situations.bad_files import GOOD
from tests.situations.test_instrument_tables import figure
from tests.unit.markets import oil_world
from tests.unit.test_brief_page import small_analysis
from threatpoint.brief import render
from threatpoint.cli import app
from threatpoint.errors import PolicyError, SituationError
from threatpoint.policy import CutOff, Policy, Tariff
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.situation import load_situation

WORLD = oil_world()
USA, CHN, ELEC = WORLD.country("USA"), WORLD.country("CHN"), WORLD.sector("ELEC")

FILE = f"""{GOOD}
[scenarios.stricter]
label = "more is sent back"
threat = "checks"
sent_back = {figure(40)}

[threats.checks]
words = "its goods are inspected"
named = ["CHN"]

[[threats.checks.then]]
instrument = "inspection"
importers = ["USA"]
exporters = ["target"]
sent_back = {figure(20)}
fee = {figure(5)}
"""


@pytest.fixture(scope="module", autouse=True)
def inspection() -> Iterator[Any]:
    """The instrument, registered as long as these tests run."""
    from tests.toy_instrument import Inspection

    yield Inspection
    del INSTRUMENTS[Inspection.word]


def read(tmp_path: Any, text: str) -> Any:
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return load_situation(path, WORLD)


def test_from_python(inspection):
    item = inspection("USA", "CHN", 0.2, "ELEC", 0.05)
    wedges = Policy([item, Tariff("USA", "IND", rate=0.1)]).wedges(WORLD)
    assert wedges.survival[USA, CHN, ELEC] == 0.8
    assert wedges.cost[USA, CHN, ELEC] == 0.05
    assert (wedges.survival < 1).sum() == 1
    assert not np.array_equal(wedges.tariff, WORLD.tariff)
    assert wedges.cause(USA, CHN, ELEC) == "USA inspects ELEC from CHN and sends 20 % back"


def test_what_contradicts_it_is_found_without_knowing_it(inspection):
    with pytest.raises(PolicyError, match="cut off with different enforcement"):
        Policy([inspection("USA", "CHN", 0.2), CutOff("USA", "CHN")]).wedges(WORLD)
    with pytest.raises(PolicyError, match="put a tariff on a flow that is completely cut off"):
        Policy([inspection("USA", "CHN", 1), Tariff("USA", "CHN", rate=0.1)]).wedges(WORLD)


def test_its_words_read_back(inspection):
    assert inspection.usage().startswith("IMPORTERS:EXPORTERS:SHARE[/SECTORS][~FEE], e.g. USA:CHN")
    for item in (inspection("USA", "CHN", 0.2, "ELEC", 0.05), inspection("EU", ("CHN", "IND"), 1)):
        assert inspection.parse(item.to_words(), WORLD) == item
    assert inspection.parse(inspection.example, WORLD).fee == 0.05


def test_from_a_situation_file(inspection, tmp_path):
    situation = read(tmp_path, FILE)
    rule = situation.threats["checks"]
    assert rule.templates == (inspection("USA", "target", 0.2, "goods", 0.05),)
    assert rule.wedges(WORLD).survival[USA, CHN, ELEC] == 0.8
    (stricter,) = situation.scenarios["stricter"].rule.templates
    assert (stricter.sent_back, stricter.fee) == (0.4, 0.05)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("importers =", "importer =", "unknown key 'importer' (did you mean 'importers'?)"),
        (figure(20), figure(120), "sent_back 120 % is outside 0 to 100 %"),
        (f"sent_back = {figure(40)}", f"volume = {figure(40)}", "threat 'checks' has no quota"),
        ('"inspection"', '"inspectio"', "'inspectio' (did you mean 'inspection'?)"),
    ],
)
def test_a_bad_file_is_told_what_is_wrong(tmp_path, old, new, part):
    with pytest.raises(SituationError) as caught:
        read(tmp_path, new.join(FILE.rsplit(old, 1)))
    assert part in str(caught.value)


def test_from_the_command_line(capsys):
    app(["shock", "--inspection", "USA:CHN:20%/ELEC", "--top", "2"], standalone_mode=False)
    assert "USA inspects ELEC from CHN and sends 20 % back" in capsys.readouterr().out
    app(["shock", "--help"], standalone_mode=False)
    assert "--inspection" in capsys.readouterr().out
    with pytest.raises(PolicyError, match="share sent back 2 is outside 0 to 1; write :2%"):
        app(["shock", "--inspection", "USA:CHN:2"], standalone_mode=False)


def test_on_the_page(inspection):
    page = render(small_analysis(("C01",), inspection("C00", "target", 0.2)))
    assert "C00 inspects goods from " in page


def test_two_instruments_of_one_name_are_refused(inspection):
    with pytest.raises(PolicyError, match="two instruments are called 'inspection'"):
        type("Second", (inspection,), {"word": "inspection"})
    again = {"word": "inspection", "__module__": inspection.__module__}
    assert type("Inspection", (inspection,), again) is INSTRUMENTS["inspection"]  # defined anew
