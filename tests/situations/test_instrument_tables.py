"""Situation files with the newer instruments, retaliation and evasion; bad ones too."""

from __future__ import annotations

import pytest

from tests.situations.bad_files import GOOD, line
from tests.unit.markets import oil_world
from threatpoint.errors import SituationError
from threatpoint.policy import (
    CutOff,
    CutOutput,
    ExportBan,
    ExportTax,
    ListShips,
    MoveCap,
    PriceCap,
    Quota,
    ReleaseSpare,
    SanctionProducers,
    StopBuying,
    Tariff,
    TradeCost,
)
from threatpoint.situation import load_situation

WORLD = oil_world()


def figure(value: float, unit: str = "%") -> str:
    return f'{{ value = {value}, unit = "{unit}", period = "-", source = "choice" }}'


RETALIATION = """instrument = "export-ban"
exporters = ["target"]
importers = ["USA"]
sectors = ["ELEC"]"""

EVERYTHING = f"""
[threats.all]
words = "one instrument of each kind"
named = ["CHN"]

[[threats.all.then]]
instrument = "quota"
importers = ["USA"]
exporters = ["target"]
sectors = ["ELEC"]
volume = {figure(50)}
payee = "exporter"

[[threats.all.then]]
instrument = "export-tax"
exporters = ["USA"]
importers = ["target"]
sectors = ["ELEC"]
rate = {figure(20)}

[[threats.all.then]]
instrument = "trade-cost"
exporters = ["target"]
importers = ["USA"]
rate = {figure(10)}

[[threats.all.then]]
instrument = "price-cap"
sellers = ["RUS"]
buyers = ["target"]
good = "crude"
cap = {figure(48, "USD/bbl")}
served = {figure(70)}
evasion_cost = {figure(16, "USD/bbl")}

[[threats.all.then]]
instrument = "stop-buying"
buyers = ["IND"]
sellers = ["target"]
goods = ["ELEC"]
enforcement = {figure(80)}

[[threats.all.then]]
instrument = "tariff"
importers = ["USA"]
exporters = ["target"]
sectors = ["REFPET"]
mode = "add"
rate = {figure(25)}
enforcement = {figure(80)}
evasion_cost = {figure(5)}

[[threats.all.then]]
instrument = "cut-off"
sender = ["EU"]
targets = ["target"]
enforcement = {figure(80)}
evasion_cost = {figure(10)}

[[threats.all.then]]
instrument = "quota"
importers = ["IND"]
exporters = ["RUS"]
sectors = ["crude"]
volume = {figure(50)}

[[threats.all.then]]
instrument = "move-cap"
sellers = ["RUS"]
good = "crude"
price = {figure(50, "USD/bbl")}

[[threats.all.then]]
instrument = "list-ships"
sellers = ["RUS"]
good = "crude"
share = {figure(20)}

[[threats.all.then]]
instrument = "sanction-producers"
sellers = ["RUS"]
good = "crude"
share = {figure(50)}

[[threats.all.then]]
instrument = "cut-output"
producers = ["RUS"]
good = "crude"
cut = {figure(1, "mb/d")}

[[threats.all.then]]
instrument = "release-spare"
producers = ["NOR"]
good = "crude"
share = {figure(100)}

[[threats.all.retaliation]]
{RETALIATION}
"""

FILE = f"{GOOD}{EVERYTHING}"


def read(tmp_path, text: str):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return load_situation(path, WORLD)


def test_every_instrument_is_read(tmp_path):
    rule = read(tmp_path, FILE).threats["all"]
    assert rule.templates == (
        Quota("USA", "target", "ELEC", 0.5, "exporter"),
        ExportTax("USA", "target", "ELEC", 0.2),
        TradeCost("target", "USA", rate=0.1),
        PriceCap("RUS", "target", "crude", 48, 0.7, 16),
        StopBuying("IND", "target", "ELEC", 0.8),
        Tariff("USA", "target", "REFPET", 0.25, "add", 0.8, 0.05),
        CutOff("EU", "target", enforcement=0.8, evasion_cost=0.1),
        Quota("IND", "RUS", "crude", 0.5),
        MoveCap("RUS", "crude", 50),
        ListShips("RUS", "crude", 0.2),
        SanctionProducers("RUS", "crude", 0.5),
        CutOutput("RUS", "crude", 1),
        ReleaseSpare("NOR", "crude", 1),
    )
    assert rule.retaliations == (ExportBan("target", "USA", "ELEC"),)
    wedges = rule.policy(WORLD, retaliating=["CHN"]).wedges(WORLD)
    assert [type(act).__name__ for act in wedges.acts] == [
        "CapAct", "CapInForceAct", "OutputAct", "ProducersAct", "QuotaAct", "ShipsAct", "SpareAct",
    ]  # fmt: skip
    assert wedges.acts == rule.wedges(WORLD).acts
    assert wedges.volume_limits == ()  # the flow under the quota is banned in return
    assert len(rule.wedges(WORLD).volume_limits) == 1


def test_scenarios_change_the_newer_instruments(tmp_path):
    text = f"""
[scenarios.stricter]
label = "other sizes"
threat = "all"
volume = {figure(20)}
rate = {figure(30)}
cap = {figure(32, "USD/bbl")}
served = {figure(90)}
enforcement = {figure(90)}
price = "lifted"
share = {figure(40)}
cut = {figure(2, "mb/d")}
"""
    rule = read(tmp_path, FILE + text).scenarios["stricter"].rule
    quota, tax, cost, cap, stop, tariff, cut, crude, move, ships, firms, less, more = rule.templates
    assert (crude.volume, move.price, ships.share, firms.share) == (0.2, None, 0.4, 0.4)
    assert (less.cut, more.share) == (2, 0.4)
    assert (quota.volume, tax.rate, cost.rate, tariff.rate) == (0.2, 0.3, 0.3, 0.3)
    assert (cap.cap, cap.served, cap.evasion_cost) == (32, 0.9, 16)
    assert (stop.enforcement, tariff.enforcement, cut.enforcement) == (0.9, 0.9, 0.9)
    assert (tariff.evasion_cost, cut.evasion_cost) == (0.05, 0.1)
    assert rule.retaliations == (ExportBan("target", "USA", "ELEC"),)


def test_a_buyer_that_stops_is_a_threat_without_a_condition(tmp_path):
    text = """
[threats.india-stops]
words = "India stops buying Russian crude"
named = ["IND"]

[[threats.india-stops.then]]
instrument = "stop-buying"
buyers = ["target"]
sellers = ["RUS"]
goods = ["crude"]
"""
    rule = read(tmp_path, GOOD + text).threats["india-stops"]
    assert rule.describe() == "IND stops buying crude from RUS"
    assert rule.wedges(WORLD).kept["crude"].min() == 0


SPOILED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "unknown instrument": ('"quota"', '"quotta"', ("'quotta' (did you mean 'quota'?)",)),
    "unknown key of a quota": ("volume =", "volum =", ("(did you mean 'volume'?)", "is missing")),
    "a quota in tonnes": (
        f"volume = {figure(50)}",
        f"volume = {figure(50, 'Mt')}",
        ("threats.all.then[0].volume.unit", "'Mt' is not a share; write '%'"),
    ),
    "a quota of nothing": (figure(50), figure(0), ("threats.all.then[0]", "write a cut-off")),
    "unknown payee": ('"exporter"', '"export"', ("(did you mean 'exporter'?)",)),
    "a tax that leaves no price": (
        figure(20),
        figure(-100),
        ("threats.all.then[1]", "-100 % or less"),
    ),
    "a cost that gives": (
        f"rate = {figure(10)}",
        f"rate = {figure(-10)}",
        ("threats.all.then[2]", "trade cost -10 % is below 0"),
    ),
    "a cap in %": (
        figure(48, "USD/bbl"),
        figure(48),
        ("then[3].cap.unit", "unit '%' is not a price; write e.g. 'USD/bbl'"),
    ),
    "a cap per tonne": (
        figure(48, "USD/bbl"),
        figure(48, "USD/t"),
        ("then[3].evasion_cost.unit", "'USD/bbl' differs from the cap's, 'USD/t'"),
    ),
    "a cap on an unknown good": (
        'good = "crude"',
        'good = "crudd"',
        ("then[3].good", "unknown market 'crudd' (did you mean 'crude'?)"),
    ),
    "a share served above 1": (
        figure(70),
        figure(170),
        ("then[3].served: served 170 % is outside 0 to 100 %",),
    ),
    "unknown seller of a cap": (
        'sellers = ["RUS"]',
        'sellers = ["RUSS"]',
        ("then[3].sellers", "(did you mean 'RUS'?)"),
    ),
    "a moved cap in tonnes": (
        f"price = {figure(50, 'USD/bbl')}",
        f"price = {figure(50, 'mb/d')}",
        ("then[8].price.unit", "unit 'mb/d' is not a price"),
    ),
    "a moved cap in another word": (
        f"price = {figure(50, 'USD/bbl')}",
        'price = "gone"',
        ("threats.all.then[8].price",),
    ),
    "a moved cap without a price": (
        f"price = {figure(50, 'USD/bbl')}",
        "",
        ("threats.all.then[8]", "'price' is missing"),
    ),
    "no ship is listed": (
        f"share = {figure(20)}",
        f"share = {figure(0)}",
        ("threats.all: ", "0 % of the own fleet", "hits nothing; leave it out"),
    ),
    "a share of the fleet above 1": (
        f"share = {figure(20)}",
        f"share = {figure(120)}",
        ("then[9].share: share 120 % is outside 0 to 100 %",),
    ),
    "a cut in money": (
        figure(1, "mb/d"),
        figure(1, "USD bn"),
        ("then[11].cut.unit", "unit 'USD bn' is not a volume a day; write e.g. 'mb/d'"),
    ),
    "more than all output": (
        figure(1, "mb/d"),
        figure(10, "mb/d"),
        ("threats.all.then", "baseline output is 10 mb/d; cut less than that"),
    ),
    "idle capacity of nobody": (
        'producers = ["NOR"]',
        'producers = ["CHN"]',
        ("hits nothing of CHN", "no such idle capacity; known: NOR"),
    ),
    "listed ships in return": (
        RETALIATION,
        f'instrument = "list-ships"\nsellers = ["target"]\ngood = "crude"\nshare = {figure(5)}',
        ("threats.all", "is nobody's: no target carries it out"),
    ),
    "unknown goods": (
        'goods = ["ELEC"]',
        'goods = ["ELECC"]',
        ("then[4].goods", "unknown goods 'ELECC' (did you mean 'ELEC'?)"),
    ),
    "a cost where nothing gets through": (
        f"enforcement = {figure(80)}\nevasion_cost = {figure(5)}",
        f"evasion_cost = {figure(5)}",
        ("then[5].evasion_cost", "has no meaning without `enforcement`"),
    ),
    "a cost at full enforcement": (
        f"enforcement = {figure(80)}\nevasion_cost = {figure(10)}",
        f"enforcement = {figure(100)}\nevasion_cost = {figure(10)}",
        ("then[6]", "no meaning at 100 % enforcement"),
    ),
    "retaliation of nobody": (
        'exporters = ["target"]\nimporters = ["USA"]\nsectors = ["ELEC"]\n',
        'exporters = ["NOR"]\nimporters = ["USA"]\nsectors = ["ELEC"]\n',
        ("threats.all", "retaliation", "is nobody's: only a target hits back (CHN)"),
    ),
    "unknown sector of a retaliation": (
        'importers = ["USA"]\nsectors = ["ELEC"]\n',
        'importers = ["USA"]\nsectors = ["ELECC"]\n',
        ("threats.all.retaliation[0].sectors", "(did you mean 'ELEC'?)"),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_bad_files_are_told_what_is_wrong(tmp_path, case):
    old, new, parts = SPOILED[case]
    assert old in EVERYTHING
    with pytest.raises(SituationError) as caught:
        read(tmp_path, GOOD + EVERYTHING.replace(old, new, 1))
    for part in ("case.toml", *parts):
        assert part in str(caught.value), str(caught.value)


@pytest.mark.parametrize(
    ("threat", "key", "part"),
    [
        ("oil", f"volume = {figure(50)}", "has no effect: threat 'oil' has no quota"),
        ("oil", f"served = {figure(50)}", "threat 'oil' has no price cap"),
        ("levy", f"evasion_cost = {figure(5)}", "no meaning at 100 % enforcement"),
        ("all", f"volume = {figure(50)}", "'volume' changes nothing"),
        ("all", f"cap = {figure(48, 'USD/bbl')}", "'cap' changes nothing"),
        ("all", f"price = {figure(50, 'USD/bbl')}", "'price' changes nothing"),
        ("all", f"price = {figure(45, 'USD/t')}", "prices of crude are in USD/bbl"),
        ("all", f"cut = {figure(1, 'mb/d')}", "'cut' changes nothing"),
        ("oil", 'price = "lifted"', "threat 'oil' has no move of the price cap"),
        ("oil", f"share = {figure(5)}", "no listing of ships, sanction on producers or release of"),
        ("all", f"cap = {figure(48, 'USD/t')}", "prices of crude are in USD/bbl"),
        ("all", f"evasion_cost = {figure(5, 'USD/t')}", "'USD/t' differs from the cap's"),
    ],
)
def test_scenarios_that_say_nothing(tmp_path, threat, key, part):
    text = f'{FILE}\n[scenarios.more]\nlabel = "x"\nthreat = "{threat}"\n{key}\n'
    with pytest.raises(SituationError) as caught:
        read(tmp_path, text)
    assert part in str(caught.value)


def test_every_problem_comes_at_once_with_its_line(tmp_path):
    text = FILE
    for old, new in (
        ('good = "crude"', 'good = "crudd"'),
        ('goods = ["ELEC"]', 'goods = ["ELECC"]'),
        ('sellers = ["RUS"]', 'sellers = ["RUSS"]'),
    ):
        text = text.replace(old, new, 1)
    with pytest.raises(SituationError) as caught:
        read(tmp_path, text)
    assert len(caught.value.problems) == 3, str(caught.value)
    for start in ("good =", "goods =", "sellers ="):
        assert line(text, start) in str(caught.value)


def test_an_empty_retaliation_is_an_error(tmp_path):
    old = 'words = "buyers of oil pay a tariff"'
    with pytest.raises(SituationError) as caught:
        read(tmp_path, GOOD.replace(old, f"{old}\nretaliation = []"))
    assert "threats.levy.retaliation: the list is empty" in str(caught.value)
    assert "or leave the key out" in str(caught.value)
