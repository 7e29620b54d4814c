"""Files written whole, alone and together: failures, full disks, kills, two writers, odd places."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from tests.killed import MINE, RUNS, TEXT, found, prepare, write
from threatpoint.errors import ThreatpointError
from threatpoint.files import (
    as_texts,
    followed,
    swap,
    tidy,
    together,
    whole,
    write_together,
    write_whole,
)

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="fork, SIGKILL and limits are POSIX")


def hidden(folder: Path) -> list[str]:
    """What a writer left."""
    return [path.name for path in folder.rglob(".*")]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stays on, so nothing need be brought to the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A folder with an older run and a file of the user's."""
    prepare(tmp_path / "brief")
    return tmp_path / "brief"


# -- one file --------------------------------------------------------------------------------


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "r.csv"
    for text in ("a\n", "ü\r\n"):
        write_whole(path, text)
        assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_permissions_stay_and_a_new_file_has_the_usual_ones(tmp_path):
    path = tmp_path / "r.csv"
    write_whole(path, "a")
    (tmp_path / "usual").write_text("")
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode
    path.chmod(0o600)
    write_whole(path, "b")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_is_followed(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "r.csv").symlink_to(tmp_path / "far" / "r.csv")
    write_whole(tmp_path / "r.csv", "a")
    assert (tmp_path / "r.csv").is_symlink()
    assert (tmp_path / "far" / "r.csv").read_text() == "a"


def test_a_name_as_long_as_names_may_be(tmp_path):
    write_whole(tmp_path / ("ü" * 127), "a")
    write_together(tmp_path, {"ä" * 127: "a", "o" * 255: "b"})
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_one_message(tmp_path, monkeypatch, call):
    path = tmp_path / "r.csv"
    write_whole(path, "old")
    monkeypatch.setattr(os, call, full)
    with pytest.raises(ThreatpointError, match=r"r\.csv could not be written: No space left"):
        write_whole(path, "new")
    assert [(p, p.read_text()) for p in tmp_path.iterdir()] == [(path, "old")]


def full(*_: object) -> None:
    """What a full disk answers."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_a_killed_writer_left_is_removed_and_only_that(tmp_path):
    (tmp_path / ".r.csv.0123abcd.part").write_text("half")
    kept = {".other.csv.0123abcd.part", ".r.csv.mine.part", ".r.csv.0123abcd"}
    for name in kept:
        (tmp_path / name).write_text("not of this file")
    write_whole(tmp_path / "r.csv", "a")
    assert set(hidden(tmp_path)) == kept


def test_what_killed_runs_left_is_settled_by_the_next_of_any_set(tmp_path, monkeypatch):
    monkeypatch.setattr(swap.Swap, "settle", lambda _: None)
    write_together(tmp_path, {"a.csv": "a", "b.csv": "a"})
    (tmp_path / ".c.csv.threatpoint-0123abcd-new").mkdir()
    (tmp_path / ".mine.threatpoint-backup").symlink_to("a.csv")
    monkeypatch.undo()
    write_together(tmp_path, {"b.csv": "b", "d.csv": "b"})
    seen = {p.name: (p.is_symlink(), p.read_text()) for p in tmp_path.iterdir()}
    plain = {"a.csv": (False, "a"), "b.csv": (False, "b"), "d.csv": (False, "b")}
    assert seen == plain | {".mine.threatpoint-backup": (True, "a")}


def test_a_folder_that_does_not_exist_is_one_message(tmp_path):
    with pytest.raises(ThreatpointError, match="No such file or directory"):
        write_whole(tmp_path / "no" / "r.csv", "a")


def test_writers_at_once_share_no_part(tmp_path):
    texts = [str(k) * 200_000 for k in range(8)]
    writers = [threading.Thread(target=write_whole, args=(tmp_path / "r", t)) for t in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (tmp_path / "r").read_text() in texts
    assert hidden(tmp_path) == []


# -- a set of files --------------------------------------------------------------------------


def test_a_set_replaces_the_one_before_and_keeps_the_files_of_the_user(brief):
    (brief / "data" / "mine").mkdir()
    (brief / "data" / "mine" / "deep.csv").write_text("mine")
    (brief / "notes.md").write_text("mine")
    (brief / "data" / "link.csv").symlink_to("mine.csv")
    write(brief, "new")
    seen = {p.relative_to(brief).as_posix(): p.read_text() for p in brief.rglob("*.*")}
    own = (MINE, "data/mine/deep.csv", "data/link.csv", "notes.md")
    assert seen == dict.fromkeys(RUNS["new"], TEXT["new"]) | dict.fromkeys(own, "mine")
    assert (brief / "data" / "link.csv").is_symlink()
    assert not (brief / "charts").exists()
    assert not any((brief / top).is_symlink() for top in ("index.html", "data", "maps"))


@pytest.mark.parametrize(
    "lacking", ["", "exchange", "symlink", "link", "lock", "renaming", "POSIX"]
)
def test_a_set_is_whole_on_any_file_system(brief, monkeypatch, lacking):
    lack(lacking, monkeypatch)
    for run in ("new", "old", "new"):
        write(brief, run)
        assert found(brief) == run
    assert hidden(brief) == []


def lack(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take something away from the file system."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    def other_device(*_: object) -> bool:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    if what == "exchange":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    elif what in ("symlink", "link"):
        monkeypatch.setattr(os, what, refuse)
    elif what == "lock":
        monkeypatch.setattr(whole, "fcntl", None)
    elif what == "POSIX":
        monkeypatch.setattr(swap.Swap, "require_links", refuse)
    elif what == "renaming":  # a folder that is a mount point, or of a layer below
        monkeypatch.setattr(swap, "exchange", other_device)


@pytest.mark.parametrize("lacking", ["", "exchange", "symlink"])
@pytest.mark.parametrize("name", ["rename", "replace", "symlink", "link", "fsync", "mkdir"])
def test_a_step_that_fails_leaves_the_old_set(brief, monkeypatch, name, lacking):
    """Each call of the name fails in turn: the first of the change, the second, ..."""
    lack(lacking, monkeypatch)
    failed = 0
    for last in count():
        patch = pytest.MonkeyPatch()
        reached = fail_at(last, name, patch)
        try:
            write(brief, "new")
        except ThreatpointError:
            failed += 1
            assert found(brief) == "old"
        patch.undo()
        assert found(brief) in RUNS
        write(brief, "old")
        assert found(brief) == "old"
        assert hidden(brief) == []
        if not reached:
            break
    assert failed or name not in ("fsync", "mkdir")


def fail_at(last: int, name: str, patch: pytest.MonkeyPatch) -> list[int]:
    """Let a call of `os` fail at that number as on a full disk; the list is empty until it has."""
    real, calls, reached = getattr(os, name), count(), []

    def step(*words: object, **more: object) -> object:
        if next(calls) == last:
            reached.append(last)
            full()
        return real(*words, **more)

    patch.setattr(os, name, step)
    return reached


def test_a_folder_or_file_in_the_way_is_refused_and_stays(tmp_path):
    (tmp_path / "data").write_text("mine")
    with pytest.raises(ThreatpointError, match="data is a file, not a folder"):
        write(tmp_path, "new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("data", "mine")]
    (tmp_path / "other" / "index.html").mkdir(parents=True)
    with pytest.raises(ThreatpointError, match=r"index\.html is a folder, not a file"):
        write(tmp_path / "other", "new")


def test_the_current_folder_and_a_link_to_a_folder(tmp_path, monkeypatch):
    prepare(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert found(tmp_path / "real") == "new"
    monkeypatch.chdir(tmp_path / "real")
    write(Path(), "old")
    assert found(Path.cwd()) == "old"


def test_a_folder_of_data_that_is_a_link_stays_one(brief):
    (brief / "data").rename(brief.parent / "far")
    (brief / "data").symlink_to(brief.parent / "far")
    write(brief, "new")
    assert (brief / "data").is_symlink()
    assert found(brief) == "new"


def test_a_copy_of_the_folder_is_whole(brief):
    write(brief, "new")
    copy = brief.parent / "copy"
    subprocess.run(["cp", "-r", brief, copy], check=True)
    assert found(copy) == "new"


def test_a_copy_made_in_the_middle_of_a_change_can_be_written_over(brief, monkeypatch):
    monkeypatch.setattr(swap.Swap, "settle", lambda _: None)
    write(brief, "new")
    monkeypatch.undo()
    for name, how in (("links", "-a"), ("files", "-rL")):
        copy = brief.parent / name
        subprocess.run(["cp", how, brief, copy], check=False)  # warns of a link to nothing
        assert found(copy) == "new"
        write(copy, "old")
        assert found(copy) == "old"
        assert hidden(copy) == []


def test_the_place_of_a_result_is_found_again_after_a_kill(tmp_path, monkeypatch):
    """A killed change leaves links into its run folder; the next one must not write in there."""
    monkeypatch.setattr(swap.Swap, "settle", lambda _: None)
    write_together(tmp_path, {"r.csv": "a", "r.meta.json": "a"})
    monkeypatch.undo()
    assert (tmp_path / "r.csv").is_symlink()
    assert followed(tmp_path / "r.csv") == tmp_path / "r.csv"
    write_whole(tmp_path / "r.csv", "b")
    write_together(tmp_path, {"r.csv": "c", "r.meta.json": "c"})
    seen = {p.name: (p.is_symlink(), p.read_text()) for p in tmp_path.iterdir()}
    assert seen == {"r.csv": (False, "c"), "r.meta.json": (False, "c")}


def test_a_folder_in_use_is_one_message(brief, monkeypatch):
    pytest.importorskip("fcntl")
    monkeypatch.setattr(whole, "PATIENCE", 0.05)
    with (
        whole.locked(brief),
        pytest.raises(ThreatpointError, match="another run is still writing here"),
    ):
        write(brief, "new")
    assert found(brief) == "old"


# -- kills, limits, two writers, in processes of their own -----------------------------------


def killed(folder: Path, *how: str) -> Counter[str]:
    """What stood in the folder after each kill."""
    words = [sys.executable, "-m", "tests.killed", str(folder), *how]
    run = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    return Counter(run.stdout.splitlines())


@POSIX
def test_killed_before_any_step_the_folder_shows_one_whole_run(tmp_path):
    seen = killed(tmp_path, "steps")
    assert set(seen) == {"old", "new"}
    assert seen.total() > 40
    assert hidden(tmp_path) == []


@POSIX
def test_killed_at_random_moments_the_folder_shows_one_whole_run(tmp_path):
    seen = killed(tmp_path, "moments")
    assert set(seen) <= {"old", "new"}
    assert seen.total() == 20


@POSIX
@pytest.mark.parametrize(("system", "short"), [("no-exchange", "part of"), ("no-links", "no page")])
def test_killed_on_a_lesser_file_system_the_folder_never_shows_two_runs(tmp_path, system, short):
    seen = killed(tmp_path, "steps", system)
    assert {"old", "new"} < set(seen)
    assert all(line in RUNS or line.startswith(short) for line in seen)


@POSIX
def test_a_limit_on_the_size_of_files_leaves_the_old_set(brief):
    code = (
        "import resource as r, pathlib; from tests.killed import write\n"
        "r.setrlimit(r.RLIMIT_FSIZE, (4000, 4000)); write(pathlib.Path('FOLDER'), 'new')"
    ).replace("FOLDER", str(brief))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert b"ThreatpointError" in run.stderr
    assert found(brief) == "old"
    assert hidden(brief) == []


@POSIX
def test_a_disk_that_is_really_full_keeps_the_old_set(tmp_path):
    """A file system of 100 kB, where a user may mount one."""
    code = (
        "import pathlib, tests.killed as k; from threatpoint.errors import ThreatpointError\n"
        f"brief = pathlib.Path({str(tmp_path / 'brief')!r}); k.prepare(brief)\n"
        "(brief / 'ballast').write_bytes(b'x' * 30_000)\n"
        "try: k.write(brief, 'new')\n"
        "except ThreatpointError as error: print(error)\n"
        "print(k.found(brief), [path.name for path in brief.rglob('.*')])"
    )
    mount = 'mount -t tmpfs -o size=100k tmpfs "$0" && exec "$1" -c "$2"'
    words = ["unshare", "-rm", "sh", "-c", mount, str(tmp_path), sys.executable, code]
    if shutil.which(words[0]) is None:
        pytest.skip("no unshare here to mount a small file system")
    run = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    if "tmpfs" in run.stderr or "unshare" in run.stderr:
        pytest.skip("no right here to mount a small file system")
    assert "No space left on device" in run.stdout, run.stderr
    assert run.stdout.splitlines()[-1] == "old []"


@POSIX
def test_two_writers_at_once_leave_one_whole_run(brief):
    code = (
        "import pathlib; from tests.killed import write\n"
        "for _ in range(15): write(pathlib.Path('FOLDER'), 'RUN')"
    ).replace("FOLDER", str(brief))
    writers = [
        subprocess.Popen([sys.executable, "-c", code.replace("RUN", run)], cwd=ROOT) for run in RUNS
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert found(brief) in RUNS
    assert hidden(brief) == []


def test_the_page_names_of_a_set_are_checked_before_anything_is_written(tmp_path):
    (tmp_path / "data").write_text("mine")
    with pytest.raises(NotADirectoryError, match="data is a file"):
        together.require_places(tmp_path, ["index.html", "data/a.csv"])


def test_tables_in_one_file_have_a_value_a_row(tmp_path):
    tables = {"a": [{"key": "x", "p": 1.5, "q": None}], "b": [{"p": float("nan"), "word": "w"}]}
    assert tidy(tables, ("key",)).splitlines() == [
        "table,key,measure,value", "a,x,p,1.5", "a,x,q,", "b,,p,", "b,,word,w",
    ]  # fmt: skip
    first = tidy(tables, ("key",), lambda measure: f"unit of {measure}").splitlines()[1]
    assert first == "a,x,p,unit of p,1.5"
    assert len(as_texts(tmp_path / "t.csv", {"year": 1}, tables, ("key",))) == 2
    (whole,) = as_texts(tmp_path / "t.json", {"year": 1}, tables, ("key",))
    assert json.loads(whole)["b"] == [{"p": None, "word": "w"}]
    assert json.loads(whole)["assumptions"] == {"year": 1}
