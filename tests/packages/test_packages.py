"""What is handed out: the wheel and the source archive, built, looked at, and used on their own."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import threatpoint
from threatpoint.situation import built_in

pytest.importorskip("hatchling", reason="the package that builds is not installed")

ROOT = Path(__file__).parents[2]
HEAVY = 8_000_000
"""Bytes of an archive: tables and code, no test data, no page that was written here."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def alone(wheel, tmp_path_factory):
    """A folder that holds the files of the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("alone")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(alone, where, *words):
    """The command of the wheel's own files, from a folder elsewhere."""
    environment = {**os.environ, "PYTHONPATH": str(alone)}
    environment.pop("THREATPOINT_DATA", None)
    return subprocess.run(
        [sys.executable, "-m", "threatpoint", *words],
        cwd=where, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "threatpoint").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    found = {name for name in names(wheel) if ".dist-info/" not in name}
    assert found == wanted
    assert wheel.stat().st_size < HEAVY


def test_the_source_archive_builds_and_tests_itself(built):
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        tops = {Path(name).parts[1] for name in file.getnames() if len(Path(name).parts) > 1}
    assert {"src", "tests", "docs", "validation", "benchmarks", "builders"} <= tops
    assert {"LICENSE", "README.md", "CHANGELOG.md", "Makefile", "constraints.txt"} <= tops
    assert not tops & {"dist", "brief", "my-brief", ".venv"}
    assert archive.stat().st_size < HEAVY


def test_name_version_licence_and_extras_are_told(alone):
    (info,) = alone.glob("*.dist-info")
    text = (info / "METADATA").read_text(encoding="utf-8")
    assert f"Version: {threatpoint.__version__}\n" in text
    assert "License-Expression: GPL-3.0-or-later" in text
    assert (info / "licenses" / "LICENSE").is_file()
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(re.findall(r"^Provides-Extra: (.+)$", text, re.M))
    assert extras == set(declared["optional-dependencies"])


def test_no_package_of_the_default_set_is_a_test_release(alone):
    """What `make brief` installs: the core and `all`, with all that they need in turn."""
    from importlib.metadata import Distribution, PackageNotFoundError, version
    from importlib.metadata import requires as installed

    from packaging.requirements import Requirement

    (info,) = alone.glob("*.dist-info")

    def requires(name):
        return Distribution.at(info).requires if name == "threatpoint" else installed(name)

    seen, ahead = set(), [("threatpoint", frozenset({"all"}))]
    while ahead:
        name, extras = ahead.pop()
        try:
            needs = requires(name) or ()
        except PackageNotFoundError:  # of another system
            continue
        for text in needs:
            need = Requirement(text)
            if need.marker and not any(
                need.marker.evaluate({"extra": extra}) for extra in extras or {""}
            ):
                continue
            step = (need.name, frozenset(need.extras))
            if step not in seen:
                seen.add(step)
                ahead.append(step)
    betas = []
    for name in {name for name, _ in seen}:
        try:
            found = version(name)
        except PackageNotFoundError:
            continue
        if re.search(r"\d(a|b|rc|\.dev)\d", found):
            betas.append(f"{name} {found}")
    assert {"numpy", "scipy", "jinja2"} <= {name for name, _ in seen}
    assert betas == []


def test_the_wheel_alone_writes_the_brief_from_any_folder(alone, tmp_path):
    """Run where no source is; the code that ran is the wheel's."""
    done = run(alone, tmp_path, "brief", "--quick", "--draws", "8", "--out", "page")
    assert done.returncode == 0, done.stderr
    assert "page: page/index.html" in done.stdout
    assert (tmp_path / "page" / "index.html").stat().st_size > 100_000
    where = subprocess.run(
        [sys.executable, "-c", "import threatpoint; print(threatpoint.__file__)"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(alone)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(alone))


def test_the_wheel_alone_has_every_situation_and_its_version(alone, tmp_path):
    listed = run(alone, tmp_path, "situations")
    assert listed.returncode == 0, listed.stderr
    assert all(name in listed.stdout for name in built_in())
    assert run(alone, tmp_path, "--version").stdout.strip() == threatpoint.__version__
