"""One line to a page: `shock` and `threat` with --page, --xlsx, --png, --map, as one types it."""

from __future__ import annotations

import html
import re
from importlib.util import find_spec

import pytest

from tests.cli.test_cli import threatpoint

METALS = ("shock", "--tariff", "USA:EU,JPN:+20%/METMIN")
PNG = b"\x89PNG\r\n\x1a\n"
DUTY = """
[situation]
title = "A duty on electronics"
date = 2025-03-01
question = "Do they give in?"
sender = "United States"
main = "duty"
source = "hand-made"

[parties]
USA = "threatens"
"Viet Nam" = "asked"

[threats.duty]
words = "Open your market, or pay"
named = ["Vietnam"]

[threats.duty.when]
demand = "open the market"
cost = {value = 1, unit = "USD bn", period = "a year", source = "hand-made"}

[[threats.duty.then]]
instrument = "tariff"
importers = ["USA"]
exporters = ["target"]
sectors = ["electronics"]
mode = "add"
rate = {value = 25, unit = "percentage points", period = "2025", source = "hand-made"}
"""


def text_of(page):
    """The words of a page, without style, drawings and tags."""
    raw = re.sub(
        r"<(style|script).*?</\1>|<svg.*?</svg>", " ", page.read_text(encoding="utf-8"), flags=re.S
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", raw)).split())


@pytest.fixture(scope="module")
def metals(tmp_path_factory):
    """The folder of one run, and what it printed."""
    pytest.importorskip("vl_convert", reason="the extra 'brief' is not installed")
    pytest.importorskip("vl_convert", reason="the extra 'brief' is not installed")
    folder = tmp_path_factory.mktemp("metals")
    more = ("--page", "metals", "--png", "metals", "--map", "map.svg")
    run = threatpoint(*METALS, *more, cwd=folder)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return folder, run.stdout


def test_one_line_gives_a_page_that_names_the_hardest_hit(metals):
    folder, printed = metals
    text = text_of(folder / "metals" / "index.html")
    title = "The United States adds 20 points to the tariff on metals and mineral products from"
    assert title in text
    assert "The EU loses most" in text
    assert "of real income in the first year" in text
    assert "page: metals/index.html" in printed


def test_the_page_says_the_command_that_made_it(metals):
    text = text_of(metals[0] / "metals" / "index.html")
    assert "threatpoint shock --tariff USA:EU,JPN:+20%/METMIN --page metals" in text


def test_the_page_has_no_part_that_a_policy_has_not(metals):
    page = (metals[0] / "metals" / "index.html").read_text(encoding="utf-8")
    keys = re.findall(r'<details[^>]* id="part-([\w-]+)"', page)
    assert {"losses", "method"} <= set(keys)
    assert not {"giving-in", "options", "oil", "talks", "support", "front", "text"} & set(keys)
    assert "threat" not in text_of(metals[0] / "metals" / "index.html").lower().replace(
        "threatpoint", ""
    )


def test_every_chart_is_a_picture_and_the_first_names_the_hardest_hit(metals):
    folder, printed = metals
    pictures = sorted((folder / "metals").glob("*.png"))
    drawings = sorted((folder / "metals" / "charts").glob("*.svg"))
    assert [path.stem for path in pictures] == [path.stem for path in drawings]
    assert all(path.read_bytes().startswith(PNG) for path in pictures)
    assert all(f"{path.name}\n" in printed for path in pictures)
    titles = re.findall(
        r"<title>([^<]*)</title>", drawings[0].parent.joinpath("fig-first.svg").read_text()
    )
    assert "The EU loses most" in titles[0]


def test_the_map_is_a_file(metals):
    text = (metals[0] / "map.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "var(--" not in text


def test_all_horizons_are_printed_where_a_page_is_written(metals):
    _, printed = metals
    assert "First year" in printed
    assert [f"Status, {name}:" in printed for name in ("short", "medium", "long")] == [True] * 3


@pytest.mark.skipif(
    find_spec("openpyxl") is None or find_spec("threatpoint.brief.workbook") is None,
    reason="no workbook is written here",
)
def test_the_workbook_is_written(tmp_path):
    run = threatpoint(*METALS, "--xlsx", "metals.xlsx", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "metals.xlsx").read_bytes().startswith(b"PK")


def test_names_and_codes_print_the_same():
    ways = ("USA:EU,JPN:+20%/METMIN", "united states:European Union,japan:+20%/metals")
    coded, named = (threatpoint("shock", "--tariff", words).stdout for words in ways)
    assert coded == named
    assert re.search(r"European Union +−0\.\d+ %", coded)
    assert "EU: the sum of its members; --members shows them." in coded
    assert "Germany" not in coded


def test_members_stand_below_their_group_and_add_up():
    run = threatpoint(*METALS, "--members", "--top", "4")
    lines = run.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if "European Union" in line)
    assert "    Germany" in lines[at + 1]
    rows = [re.search(r"^ +(\S.*?) +[−+]\S+ % +([−+]\S+)", line) for line in lines[at : at + 9]]
    union, *members = (float(row[2].replace("−", "-")) for row in rows if row)
    assert len(members) == 8  # the ninth has a name of two lines
    assert abs(sum(members)) < abs(union)


def test_sectors_are_printed(tmp_path):
    run = threatpoint(*METALS, "--sectors", "--top", "5", cwd=tmp_path)
    assert "Change in output by sector" in run.stdout
    assert "smaller changes are not shown" in run.stdout


def test_a_group_has_a_table_of_its_own_in_the_file(tmp_path):
    threatpoint(*METALS, "--out", "r.csv", cwd=tmp_path)
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if line.startswith("group,EU,")]
    assert any("real_income_money" in line for line in own)
    assert not any(line.startswith("country,EU,") for line in lines)


def test_a_threat_has_a_page_with_its_game_and_its_terms(tmp_path):
    pytest.importorskip("vl_convert", reason="the extra 'brief' is not installed")
    (tmp_path / "duty.toml").write_text(DUTY, encoding="utf-8")
    line = ("threat", "duty.toml", "--kappa", "Vietnam=20", "--horizon", "short", "--page", "duty")
    run = threatpoint(*line, "--sectors", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    page = tmp_path / "duty" / "index.html"
    text = text_of(page)
    assert "threatpoint threat duty.toml --kappa Vietnam=20" in text
    assert "Viet Nam" in text
    keys = re.findall(r'<details[^>]* id="part-([\w-]+)"', page.read_text(encoding="utf-8"))
    assert {"losses", "giving-in", "options", "method"} <= set(keys)
    assert "Change in output by sector" in run.stdout


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        (("--page", "a-file"), ("a-file is a file, not a folder",)),
        (("--png", "a-file"), ("a-file is a file, not a folder",)),
        (("--map", "map.pdf"), ("--map map.pdf", ".svg or .png")),
        (("--map", "nowhere/map.svg"), ("the folder", "does not exist")),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_solved(tmp_path, more, parts):
    pytest.importorskip("vl_convert", reason="the extra 'brief' is not installed")
    (tmp_path / "a-file").write_text("mine")
    run = threatpoint(*METALS, *more, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    for part in parts:
        assert part in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]
    assert (tmp_path / "a-file").read_text() == "mine"


def test_a_policy_of_everybody_on_everybody_has_losses_but_no_page(tmp_path):
    line = ("shock", "--tariff", "WORLD:WORLD:+1%/METMIN")
    run = threatpoint(*line, "--page", "world", cwd=tmp_path)
    assert run.returncode == 2
    assert "nobody can be told apart" in run.stderr
    assert list(tmp_path.iterdir()) == []
    assert threatpoint(*line).returncode == 0


def test_a_page_of_a_threat_under_another_oil_regime_is_refused(tmp_path):
    run = threatpoint("threat", "--opec", "half", "--page", "p", cwd=tmp_path)
    assert run.returncode == 2
    assert "--opec half: a page is drawn with --opec hold" in run.stderr
