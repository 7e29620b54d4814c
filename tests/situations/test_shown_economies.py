"""What is drawn: senders, every target, whom a title names, and who is hit hardest."""

from __future__ import annotations

import re
from functools import cache

import pytest

from threatpoint import words
from threatpoint.analysis import analyse
from threatpoint.brief import horizons as horizons_part
from threatpoint.brief import shown, trade
from threatpoint.brief.prose import say
from threatpoint.brief.reading import Reading
from threatpoint.brief.terminal import summary
from threatpoint.situation import load_situation
from threatpoint.world import load_world

FILE = """
[situation]
title = "Cut off"
date = 2025-01-01
question = "What does each side lose?"
sender = "{sender}"
main = "cut"
source = "made for a test"

[parties]
{parties}

[threats.cut]
words = "cut off"
named = [{targets}]

[[threats.cut.then]]
instrument = "cut-off"
sender = ["{sender}"]
targets = ["target"]
"""
MANY = (
    *("MEX", "CAN", "FRA", "DEU", "VNM", "KOR", "JPN"),
    *("CHN", "IND", "BRA", "TUR", "GBR", "ITA", "ESP"),
)
CASES = {
    "neighbours": ("USA", ("CAN", "MEX"), "long"),
    "a union and a neighbour": ("USA", ("EU", "MEX"), "short"),
    "fourteen targets": ("USA", MANY, "short"),
    "a small target": ("USA", ("VNM",), "medium"),
    "small targets": ("USA", ("HUN", "SVK", "CHE", "NOR"), "short"),
    "a sender of several members": ("EU", ("CHN", "RUS"), "short"),
    "a small sender": ("MEX", ("USA", "CAN"), "long"),
}


@cache
def reading(case: str, folder: str) -> Reading:
    from pathlib import Path

    sender, targets, horizon = CASES[case]
    text = FILE.format(
        sender=sender,
        parties="\n".join(f'{code} = "party"' for code in (sender, *targets)),
        targets=", ".join(f'"{code}"' for code in targets),
    )
    path = Path(folder) / f"{case.replace(' ', '-')}.toml"
    path.write_text(text, "utf-8")
    return Reading(analyse(load_situation(path), load_world(), horizon=horizon))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(tmp_path_factory.mktemp("files"))


@pytest.fixture(params=CASES)
def found(request, folder):
    return reading(request.param, folder)


def said(found):
    """The words on the sectors."""
    return say("losses.sectors", found, trade.facts(found))


def most(found):
    """The economies that lose and gain most, by a look at all of them."""
    rows = sorted(found.countries, key=lambda row: row["real_income_percent"])
    return rows[0], rows[-1]


def test_losses_draw_senders_every_target_and_whom_the_title_names(found):
    drawn = {row["country"] for row in shown.losses_shown(found)}
    worst, best = most(found)
    assert {*found.senders, *found.targets, worst["country"], best["country"]} <= drawn
    title = say("losses.losses", found, shown.losses_shown(found))["figure.title"].lower()
    assert title.startswith(f"{found.place(worst['country'])} loses most".lower())
    assert f"{found.place(best['country'])} gains most".lower() in title


def test_the_terminal_lists_the_same_economies(found):
    table = summary(found.analysis)[-1]
    names = set(table.columns[0].cells)
    assert {found.name(code) for code in (*found.senders, *found.targets)} <= names
    assert most(found)[0]["name"] in names


def test_horizons_draw_the_hardest_hit_at_every_horizon(found):
    outcomes = found.analysis.by_horizon
    facts = horizons_part.facts(found, outcomes)
    section = horizons_part.section(found, outcomes)
    (figure,) = section.figures
    rows, horizons = facts["rows"], facts["solved"]
    assert horizons == words.ordered(outcomes)
    drawn = " ".join(re.findall(r">([^<>]+)</text>", figure.wide))  # a long name has two lines
    for h in horizons:
        worst = min(rows, key=lambda row: row[f"{h}_percent"])
        assert worst["name"] in drawn
    for code in (*found.senders, *found.hit):  # a union that is hit as one stands for its members
        assert found.name(code) in drawn
    first = min(rows, key=lambda row: row[f"{horizons[0]}_percent"])
    assert figure.title.lower().startswith(f"{found.place(first['country'])} loses".lower())


def test_sectors_draw_the_hardest_hit_and_the_sector_the_title_names(found):
    groups = dict(shown.sectors_shown(found))
    for role in ("sender", "target"):
        worst = shown.hardest(found.of_role(role))
        assert worst is None or worst["country"] in groups
    rows = [row for row in found.sectors if shown.sizeable(found, row)]
    title = said(found)["figure.title"].lower()
    for pick, word in ((min, "falls by"), (max, "rises by")):
        row = pick(rows, key=lambda row: row["output_quantity_percent"])
        assert row in groups[row["country"]]
        assert f"{row['sector_name']} in {found.place(row['country'])} {word}".lower() in title


def test_countries_side_by_side_hold_the_hardest_hit_and_are_few(found):
    codes = shown.watched(found)
    assert len(codes) == len(set(codes)) <= shown.MANY
    for role in ("sender", "target"):
        worst = shown.hardest(found.of_role(role))
        assert worst is None or worst["country"] in codes


def test_the_imports_draw_every_target_and_the_supplier_the_title_names(found):
    drawn = {row["exporter"] for row in shown.diversion_shown(found)}
    lost = {row["exporter"] for row in found.sender_imports if row["change"]}
    assert set(found.targets) & lost <= drawn
    best = shown.best_supplier(found)
    assert best["exporter"] in drawn
    title = said(found)["imports.title"]
    if "the most" in title:
        assert f"{found.place(best['exporter'])} the most" in title


def test_the_ends_of_a_horizon_are_called_by_what_they_are(folder):
    """'low trade elasticities', not by the name of the horizon's option."""
    for case in ("fourteen targets", "a small target"):
        found = reading(case, folder)
        titles_ = [variant.title for variant in found.analysis.variants]
        assert "suppliers are harder to replace (low trade elasticities)" in titles_
        assert not [t for t in titles_ if t.startswith(("short", "medium", "long"))]


def test_a_neighbour_hit_hardest_is_not_hidden_by_larger_targets(folder):
    """Ten targets, the hardest hit not among the five largest: the title names it."""
    found = reading("a union and a neighbour", folder)
    assert found.of_role("target")[0]["country"] == "MEX"
    assert said(found)["figure.title"].startswith("Electronics and electrical equipment in Mexico")
