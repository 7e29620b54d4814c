"""Page, terminal and files say word by word what `tests/golden` keeps (see `golden_texts.py`)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from tests.commands import typed
from tests.golden_texts import brief_texts, close, differences, files_in, hold, masked
from tests.golden_worlds import golden_world
from threatpoint.analysis import analyse
from threatpoint.brief import summary, write_brief
from threatpoint.situation import load_situation

FILES = Path(__file__).with_name("files")
CUT = "shock --cut-off USA:CHN,IND"
COMMANDS = {
    "shock": (f"{CUT} --horizon all --out all.csv", f"{CUT} --top 32 --out long.json"),
    "shock-oil": (
        "shock --price-cap RUS:EU:60/crude@70%+10 --stop-buying IND:RUS:crude",
        "shock --tariff USA:IND:+25%@80%~5% --quota EU:CHN:50%/ELEC --check-unique",
    ),
    "threat": ("threat --cache kept --out t.csv", "threat --cache kept --out t.json"),
    "threat-of-a-file": tuple(
        f"threat {FILES / name}.toml --horizon long" for name in ("border", "coalition")
    ),
    "expect": (
        "expect --quick --out e.csv",
        "expect border-2025-02-01 --draws 32 --workers 1 --out e.json",
    ),
    "talks": ("talks --out t.csv", "talks --sanctions 3.5 --aid-change -40 --out t.json"),
    "support": ("support --out s.csv", "support --key gdp --donor DEU --out s.json"),
    "front": ("front --out f.csv", "front --oblast Donetsk --lines --out f.json"),
    "world": ("world info", "world check", "world info --tariffs statutory"),
    "help": tuple(
        f"{name} --help"
        for name in ("shock", "brief", "expect", "threat", "talks", "support", "front", "world")
    ),
}


def test_the_built_in_page(built_in):
    hold("built-in", brief_texts(built_in.page, built_in.terminal))


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(command, tmp_path):
    printed = [f"$ threatpoint {words}\n{typed(*words.split(), folder=tmp_path)}"
               for words in COMMANDS[command]]  # fmt: skip
    terminal = "\n".join(printed).replace(str(FILES), "<files>")
    hold(command, {"terminal.txt": terminal, **files_in(tmp_path)})


@pytest.mark.parametrize(("name", "countries"), [("plain", 5), ("rich", 6)])
def test_small_worlds(name, countries, tmp_path):
    world = golden_world(countries)
    analysis = analyse(load_situation(FILES / f"golden-{name}.toml", world), world)
    terminal = io.StringIO()
    console = Console(file=terminal, width=100)
    for part in summary(analysis, 100):
        console.print(part)
    page = write_brief(analysis, tmp_path)
    hold(name, brief_texts(page, terminal.getvalue()))


# -- the comparison itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a,1.0000001,b", "a,1,b", True),
        ("a,1e-10,b", "a,-1e-10,b", True),
        ("a,1.00001,b", "a,1,b", False),
        ("a,1,b", "a,1,c", False),
        ("a,1", "a,1,2", False),
    ],
)
def test_numbers_are_close_and_words_are_the_same(one, other, same):
    assert close(one, other) == same


def test_a_difference_names_file_line_and_both_texts():
    found = differences({"a.txt": "x\n1.0\n", "b.csv": "1.0\n"}, {"a.txt": "x\n1\n", "c.txt": ""})
    assert list(found) == [
        "a.txt, line 2",
        "  wanted: 1.0",
        "  got:    1",
        "b.csv: not written any more",
        "c.txt: not kept yet",
    ]


def test_what_differs_by_machine_is_masked():
    line = "Status: converged after {} evaluations ({}); largest residual {} (trade of SVK)."
    assert masked(line.format(53, "step 0.1", "8.5e-11")) == masked(line.format(9, "x", "1e-9"))
