"""What a person may type wrong on any command line: refused at once, in words that help."""

from __future__ import annotations

import pytest

from threatpoint.cli import main


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """The message of a line that is refused before anything is printed or written."""

    def run(*words: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["threatpoint", *words])
        with pytest.raises(SystemExit) as end:
            main()
        shown = capsys.readouterr()
        assert end.value.code == 2, shown.err
        assert shown.out == ""
        assert "Traceback" not in shown.err
        assert list(tmp_path.iterdir()) == []
        return shown.err

    return run


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("threat", "--join", ""), "--join"),
        (("threat", "--targets", " "), "--targets"),
        (("threat", "--sender="), "--sender"),
        (("threat", "--retaliation", ""), "--retaliation"),
        (("threat", "--threat", ""), "--threat"),
        (("threat", "--kappa", "5", "--kappa", ""), "--kappa"),
        (("threat", "--cache", ""), "--cache"),
        (("brief", ""), "situation"),
        (("brief", "--out", ""), "--out"),
        (("shock", "--cut-off", ""), "--cut-off"),
        (("shock", "--cut-off", "USA:CHN", "--out="), "--out"),
        (("shock", "--cut-off", "USA:CHN", "--opec", ""), "--opec"),
        (("shock", "--cut-off", "USA:CHN", "--top", ""), "--top"),
        (("talks", "--sanctions", ""), "--sanctions"),
        (("support", "--key", ""), "--key"),
        (("support", "--from", ""), "--from"),
        (("front", "--oblast", ""), "--oblast"),
        (("front", "--map", ""), "--map"),
        (("world", "info", "--tariffs", ""), "--tariffs"),
    ],
)
def test_an_empty_word_is_refused_not_ignored(refused, words, option):
    assert f"error: {option} is empty: give it a value, or leave it out" in refused(*words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("threat", "--targets", "IND", "--targets", "CHN"), "--targets is given 2 times"),
        (("brief", "--out", "a", "--out", "b"), "--out is given 2 times"),
        (("talks", "--sanctions", "1", "--sanctions=2"), "--sanctions is given 2 times"),
        (("threat", "--targets", "CHN,,IND"), "--targets 'CHN,,IND': an entry is empty"),
        (("threat", "--targets", "CHN,China"), "CHN stands there twice"),
        (("threat", "--phi", "CHN=1,China=2"), "CHN stands there twice"),
    ],
)
def test_what_would_be_lost_is_refused(refused, words, message):
    assert message in refused(*words)


@pytest.mark.parametrize("text", ["0_5", "٣", "1,5", "1e999999999", "nan", "0x10", "9" * 5000])
@pytest.mark.parametrize(
    "words",
    [
        ("talks", "--sanctions"),
        ("talks", "--aid-change"),
        ("threat", "--lambda"),
        ("threat", "--kappa"),
        ("threat", "--weight"),
        ("threat", "--retaliation"),
        ("threat", "--workers"),
        ("support", "--top"),
        ("shock", "--cut-off", "USA:CHN", "--top"),
    ],
)
def test_only_plain_numbers_are_numbers(refused, words, text):
    if (text, words[-1]) == ("1,5", "--kappa"):  # a list of two terms
        assert "write TARGET=NUMBER for each" in refused(*words, text)
    else:
        message = refused(*words, text)
        assert message.startswith(f"error: {words[-1]} '{text[:20]}")
        assert len(message) < 250


@pytest.mark.parametrize("rate", ["1e999999999%", "0_5%", "1e31%", "٣%", f"{'9' * 5000}%"])
def test_only_plain_rates_are_rates(refused, rate):
    for words in (("--tariff", f"USA:CHN:{rate}"), ("--cut-off", f"USA:CHN@{rate}")):
        assert "write e.g. 25%" in refused("shock", *words)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            ("threat", "--targets", "VEN"),
            ("(Venezuela)", "no row of its own", "counted in ROW", "leave it out"),
        ),
        (("threat", "--join", "Austria"), ("(AUT)", "no row of its own", "counted in REU")),
        (("threat", "--exempt", "Venezuela"), ("(VEN)", "no row of its own", "counted in ROW")),
        (("shock", "--cut-off", "USA:VEN"), ("(Venezuela)", "no row of its own", "counted in ROW")),
        (("threat", "--sender", "Untied States"), ("did you mean 'United States'",)),
        (("threat", "--join", "GBRR"), ("'GBRR' (did you mean 'United Kingdom', GBR?)",)),
        (("threat", "--join", "GRB"), ("unknown sender 'GRB'", "did you mean 'GBR'")),
        (("threat", "--targets", "not India"), ("'not India' (did you mean 'India', IND?)",)),
        (
            ("shock", "--cut-off", "USA:not Britain"),
            ("'not Britain' (did you mean 'United Kingdom', GBR?)",),
        ),
        (("support", "--donor", "not Britain"), ("'not Britain': write its code, 'GBR'",)),
        (("threat", "--join", "United States"), ("USA is the sender already",)),
        (("threat", "--targets", "IND", "--join", "IND"), ("nobody would be left to punish",)),
        (("support", "--donor", "Venezuela"), ("Venezuela is no European donor",)),
        (("support", "--donor", "Germny"), ("did you mean 'Germany'",)),
    ],
)
def test_a_place_that_cannot_be_meant_is_explained_before_anything_is_solved(refused, words, parts):
    pytest.importorskip("country_converter", reason="the extra 'names' is not installed")
    message = refused(*words)
    for part in parts:
        assert part in message


def test_a_donor_may_be_named_in_full(monkeypatch, capsys):
    shown = []
    for donor in ("DEU", "Germany", "germany", "deu"):
        monkeypatch.setattr("sys.argv", ["threatpoint", "support", "--donor", donor])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 0
        shown.append(capsys.readouterr().out)
    assert "Germany" in shown[0]
    assert len(set(shown)) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--map", "m.txt"), "use a name that ends in .svg"),
        (("--map", "no/such/m.svg"), "does not exist"),
        (("--month", "2025-13"), "write it as YYYY-MM"),
    ],
)
def test_a_front_that_cannot_be_drawn_is_refused_first(refused, words, message):
    assert message in refused("front", *words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--sanctions", "1e9"),
            "sanctions 1e+09 is outside -162 to 162 USD bn/month: RUS earns",
        ),
        (("--sanctions", "-200"), "is outside -162 to 162 USD bn/month"),
        (("--aid-change", "-100"), "aid change -100 must be above -100 (all of it)"),
        (("--aid-change", "1e9"), "aid change 1e+09 must be above -100 (all of it) and at most"),
        (("--draws", "1000"), "is not a power of 2"),
    ],
)
def test_talks_have_ranges(refused, words, message):
    assert message in refused("talks", *words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--xlsx", "tables.xls"), "--xlsx tables.xls: use a name that ends in .xlsx"),
        (("--xlsx", "no/t.xlsx"), "no does not exist"),
        (("--pdf", "page.html"), "--pdf page.html: use a name that ends in .pdf"),
        (("--pdf", "page.pdf"), "--pdf needs Chromium, Chrome or Edge"),
        (("--full",), "--full says what --pdf prints: give --pdf FILE.pdf too"),
    ],
)
def test_what_else_a_brief_writes_is_looked_at_before_it_is_solved(
    refused, monkeypatch, words, message
):
    monkeypatch.setenv("THREATPOINT_BROWSER", "no-such-browser")
    monkeypatch.setattr("threatpoint.analysis.analyse", lambda *_, **__: pytest.fail("solved"))
    assert message in refused("brief", *words)
