"""The manual: links lead somewhere, commands exist, code runs, every public name is shown."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from builders import manual
from builders.manual import columns, commands, equations, names, outside, shipped
from builders.manual.docstrings import restructured
from builders.manual.sphinx import FETCHED
from markdown_it import MarkdownIt
from typer.main import get_command

import threatpoint
from threatpoint.cli import app
from threatpoint.tables import quantities

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*DOCS, *sorted((ROOT / "docs" / "notebooks").glob("*.md")), ROOT / "README.md"]
OTHERS = [ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("validation/**/*.md")),
          ROOT / "benchmarks" / "README.md"]  # fmt: skip
CODE = re.compile(r"^( *)```(\S*).*?\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TYPED = re.compile(r"`(threatpoint [^`]+)`")
NOT_RUN = re.compile(r"<!-- not run: .+? -->\n+\Z", re.DOTALL)
"""What stands before code that a test does not run, with the reason."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# -- links -----


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    kept = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]|\]\([^)]*\)", "", heading).lower())
    return kept.strip().replace(" ", "-")


def anchors(path: Path) -> set[str]:
    tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
    pairs = pairwise(tokens)
    return {slug(text.content) for head, text in pairs if head.type == "heading_open"}


@pytest.mark.parametrize("path", [*PAGES, *OTHERS], ids=name_of)
def test_every_link_and_anchor_leads_somewhere(path):
    for link in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        file, _, anchor = link.partition("#")
        if file.startswith(("http:", "https:", "mailto:")):
            continue
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name_of(path)}: {link}"
        assert not anchor or anchor in anchors(target), f"{name_of(path)}: {link}"


# -- commands -----

KNOWN = dict(commands.commands())


def lines(path: Path) -> list[str]:
    """Command lines of a page, whole."""
    text = path.read_text(encoding="utf-8")
    blocks = [code for _, kind, code in CODE.findall(text) if kind in ("", "sh", "text", "console")]
    joined = "\n".join(blocks).replace("\\\n", " ")
    typed = [line.strip().removeprefix("$ ") for line in joined.splitlines()]
    return [line for line in (*typed, *TYPED.findall(CODE.sub("", text))) if "…" not in line]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_and_option_exists(path):
    for line in lines(path):
        words = shlex.split(line.partition("  #")[0].partition(" | ")[0].replace("\n", " "))
        if words[:1] == ["threatpoint"] and words[1:2] != ["COMMAND"]:
            known(words[1:])


def known(words: list[str]) -> None:
    """Parse the words of a command line, but for what it takes."""
    if words[0].startswith("--"):
        assert words[0] in ("--help", "--version", "--debug"), words
        return
    found = max((k for k in KNOWN if " ".join(words).startswith(k)), key=len, default="")
    assert found, f"no command: threatpoint {' '.join(words)}"
    command = KNOWN[found]
    context = command.make_context("threatpoint", [], resilient_parsing=True)
    given = [word for word in words[len(found.split()) :] if word not in ("--debug", "--help")]
    command.make_parser(context).parse_args(args=given)


def test_every_command_stands_in_the_reference_with_all_its_options():
    text = commands.text()
    for name, command in KNOWN.items():
        section = text.partition(f"## threatpoint {name}\n")[2].partition("\n## ")[0]
        assert "```sh\nthreatpoint" in section, f"{name} shows no example"
        for parameter in commands.parameters(command):
            assert all(option in section for option in parameter.opts[:1]), (name, parameter.name)
    assert len(get_command(app).commands) <= len(KNOWN)


# -- code -----


ELSEWHERE = ("threat-game.md", "python.md")
"""Pages whose code has tests of its own."""
RUN = [path for path in (*DOCS, ROOT / "README.md") if path.name not in ELSEWHERE]


@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_the_python_of_a_page_runs(path, tmp_path, monkeypatch, capsys):
    """One block after another; `tp`, `world`, `economy` and `situation` are there."""
    monkeypatch.chdir(tmp_path)
    text = path.read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for block in re.finditer(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        if NOT_RUN.search(text[: block.start()]):
            continue
        names = names or given()
        if block[1].startswith(">>>"):
            parsed = doctest.DocTestParser().get_doctest(block[1], names, path.name, None, 0)
            assert not doctest.DocTestRunner().run(parsed, clear_globs=False).failed
            names = parsed.globs
        else:
            exec(block[1], names)  # our own text
    capsys.readouterr()


def given() -> dict[str, object]:
    """What a page may take for granted."""
    economy = threatpoint.load_world()
    situation = threatpoint.load_situation("ukraine-2025-03-31")
    return {"tp": threatpoint, "world": economy, "economy": economy, "situation": situation}


# -- the reference -----


@pytest.mark.parametrize("name", threatpoint._places())
def test_every_public_name_stands_in_the_reference_with_its_example(name):
    found = getattr(threatpoint, name)
    assert names.entry(name) in names.text()
    shown = restructured((inspect.getdoc(found) or "").splitlines())
    assert any(line.startswith(">>> ") for line in shown), f"{name} shows no example"
    assert shown[0].strip(), f"{name} does not say what it is"


def public_methods() -> list[tuple[str, str]]:
    classes = ((n, getattr(threatpoint, n)) for n in threatpoint._places())
    found = ((n, of, m) for n, of in classes if inspect.isclass(of) for m in dir(of))
    said = ((n, of, m, inspect.getattr_static(of, m)) for n, of, m in found if m[0] != "_")
    kinds = (property, classmethod, staticmethod)
    return [
        (n, m)
        for n, of, m, value in said
        if (callable(value) or isinstance(value, kinds) or hasattr(value, "func"))
        and value.__class__.__module__ != "enum"
    ]


def test_every_public_method_says_what_it_does():
    without = [
        f"{name}.{method}"
        for name, method in public_methods()
        if not inspect.getdoc(inspect.getattr_static(getattr(threatpoint, name), method))
    ]
    assert not without


def test_every_column_stands_in_the_reference():
    text = columns.text()
    declared = list(columns.declared())
    assert {key for of, key, _ in declared if not of} <= set(quantities())
    assert all(f"| `{key}` |" in text for _, key, _ in declared)


def test_every_shipped_table_stands_in_the_reference():
    text = shipped.text()
    files = [*shipped.PACKAGE.rglob("*.csv"), *shipped.PACKAGE.rglob("tables/*.np?")]
    assert len(files) > 20
    assert all(path.name in text for path in files)


# -- the theory -----

THEORY = (ROOT / "docs" / "theory.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(equations.NAMED.findall(THEORY))))
def test_every_function_that_the_theory_names_exists(name):
    assert equations.resolved(name), f"docs/theory.md names {name}, which is nowhere"


def test_every_equation_of_the_theory_has_its_function_in_the_reference():
    text = equations.text(ROOT / "docs" / "theory.md")
    places = [place for _, place in equations.named(THEORY)]
    assert len(places) > 30
    assert all(f":: {place}\n" in text or equations.public(place) for place in places)


# -- how the manual is made -----


def test_a_docstring_becomes_lists_links_and_code():
    words = [
        "What it does, of `solve` and `x_` * y.", "", "Args:", "    a, b: first", "        and on.",
        "", "Raises:", "    PolicyError: where.", "", "Example, after that of `solve`:",
        "    >>> 1 * 2", "    2",
    ]  # fmt: skip
    text = "\n".join(restructured(words))
    assert ":py:obj:`solve <threatpoint.solve>` and ``x_`` \\* y" in text
    assert "**Args**\n\n\n``a``, ``b``\n    first\n    and on." in text
    assert ":py:exc:`PolicyError <threatpoint.errors.PolicyError>`\n    where." in text
    assert "**Example** (after that of :py:obj:`solve <threatpoint.solve>`)\n\n>>> 1 * 2\n2" in text


def test_links_of_a_copied_text_lead_where_they_led():
    here = ROOT / "docs" / "made" / "validation" / "x.md"
    words = "[a](../docs/oil.md#b) [b](ossa_2014/differences.md) [c](https://d.e/f) [g](#h)"
    found = outside.relinked(words, ROOT / "validation" / "x.md", here, ROOT)
    moved = "[a](../../oil.md#b) [b](ossa_2014/differences.md) [c](https://d.e/f) [g](#h)"
    assert found == moved


def test_pages_are_written_once_and_what_is_no_more_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(manual, "pages", lambda: {"a.md": "one", "b/c.md": "two"})
    (tmp_path / "old.md").write_text("old")
    manual.write(tmp_path)
    first = (tmp_path / "a.md").stat().st_mtime_ns
    manual.write(tmp_path)
    assert (tmp_path / "a.md").stat().st_mtime_ns == first
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.md")) == [
        "a.md",
        "b/c.md",
    ]


@pytest.mark.parametrize(
    ("page", "fetches"),
    [
        ('<script src="https://a.b/c.js"></script>', True),
        ('<link rel="stylesheet" href="//a.b/c.css">', True),
        ("@import url('https://a.b/font');", True),
        ('<a href="https://a.b">a link</a>', False),
        ('<script src="_static/c.js"></script>', False),
    ],
)
def test_what_a_browser_would_fetch_is_found(page, fetches):
    assert bool(FETCHED.search(page)) == fetches
