"""The page on small hand-made worlds: complete, escaped, readable, and true to the numbers."""

from __future__ import annotations

import base64
import csv
import datetime
import errno
import io
import math
import os
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest

from tests.economies import random_world
from threatpoint.analysis import analyse
from threatpoint.analysis.analysis import Analysis
from threatpoint.analysis.claims import ClaimCheck
from threatpoint.analysis.outcome import Outcome
from threatpoint.brief import render, require_folder, summary, write_brief
from threatpoint.brief.cases import standing
from threatpoint.brief.lines import claims, line_by_line
from threatpoint.brief.losses import answer
from threatpoint.brief.method import command
from threatpoint.brief.reading import Reading
from threatpoint.brief.shown import BY_MONEY, BY_PERCENT, sectors_shown
from threatpoint.brief.why import why
from threatpoint.errors import ThreatpointError
from threatpoint.policy import Action, CutOff, Rule, Tariff
from threatpoint.situation import Situation
from threatpoint.situation.model import Scenario
from threatpoint.words import magnitude
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

VOID = {"meta", "br", "hr", "img", "input", "link"}
SHAPES = {"path", "circle", "line", "rect", "image"}


def small_economy(n: int = 5, **changes: Any) -> Economy:
    """A balanced economy with names, one service sector and elasticities."""
    world = random_world(7, n, 3, zeros=False)
    economy = world.economy
    values = Elasticities.of(economy.countries, economy.sectors, world.theta, world.phi, source="x")
    labels: dict[str, Any] = {
        "names": MappingProxyType({code: f"Land {code}" for code in economy.countries}),
        "sector_names": MappingProxyType({"S00": "Oil", "S01": "Tools", "S02": "Haircuts"}),
        "services": ("S02",),
        "groups": MappingProxyType({"UNION": ("C00", "C01")}),
        "unit": "USD million",
        "year": 2023,
        "elasticities": MappingProxyType({"long": values}),
    }
    return replace(economy, **(labels | changes))


def small_situation(rule: Rule, **changes: Any) -> Situation:
    """A situation around one rule, with one statement of each mark."""
    marks = ("computed", "checked", "not modelled yet", "computed with priors")
    rows = tuple(
        SimpleNamespace(number=k, words=f"statement {k}", answered_by="part", mark=mark)
        for k, mark in enumerate(marks, 1)
    )
    empty: MappingProxyType[str, Any] = MappingProxyType({})
    fields: dict[str, Any] = {
        "name": "small",
        "title": "A small quarrel",
        "date": datetime.date(2025, 3, 31),
        "question": "Who loses?",
        "source": "a note",
        "sender": rule.sender,
        "parties": empty,
        "main": "threat",
        "threats": MappingProxyType({"threat": rule}),
        "words": MappingProxyType({"threat": "stop buying oil or else"}),
        "scenarios": empty,
        "oil": empty,
        "figures": empty,
        "claims": (),
        "rows": rows,
        "assumptions": (),
    }
    return Situation(**(fields | changes))


def small_analysis(
    targets: tuple[str, ...] = ("C01", "C02"),
    then: Any = None,
    sender: str = "C00",
    economy: Economy | None = None,
    **changes: Any,
) -> Analysis:
    """Solved: the sender punishes buyers of oil from C03."""
    rule = Rule(sender, Action("S00", "C03"), then or CutOff(sender, "target"), named=targets)
    return analyse(small_situation(rule, **changes), economy or small_economy())


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return solved("two targets")


@pytest.fixture(scope="module")
def page() -> str:
    return drawn("two targets")


def failed(analysis: Analysis, reason: str = "C00 is left without a supplier of S00") -> Analysis:
    """The same without an equilibrium of the main outcome."""
    main = replace(analysis.main, solution=None, failure=reason)
    return replace(analysis, main=main, assumptions={})


CASES = {
    "two targets": lambda: small_analysis(),
    "one target": lambda: small_analysis(("C01",)),
    "everybody else but the seller": lambda: small_analysis(
        tuple(f"C{k:02d}" for k in range(1, 10) if k != 3), economy=small_economy(10)
    ),
    "no change": lambda: small_analysis(then=CutOff("C00", "target", enforcement=0.0)),
    "a small tariff": lambda: small_analysis(then=Tariff("C00", "target", rate=0.02, mode="add")),
    "a sender of two members": lambda: small_analysis(("C02",), sender="UNION"),
    "an unknown unit": lambda: small_analysis(economy=small_economy(unit="shells", year=None)),
    "bare codes": lambda: small_analysis(
        economy=small_economy(names={}, sector_names={}, services=(), groups={})
    ),
    "no variants": lambda: replace(small_analysis(), variants=(), scenarios=()),
    "no equilibrium": lambda: failed(small_analysis()),
    "one result, and not of the main case": lambda: replace(
        failed(small_analysis()), variants=small_analysis().variants[:1]
    ),
    "nothing solved": lambda: replace(failed(small_analysis()), variants=()),
}


@cache
def solved(case: str) -> Analysis:
    """The analysis of a case, once."""
    return CASES[case]()


@cache
def drawn(case: str) -> str:
    """The page of a case, once."""
    return render(solved(case))


class Outline(HTMLParser):
    """Checks nesting while it collects what the tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID | SHAPES | {"g", "text", "svg"}, f"<{tag}/> is no empty element"
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & {*self.open}:
            self.text.append(data)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.mark.parametrize("case", CASES)
def test_every_case_gives_a_sound_page(case):
    text = drawn(case)
    outline = Outline(text)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert outline.all("html")[0]["lang"] == "en"
    visible = " ".join(outline.text)
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b(?! of)|\d[eE][-+]\d", visible)
    assert not re.search(r"(?<![\w-])-\d", visible), "a hyphen stands for a minus"
    assert len(text.encode()) < 3_000_000


@pytest.mark.parametrize("case", CASES)
def test_pictures_have_words_and_tables_have_headings(case):
    outline = Outline(drawn(case))
    ids = {attributes.get("id") for _, attributes in outline.tags}
    pictures = [a for a in outline.all("svg") if a.get("aria-hidden") != "true"]
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert set((attributes["aria-labelledby"] or "").split()) <= ids
    names = [tag for tag, _ in outline.tags]
    headed = [table for table in outline.all("table") if table.get("aria-label")]
    assert names.count("caption") == names.count("table") - len(headed)
    assert names.count("title") == 1 + len(pictures)
    assert names.count("desc") == len(pictures)
    assert all(a.get("scope") in ("col", "row") for a in outline.all("th"))


def test_nothing_is_fetched(page):
    outline = Outline(page)
    assert not [a for a in outline.all("script") if "src" in a]
    assert not outline.all("link", "iframe", "img", "object", "embed", "image")
    assert "://" not in page
    assert "@import" not in page
    assert "url(" not in re.sub(r"url\(#", "", page)
    for attributes in outline.all("a"):
        assert (attributes["href"] or "").startswith(("data/", "charts/", "data:text/csv", "#"))


def test_files_beside_and_inside_are_the_same(analysis, tmp_path):
    path = write_brief(analysis, tmp_path / "deep" / "brief")
    outline = Outline(path.read_text(encoding="utf-8"))
    links = outline.all("a")
    beside = {a["href"] for a in links if str(a["href"]).startswith("data/")}
    inside = {a["download"]: str(a["href"]) for a in links if "download" in a}
    files = {f"data/{file.name}" for file in (path.parent / "data").iterdir()}
    assert beside == files
    assert {f"data/{name}" for name in inside} == files
    for name, address in inside.items():
        content = base64.b64decode(address.split(",", 1)[1])
        assert content == (path.parent / "data" / str(name)).read_bytes()
    charts = {a["href"] for a in links if str(a["href"]).startswith("charts/")}
    assert charts == {f"charts/{file.name}" for file in (path.parent / "charts").iterdir()}
    others = {p.name for p in path.parent.iterdir()} - {"index.html", "data", "charts"}
    assert others == {".data-files"}


def test_the_files_hold_every_country_unrounded(analysis, tmp_path):
    folder = write_brief(analysis, tmp_path).parent / "data"
    with (folder / "losses.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["country"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(analysis.economy.countries)
    for code, row in rows.items():
        assert float(row["real_income_percent"]) == analysis.main.percent(code)
        assert "range_low" not in row or math.isnan(float(row["range_low"] or "nan"))
    with (folder / "flows.csv").open(encoding="utf-8", newline="") as file:
        flows = list(csv.DictReader(file))
    assert any(float(flow["trade"]) == 0 < float(flow["trade_baseline"]) for flow in flows)


def test_the_same_analysis_gives_the_same_page(analysis, page):
    assert render(analysis) == page


def test_hostile_text_is_only_text():
    bad = '</style><script>alert("1")</script><img src=x onerror=alert(1)> {{ 7*7 }} & \' " `'
    economy = small_economy(names={code: f"{code} {bad}" for code in ("C00", "C01", "C02")})
    economy = replace(economy, sector_names={"S00": bad, "S01": bad + "1"})
    rows = (SimpleNamespace(number=1, words=bad, answered_by=bad, mark="computed"),)
    analysis = small_analysis(
        economy=economy, title=bad, question=bad, source=bad, name="x; rm -rf / #", rows=rows,
        words=MappingProxyType({"threat": bad}),
    )  # fmt: skip
    for given in (analysis, failed(analysis, bad)):
        text = render(given)
        outline = Outline(text)
        assert not outline.all("img")
        assert len(outline.all("script")) == text.count("<script") <= 2
        data = re.findall('id="moving-data">(.*?)</script>', text, re.S)
        assert all(not {*"<>&"} & {*found} for found in data)
        assert "49" not in outline.text[:40]
        assert "{{ 7*7 }}" in " ".join(outline.text)
        assert "'x; rm -rf / #.toml'" in " ".join(outline.text), "the command must quote the name"


# -- wording ---------------------------------------------------------------------------------


def solved_as(changes: dict[str, float], targets: tuple[str, ...], **more: Any) -> Reading:
    """A reading whose real-income changes are set by hand, in %; money is ten times that."""
    reading = Reading(replace(small_analysis(targets, economy=small_economy(10)), variants=()))
    rows = tuple(
        dict(row)
        | {
            "real_income_percent": changes.get(row["country"], 0.0),
            "real_income_money": 1000 * changes.get(row["country"], 0.0),
        }
        for row in reading.countries
    )
    reading.__dict__["countries"] = rows
    return reading


def said(reading: Reading) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in answer(reading)]


def test_losses_gains_and_no_change_are_told_apart():
    first, second, third = said(
        solved_as({"C00": 0.5, "C01": -0.5, "C02": 0.2, "C05": -1.0}, ("C01", "C02", "C04"))
    )
    assert "against its three targets" in first
    assert "lowers yearly real income (what total spending can buy) by 0.50 % in Land C01" in first
    assert "raises it by 0.20 % in Land C02" in first
    assert "changes it by less than 0.005 % in Land C04" in first
    assert second.startswith("Land C00 itself gains 0.50 %")
    assert "more in" not in second
    assert "one loses (Land C05 1.0 %)" in third


def test_one_target_that_gains():
    first, second, _ = said(solved_as({"C00": -0.3, "C01": 0.4}, ("C01",)))
    assert "carried out against Land C01, raises yearly real income (" in first
    assert "by 0.40 % in Land C01" in first
    assert "more in percent than Land C01" in second
    assert "than its" not in second


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        (-2.0, "more in percent than any target but less in money"),
        (-0.1, "less in percent than any target and less in money"),
        (-1.2, "more in percent than Land C01, less than the other"),
    ],
)
def test_the_sender_is_compared_with_its_targets(sender, words):
    reading = solved_as({"C00": sender, "C01": -1.0, "C02": -1.5}, ("C01", "C02"))
    assert words in said(reading)[1]


def test_many_targets_are_summed_up():
    changes = {f"C{k:02d}": -k / 10 for k in range(1, 10)}
    targets = tuple(code for code in changes if code != "C03")
    first = said(solved_as(changes, targets))[0]
    assert "against its eight targets" in first
    assert "in all of them, from −0.90 % in Land C09 to −0.10 % in Land C01" in first


def test_with_retaliation_five_are_named_and_the_others_counted():
    targets = tuple(f"C{k:02d}" for k in (1, 2, 4, 5, 6, 7))
    reading = solved_as({"C00": -0.5}, targets)
    rows = [dict(row) | {"answered_percent": -1.0} for row in reading.countries]
    answered = Reading(replace(reading.analysis, main=replace(reading.main, answered=reading.main)))
    answered.__dict__["countries"] = tuple(rows)
    text = said(answered)[1]
    assert "real income changes by −1.0 % in Land C00 (−0.50 % without), " in text
    assert text.count("without)") == 5
    assert "; two more in the table." in text


def test_tiny_changes_are_neither_loss_nor_gain():
    reading = solved_as({"C00": -0.001, "C01": -0.001, "C04": 0.001}, ("C01",))
    first, second, third = said(reading)
    assert "can buy) by less than 0.005 % in Land C01 (" in first
    assert "gains or loses less than 0.005 % of real income (−" in second
    assert "The trade that it touches is worth " in second
    assert "none of the" in third.lower()


def test_a_failure_says_why_and_states_no_loss(analysis):
    first, second, third = said(Reading(failed(analysis)))
    assert "no equilibrium" in first
    assert "Land C00 is left without a supplier of oil" in second
    assert "other readings or assumptions" in third
    text = render(failed(analysis))
    assert 'id="losses"' not in text
    assert 'id="variants"' in text
    assert "No equilibrium: Land C00" in text
    assert "No result: Land C00" in text


def test_ranges_are_left_out_where_trade_was_not_drawn(analysis):
    assert "range" not in " ".join(said(Reading(analysis)))
    assert "not drawn (--quick)" in render(analysis)


def test_the_command_repeats_the_options_that_were_used(analysis):
    assert command(Reading(analysis)) == "threatpoint brief small.toml --horizon long --out DIR"
    built_in = replace(analysis.situation, name="ukraine-2025-03-31")
    named = command(Reading(replace(analysis, situation=built_in)))
    assert named == "threatpoint brief ukraine-2025-03-31 --horizon long --out DIR"
    other = Reading(replace(analysis, deficits="proportional"))
    options = "--deficits proportional --horizon long"
    assert command(other) == f"threatpoint brief small.toml {options} --out DIR"


# -- terminal and folder ---------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_the_terminal_summary_fits_and_says_the_same(case):
    from rich.console import Console

    analysis = solved(case)
    console = Console(width=100, file=io.StringIO(), record=True)
    for part in summary(analysis):
        console.print(part)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 100
    flat = " ".join(text.split())
    for sentence in answer(Reading(analysis)):
        assert " ".join(sentence.split()) in flat


def test_a_folder_that_cannot_be_written_is_refused(tmp_path, analysis):
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(ThreatpointError, match="is a file, not a folder"):
            require_folder(folder)
        with pytest.raises(ThreatpointError):
            write_brief(analysis, folder)
    assert require_folder(tmp_path / "new" / "deeper") == tmp_path / "new" / "deeper"
    assert not (tmp_path / "new").exists()


def test_the_answer_is_printed_and_the_old_page_stays_where_no_page_can_be_written(
    analysis, tmp_path, monkeypatch
):
    """The command in full, but for the solving."""
    from typer.testing import CliRunner

    from threatpoint.analysis import typed as room
    from threatpoint.cli import app

    old = write_brief(analysis, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room, "analyse", lambda *_, **__: analysis)
    monkeypatch.setattr(os, "fsync", full)
    run = CliRunner().invoke(app, ["brief", "--out", str(tmp_path)])
    assert answer(Reading(analysis))[0][:40] in run.stdout
    assert "page:" not in run.stdout
    assert str(run.exception) == (
        f"{old} could not be written: No space left on device; what was there before is still there"
    )
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_page_data_and_charts_of_a_folder_are_of_one_run(analysis, tmp_path):
    for other in (analysis, solved("no equilibrium"), analysis):
        page = write_brief(other, tmp_path).read_text(encoding="utf-8")
        linked = set(re.findall(r'href="((?:data|charts)/[^"]+)"', page))
        there = {p.relative_to(tmp_path).as_posix() for p in tmp_path.glob("*/*")}
        assert linked <= there
        inside = re.findall(r'href="data:text/csv[^,]*,([^"]+)" download="([^"]+)"', page)
        for packed, name in inside:
            assert base64.b64decode(packed) == (tmp_path / "data" / name).read_bytes()
        assert {f"data/{name}" for _, name in inside} == {p for p in there if "data/" in p}
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))


def test_importing_the_room_loads_no_drawing_library():
    import subprocess
    import sys

    code = (
        "import sys, threatpoint.brief, threatpoint.brief.page, threatpoint.brief.terminal;"
        "print([m for m in ('vl_convert', 'jinja2', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("value", [-0.5, 0.5, 0.0])
def test_a_single_third_country_is_named(value):
    reading = Reading(
        small_analysis(tuple(f"C{k:02d}" for k in (1, 2, 4)), economy=small_economy())
    )
    rows = [dict(row) | {"real_income_percent": value} for row in reading.countries]
    reading.__dict__["countries"] = tuple(rows)
    verb = {-0.5: "loses 0.50 %", 0.5: "gains 0.50 %", 0.0: "changes by less than 0.005 %"}[value]
    assert said(reading)[2] == f"The one other economy, Land C03, {verb}."


# -- rank, reasons, verdicts -----------------------------------------------------------------


def outcome_of(percents: dict[str, float], title: str, targets: tuple[str, ...]) -> Any:
    """An outcome with real-income changes set by hand."""

    class Made(Outcome):
        def percent(self, code: str) -> float:
            return percents.get(code, 0.0)

    return Made(title, title, "", "", targets, object())  # type: ignore[arg-type]


def ranked(main: float, others: dict[str, float], kind: str) -> str:
    """The sentence on the sender's rank; both targets lose 1 % everywhere."""
    hit = ("C01", "C02")
    made = {
        title: outcome_of({"C00": value, "C01": -1.0, "C02": -1.0}, title, hit)
        for title, value in {"main": main, **others}.items()
    }
    groups: dict[str, Any] = {"scenarios": (), "variants": ()}
    groups[kind] = tuple(made[title] for title in others)
    return standing(Reading(replace(small_analysis(), main=made["main"], **groups)))


def test_the_rank_is_stated_with_the_cases_in_which_it_holds():
    assert ranked(-2.0, {"a": -1.5, "b": -3.0}, "scenarios") == (
        "It loses more in percent than any target in both other readings of the threat."
    )
    assert ranked(-2.0, {"a": -1.5, "b": -0.5, "c": -2.0}, "scenarios") == (
        "It loses more in percent than any target in two of the three other readings of the "
        "threat (not “b”)."
    )
    assert "less in percent than any target in none of the two" in ranked(
        -0.5, {"a": -1.5, "b": -2.5}, "scenarios"
    )
    assert ranked(-2.0, {}, "scenarios") == ""
    assert ranked(-2.0, {"a": -1.5}, "variants") == ""  # tried one by one: no count of them


def test_a_one_sided_reading_is_found_by_its_rule():
    both = Rule("C00", Action("S00", "C03"), CutOff("C00", "target"), named=("C01", "C02"))
    scenarios = MappingProxyType(
        {
            key: Scenario(
                key, key, "threat", replace(both, then=CutOff("C00", "target", direction=key))
            )
            for key in ("imports", "exports")
        }
    )
    analysis = small_analysis(scenarios=scenarios)
    text = " ".join(why(Reading(analysis)))
    for outcome in analysis.scenarios:
        assert analysis.directed(outcome.key) is outcome
        size = magnitude(outcome.percent("C00"))
        verb = "costs" if outcome.percent("C00") < 0 else "gains"
        assert f"stopping its {outcome.key} alone {verb} it {size}" in text
    assert "alone" not in " ".join(why(Reading(small_analysis())))


def test_the_parts_of_the_loss_add_up_on_the_page(analysis):
    row = Reading(analysis).of_role("sender")[0]
    keys = ("factor_income", "tariff_revenue", "deficit")
    total = sum(row[f"from_{key}_points"] for key in keys)
    assert total == pytest.approx(row["real_income_percent"], abs=1e-9)


def checks(*verdicts: str) -> Analysis:
    """An analysis with one check per verdict, all of statement 2 and of the same words."""
    made: Any = tuple(
        ClaimCheck(f"c{k}", 2, "twelve", v, "1", "1", "", "a; b")  # type: ignore[arg-type]
        for k, v in enumerate(verdicts)
    )
    return replace(small_analysis(), claims=made)


def test_any_verdict_is_counted_and_a_sentence_stands_once():
    analysis = checks("holds", "holds", "holds only if digits were cut off", "sources disagree")
    reading = Reading(analysis)
    title = claims(reading).title
    assert title.startswith("Of four checks on the figures of one statement, two hold, one holds")
    assert title.endswith("on one the sources disagree")
    row = line_by_line(reading).rows[1]
    assert row["answer"].count("twelve") == 1
    assert row["mark"] == "checked in part"
    assert line_by_line(Reading(checks("holds"))).rows[1]["mark"] == "checked"
    assert "odd words" in claims(Reading(checks("odd words"))).title


def test_sectors_of_a_chart_are_unique_and_in_one_unit(analysis):
    for _, rows in sectors_shown(Reading(analysis)):
        names = [row["sector"] for row in rows]
        assert len(names) == len(set(names)) <= BY_MONEY + BY_PERCENT


@pytest.mark.parametrize("case", CASES)
def test_named_readings_and_assumptions_stand_in_sections_of_their_own(case):
    text = drawn(case)
    assert ('id="cases"' in text) == bool(solved(case).scenarios)
    assert ('id="variants"' in text) == bool(solved(case).variants)


def test_a_second_page_in_the_folder_leaves_no_data_of_the_first(analysis, tmp_path):
    from threatpoint.brief import page

    write_brief(analysis, tmp_path)
    kept = {path.name for path in (tmp_path / "data").iterdir()}
    (tmp_path / "data" / "mine.csv").write_text("a reader's own file")
    (tmp_path / "data" / "old.csv").write_text("from an earlier page")
    manifest = tmp_path / page.MANIFEST
    manifest.write_text(manifest.read_text() + "old.csv\n")
    write_brief(analysis, tmp_path)
    assert {path.name for path in (tmp_path / "data").iterdir()} == kept | {"mine.csv"}


def test_one_page_stands_alone_and_holds_the_same_files(analysis, tmp_path):
    whole = write_brief(analysis, tmp_path / "whole")
    files = {p.name: p.read_bytes() for p in whole.parent.glob("*/*") if p.suffix != ".png"}
    page = write_brief(analysis, tmp_path / "alone", one_page=True)
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]
    links = Outline(page.read_text(encoding="utf-8")).all("a")
    assert not [a for a in links if not str(a["href"]).startswith(("#", "data:"))]
    inside = {
        a["download"]: base64.b64decode(str(a["href"]).split(",", 1)[1])
        for a in links
        if "download" in a
    }
    assert inside == files


def test_one_page_takes_the_place_of_a_page_with_data(analysis, tmp_path):
    write_brief(analysis, tmp_path)
    (tmp_path / "data" / "mine.csv").write_text("a reader's own file")
    write_brief(analysis, tmp_path, one_page=True)
    there = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert there == {"index.html", "data/mine.csv"}
