"""Quota, export tax, trade cost, buyers that stop, evasion: wedges by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.situations.small_world import COUNTRIES
from tests.unit.markets import oil_world
from threatpoint.errors import PolicyError
from threatpoint.policy import (
    CutOff,
    ExportBan,
    ExportTax,
    Policy,
    PriceCap,
    Quota,
    StopBuying,
    Tariff,
    TradeCost,
    percent,
)

WORLD = oil_world()
CAP = PriceCap("RUS", "WORLD", "crude", 48)


def at(code: str) -> int:
    return COUNTRIES.index(code)


def wedges(*items, economy=WORLD):
    return Policy(items).wedges(economy)


def test_a_quota_binds_each_flow_and_names_its_payee():
    (limit,) = wedges(Quota("EU", "CHN", "ELEC", 0.5, "exporter")).volume_limits
    assert (limit.volume, limit.payee) == (0.5, "exporter")
    assert [COUNTRIES[n] for n in np.flatnonzero(limit.cells[:, at("CHN"), 2])] == [
        "DEU", "HUN", "REU",
    ]  # fmt: skip
    assert limit.cells.sum() == 3


def test_quotas_of_one_size_are_one_limit_so_no_flow_is_bound_twice():
    one, other = Quota("EU", "CHN", "ELEC", 0.5), Quota("DEU", ("CHN", "IND"), "ELEC", 0.5)
    (limit,) = wedges(one, other).volume_limits
    assert limit.cells.sum() == 4
    both = wedges(one, Quota("USA", "CHN", "ELEC", 0.8)).volume_limits
    assert [limit.volume for limit in both] == [0.5, 0.8]


def test_export_taxes_add_up_and_belong_to_the_exporter():
    tax = wedges(ExportTax("RUS", "WORLD", "OILGAS", 0.2), ExportTax("RUS", "CHN", "goods", -0.05))
    assert tax.export_tax[at("IND"), at("RUS"), 0] == 0.2
    assert tax.export_tax[at("CHN"), at("RUS"), 0] == pytest.approx(0.15)
    assert tax.export_tax[at("CHN"), at("RUS"), 1] == -0.05
    assert tax.export_tax[at("RUS"), at("RUS"), 0] == 0
    assert np.array_equal(tax.tariff, WORLD.tariff)


def test_costs_add_up_with_what_a_leak_bears():
    found = wedges(
        TradeCost("RUS", "WORLD", rate=0.1),
        TradeCost("RUS", "CHN", "REFPET", 0.05),
        ExportBan("RUS", "CHN", "OILGAS", 0.8, 0.2),
        CutOff("CHN", "RUS", "OILGAS", "imports", 0.8, 0.2),
    )
    assert found.cost[at("IND"), at("RUS"), 0] == 0.1
    assert found.cost[at("CHN"), at("RUS"), 1] == pytest.approx(0.15)
    assert found.cost[at("CHN"), at("RUS"), 0] == pytest.approx(0.3)  # the leak's 0.2 once
    assert found.survival[at("CHN"), at("RUS"), 0] == pytest.approx(0.2)


def test_a_tariff_that_is_evaded():
    found = wedges(Tariff("USA", "IND", "ELEC", 0.25, "add", 0.8, 0.05))
    cell = at("USA"), at("IND"), 2
    assert found.tariff[cell] == pytest.approx(0.28)
    assert found.evading[cell] == pytest.approx(0.2)
    assert found.evasion_cost[cell] == 0.05
    assert (found.evading > 0).sum() == 1
    assert not found.cost.any()


def test_stopping_takes_the_part_and_records_what_is_kept():
    found = wedges(StopBuying("CHN", "RUS", ("crude", "REFPET"), 0.8))
    cell = at("CHN"), at("RUS")
    assert found.survival[(*cell, 0)] == pytest.approx(1 - 0.8 * 60 / 68)
    assert found.survival[(*cell, 1)] == pytest.approx(0.2)
    assert list(found.kept) == ["crude"]
    assert found.kept["crude"][cell] == pytest.approx(0.2)
    assert (found.kept["crude"] != 1).sum() == 1


def test_elsewhere_a_finer_flow_is_hit_like_its_sector():
    found = wedges(
        StopBuying("CHN", "RUS", "crude"), CutOff("IND", "RUS", "OILGAS", "imports", 0.6)
    )
    assert found.kept["crude"][at("CHN"), at("RUS")] == 0
    assert found.kept["crude"][at("IND"), at("RUS")] == pytest.approx(0.4)
    assert wedges(StopBuying("CHN", "RUS", "OILGAS")).kept == {}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (
            Quota("EU", "CHN", "ELEC", 0.5),
            "a quota holds each flow of ELEC from CHN to EU at 50 % of its baseline volume, rent "
            "to the importer",
        ),
        (ExportTax("RUS", "EU", "OILGAS", 0.2), "RUS taxes exports of OILGAS to EU at 20 %"),
        (ExportTax("RUS", "EU", rate=-0.1), "RUS subsidises exports of goods to EU at 10 %"),
        (
            TradeCost("RUS", "CHN", rate=0.1),
            "payments, insurance and transport of goods from RUS to CHN cost 10 % more",
        ),
        (StopBuying("IND", "RUS", "crude"), "IND stops buying crude from RUS"),
        (
            StopBuying(("IND", "CHN"), "RUS", "crude", 0.8),
            "IND and CHN stop buying crude from RUS with 80 % enforcement",
        ),
        (
            CutOff("USA", "CHN", enforcement=0.8, evasion_cost=0.1),
            "USA cuts off goods trade with CHN with 80 % enforcement; what gets through costs "
            "10 % more",
        ),
        (
            Tariff("USA", "IND", rate=0.25, enforcement=0.8, evasion_cost=0.05),
            "USA sets a 25 % tariff on goods from IND; 20 % of the flow evades it at a cost of 5 %",
        ),
    ],
)
def test_instruments_in_words(item, words):
    assert item.describe() == words


NAN = math.nan


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda: Quota("EU", "CHN"), ("volume of a quota", "missing")),
        (lambda: Quota("EU", "CHN", volume=0), ("above 0", "write a cut-off")),
        (lambda: Quota("EU", "CHN", volume=-0.5), ("above 0",)),
        (lambda: Quota("EU", "CHN", volume=50), ("reads as 5000 %", "write 0.5 for 50 %")),
        (lambda: Quota("EU", "CHN", volume=math.inf), ("not finite",)),
        (lambda: Quota("EU", "CHN", volume=0.5, payee="export"), ("did you mean 'exporter'",)),
        (lambda: ExportTax("RUS", "EU"), ("rate of an export tax", "missing")),
        (lambda: ExportTax("RUS", "EU", rate=-1), ("-100 % or less",)),
        (lambda: ExportTax("RUS", "EU", rate=20), ("reads as 2000 %",)),
        (lambda: TradeCost("RUS", "EU", rate=-0.1), ("trade cost -10 % is below 0",)),
        (lambda: TradeCost("RUS", "EU", rate=NAN), ("missing or not finite",)),
        (lambda: TradeCost("RUS", "EU", rate="x"), ("is 'x'",)),
        (lambda: TradeCost("RUS", ()), ("importers", "nothing is given")),
        (lambda: StopBuying("IND", "RUS", ()), ("goods", "nothing is given")),
        (lambda: StopBuying("IND", "RUS", "crude", 80), ("outside 0 to 1", "write 0.8")),
        (lambda: CutOff("USA", "CHN", evasion_cost=0.1), ("no meaning at 100 % enforcement",)),
        (lambda: ExportBan("USA", "CHN", evasion_cost=NAN), ("evasion cost", "not finite")),
        (lambda: Tariff("USA", "CHN", rate=0.1, enforcement=1.2), ("enforcement 1.2 is outside",)),
        (lambda: CutOff("USA", "CHN", enforcement=None), ("enforcement is None",)),
        (lambda: StopBuying("IND", "RUS", "crude", enforcement=None), ("enforcement is None",)),
        (
            lambda: Tariff("USA", "CHN", rate=0.1, enforcement=0.5, evasion_cost=-0.1),
            ("evasion cost -10 % is below 0",),
        ),
    ],
)
def test_bad_values_are_refused_when_made(make, parts):
    with pytest.raises(PolicyError) as caught:
        make()
    for part in parts:
        assert part in str(caught.value)


STOP = StopBuying("CHN", "RUS", "crude")


@pytest.mark.parametrize(
    ("items", "parts"),
    [
        ([Quota("EU", "CHM", volume=0.5)], ("'CHM'", "did you mean 'CHN'")),
        ([StopBuying("IND", "RUS", "crud")], ("goods 'crud'", "did you mean 'crude'")),
        ([StopBuying("IND", "RUS", ("crude", "OILGAS"))], ("counted twice",)),
        ([StopBuying("USA", "RUS", "crude")], ("hits nothing", "no such purchase")),
        ([CAP, Quota("CHN", "RUS", volume=0.5)], ("bind both price and volume",)),
        (
            [Quota("EU", "CHN", volume=0.5), CutOff("EU", "CHN", "ELEC")],
            ("put a quota on a flow that is completely cut off", "3 flow(s)"),
        ),
        (
            [Quota("EU", "CHN", volume=0.5), Quota("DEU", "CHN", "ELEC", 0.6)],
            ("set different quotas", "1 flow(s)"),
        ),
        (
            [ExportTax("CHN", "USA", rate=0.1), CutOff("USA", "CHN", "ELEC")],
            ("put an export tax on a flow that is completely cut off",),
        ),
        (
            [TradeCost("CHN", "USA", rate=0.1), CutOff("USA", "CHN", "ELEC")],
            ("put a cost on a flow that is completely cut off",),
        ),
        (
            [ExportTax("CHN", "USA", rate=-0.6), ExportTax("CHN", "WORLD", rate=-0.6)],
            ("export taxes add up to -120 %",),
        ),
        (
            [
                Tariff("USA", "CHN", rate=0.1, mode="add", enforcement=0.5),
                Tariff("USA", "CHN", rate=0.1, mode="add"),
            ],
            ("different enforcement or evasion cost",),
        ),
        (
            [
                CutOff("USA", "CHN", enforcement=0.5, evasion_cost=0.1),
                ExportBan("USA", "CHN", "goods", 0.5),
            ],
            ("let flows through at different costs", "3 flow(s)"),
        ),
        ([STOP, CutOff("CHN", "RUS", "OILGAS", "imports")], ("different enforcement", "1 flow(s)")),
    ],
)  # fmt: skip
def test_bad_policies_name_the_instrument(items, parts):
    with pytest.raises(PolicyError) as caught:
        wedges(*items)
    for part in ("the policy cannot be applied", *parts):
        assert part in str(caught.value)


def test_percent_means_large_rates():
    assert wedges(TradeCost("RUS", "CHN", "ELEC", percent(2500))).cost.max() == 25.0
