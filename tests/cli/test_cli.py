"""The command line as a person types it, in a process of its own."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def threatpoint(*words: str, cwd=None) -> subprocess.CompletedProcess[str]:
    """Run the command; no shell, no terminal."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "threatpoint", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


def test_shock_prints_losses_and_status():
    run = threatpoint("shock", "--cut-off", "USA:CHN,IND")
    assert run.returncode == 0, run.stderr
    for word in ("China", "India", "United States", "converged", "deficits fixed"):
        assert word in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 200
    assert run.stderr == ""


def test_names_in_full_and_mixed_instruments():
    run = threatpoint("shock", "--cut-off", "United States:India", "--tariff", "EU:China:+10%/ELEC")
    assert run.returncode == 0, run.stderr
    assert "adds 10 points to the tariff" in run.stdout


def test_results_go_to_csv_with_their_assumptions(tmp_path):
    run = threatpoint(
        "shock",
        "--tariff",
        "USA:IND:+25%",
        "--deficits",
        "balanced",
        "--out",
        "r.csv",
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    with (tmp_path / "r.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    losses = {
        r["country"]: float(r["value"]) for r in rows if r["measure"] == "real_income_percent"
    }
    assert len(losses) == 32
    assert losses["IND"] < 0
    side = json.loads((tmp_path / "r.meta.json").read_text())
    assert side["deficits"] == "balanced"
    assert side["status"] == "converged"
    assert side["residual"] <= 1e-10
    assert side["fingerprint"]


def test_services_hit_harder_than_goods_alone(tmp_path):
    losses = []
    for extra in ([], ["--services"]):
        run = threatpoint("shock", "--cut-off", "USA:IND", "--out", "r.json", *extra, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        rows = json.loads((tmp_path / "r.json").read_text())["country"]
        losses.append(next(r["real_income_percent"] for r in rows if r["country"] == "IND"))
    assert losses[1] < losses[0] < 0


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["shock"], ["no policy given", "--cut-off"]),
        (["shock", "--cut-off", "USA:CHNN"], ["unknown country 'CHNN'", "did you mean 'CHN'"]),
        (["shock", "--cut-off", "USA"], ["SENDER:TARGETS"]),
        (["shock", "--cut-off", "USA:USA"], ["USA"]),
        (["shock", "--cut-off", "USA:CHN@120%"], ["120"]),
        (["shock", "--cut-off", "USA:CHN/OILGASS"], ["OILGASS", "OILGAS"]),
        (["shock", "--tariff", "USA:IND:25"], ["25%"]),
        (["shock", "--tariff", "USA:IND:=5%", "--tariff", "USA:IND:=9%"], ["USA", "IND"]),
        (["shock", "--cut-off", "USA:CHN", "--deficits", "fixd"], ["'fixd'", "'fixed'"]),
        (["shock", "--cut-off", "USA:CHN", "--horizon", "lon"], ["'lon'", "'long'"]),
        (["shock", "--cut-off", "USA:CHN", "--tariffs", "paid"], ["'paid'", "collected"]),
        (["shock", "--cut-off", "USA:CHN", "--out", "r.xls"], [".csv or .json"]),
        (["shock", "--cut-off", "USA:CHN", "--out", "no/such/r.csv"], ["does not exist"]),
        (["shock", "--tariff", "USA:IND:-150%"], ["-150 %", "-100 %"]),
        (["shock", "--cut-off", "USA:CHN@1.2"], ["1.2"]),
        (["shock", "--quota", "EU:CHN:0%"], ["above 0"]),
        (["shock", "--stop-buying", "IND:RUS:crude", "--services"], ["--services has no effect"]),
        (
            ["shock", "--stop-buying", "IND:RUS:crud", "--export-tax", "RUS:EU:20"],
            ["did you mean 'crude'", "ambiguous"],
        ),
        (["brief", "ukrain-2025"], ["ukraine-2025-03-31"]),
        (["brief", "no-file.toml"], ["no-file.toml"]),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(words, parts, tmp_path):
    run = threatpoint(*words, cwd=tmp_path)
    assert run.returncode == 2, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    for part in parts:
        assert part in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_equilibrium_is_exit_code_3():
    run = threatpoint("shock", "--cut-off", "RUS:others", "--services")
    assert run.returncode == 3
    for part in ("no equilibrium", "RUS", "--deficits balanced"):
        assert part in run.stderr
    assert "Traceback" not in run.stderr


def test_buyers_that_stop_are_solved():
    run = threatpoint("shock", "--stop-buying", "IND:RUS:crude")
    assert run.returncode == 0, run.stderr
    assert "IND stops buying crude from RUS" in run.stdout
    assert "converged" in run.stdout


def test_a_tariff_can_be_lowered():
    run = threatpoint("shock", "--tariff", "USA:CHN:-5%")
    assert run.returncode == 0, run.stderr
    assert "converged" in run.stdout


CLOSED = [
    (["--help"], 0),
    (["--version"], 0),
    (["brief", "--help"], 0),
    (["threat", "--help"], 0),
    (["talks"], 0),
    (["support"], 0),
    (["front"], 0),
    (["world", "info"], 0),
    (["world", "check"], 0),
    (["shock", "--tariff", "USA:IND:+25%", "--out", "r.csv"], 0),
    (["shock", "--cut-off", "USA:CHNN"], 2),
    (["shock", "--cut-off", "RUS:others", "--services"], 3),
]


@pytest.mark.parametrize(("words", "code"), CLOSED, ids=lambda words: str(words))
def test_a_reader_that_stops_early_is_no_error(words, code, tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "threatpoint", *words],
        stdout=writer, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    os.close(writer)
    assert run.returncode == code
    assert run.stderr.startswith("error: ") if code else run.stderr == ""
    assert "Traceback" not in run.stderr
    written = {"r.csv", "r.meta.json"} if "--out" in words else set()
    assert {path.name for path in tmp_path.iterdir()} == written


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("words", [["--version"], ["world", "info"]])
def test_an_output_that_cannot_be_written_is_one_message(words):
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "threatpoint", *words],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert run.returncode == 2
    assert "the output could not be written: No space left on device" in run.stderr
    assert len(run.stderr.splitlines()) == 1


LIMITED = """
import resource, sys
from threatpoint.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["shock", "--tariff", "USA:IND:+25%", "--out", "r.csv"], "converged"),
        (["talks", "--out", "r.csv"], "Sampling error:"),
        (["support", "--out", "r.csv"], "Ready, willing and able"),
        (["front", "--out", "r.csv"], "km² held on 13 March 2025"),
        (["front", "--map", "r.svg"], "km² held on 13 March 2025"),
    ],
)
def test_the_answer_is_printed_and_the_old_result_stays_where_nothing_can_be_written(
    words, shown, tmp_path
):
    for name in ("r.csv", "r.meta.json", "r.svg"):
        (tmp_path / name).write_text("old")
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", LIMITED, *words],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert shown in run.stdout
    assert "written:" not in run.stdout
    assert f"{words[-1]} could not be written" in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == dict.fromkeys(
        ("r.csv", "r.meta.json", "r.svg"), "old"
    )


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
def test_the_answer_is_printed_where_the_cache_cannot_be_kept(tmp_path):
    words = ["threat", "--targets", "TUR", "--horizon", "long", "--cache", "kept"]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", LIMITED, *words],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert "3 of 3 worlds have an equilibrium" in run.stdout
    assert run.stderr.startswith("error: cache: kept/")
    assert len(run.stderr.splitlines()) == 1
    assert list((tmp_path / "kept").iterdir()) == []


def test_every_mistake_of_a_line_is_reported_at_once():
    run = threatpoint("shock", "--cut-off", "USA:CHNN", "--tariff", "USA:IND:25")
    assert "CHNN" in run.stderr
    assert "ambiguous" in run.stderr


def test_debug_shows_the_traceback():
    run = threatpoint("shock", "--cut-off", "USA:CHNN", "--debug")
    assert run.returncode != 0
    assert "Traceback" in run.stderr


@pytest.mark.parametrize("words", [["--help"], ["shock", "--help"], ["world", "check", "--help"]])
def test_help_has_an_example(words):
    run = threatpoint(*words)
    assert run.returncode == 0
    if len(words) > 1:
        assert "Example" in run.stdout


def test_version():
    from threatpoint import __version__

    assert threatpoint("--version").stdout.strip() == __version__


def test_the_version_to_cite_is_that_of_the_package():
    from threatpoint import __version__

    cited = Path(__file__).parents[2].joinpath("CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in cited


def test_world_info_and_check():
    run = threatpoint("world", "info")
    assert run.returncode == 0, run.stderr
    for word in ("OECD", "CEPII", "CC BY 4.0", "Observed", "Estimated", "2023"):
        assert word in run.stdout
    run = threatpoint("world", "check")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "every identity holds" in run.stdout


def test_heavy_libraries_stay_out_of_a_shock():
    code = (
        "import sys, threatpoint.cli as c; sys.argv[1:] = ['shock', '--cut-off', 'USA:CHN']\n"
        "try: c.main()\nexcept SystemExit: pass\n"
        "print([m for m in ('pandas', 'xarray', 'jinja2', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def bare(words, folder):
    """The command line where only the packages of the core are installed."""
    missing = "vl_convert openpyxl shapely pyproj xarray pandas dask zarr country_converter altair"
    code = (
        f"import sys, importlib.util as u; real = u.find_spec; gone = {missing.split()!r}\n"
        "u.find_spec = lambda name, *a: None if name in gone else real(name, *a)\n"
        "sys.modules.update(dict.fromkeys(gone))\n"
        f"import threatpoint.cli as c; sys.argv[1:] = {words!r}; c.main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False
    )


def test_the_core_alone_writes_a_page(tmp_path):
    words = ["shock", "--cut-off", "USA:CHN", "--horizon", "short", "--page", "page"]
    run = bare(words, tmp_path)
    assert run.returncode == 0, run.stderr
    assert ".png needs: pip install 'threatpoint[brief]'" in run.stdout
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    assert ".svg" in page
    assert ".png" not in page
    assert list((tmp_path / "page").rglob("*.svg"))
    assert not list((tmp_path / "page").rglob("*.png"))


def test_the_core_alone_analyses_the_built_in_situation(tmp_path):
    run = bare(["brief", "--quick", "--draws", "8", "--out", "page"], tmp_path)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "page" / "index.html").is_file()


def test_a_missing_extra_is_named_before_anything_is_solved(tmp_path):
    run = bare(["shock", "--cut-off", "USA:CHN", "--png", "pictures"], tmp_path)
    assert run.returncode == 2
    assert "vl_convert" in run.stderr
    assert "threatpoint[brief]" in run.stderr
    assert list(tmp_path.iterdir()) == []
