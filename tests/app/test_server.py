"""The app's addresses: numbers of the command line, one message for what is wrong, limits."""

from __future__ import annotations

import json
import random
import re
import shlex
import socket
import time
import tomllib

import httpx
import pytest
from typer.testing import CliRunner

pytest.importorskip("starlette", reason="the extra app is not installed")

from tests.app.asking import UKRAINE, App
from tests.app.served import served
from threatpoint.app import work
from threatpoint.app.lanes import Lane, Newest, OutdatedError, one_line
from threatpoint.app.state import State, read
from threatpoint.cli import app as command_line
from threatpoint.errors import SituationError
from threatpoint.situation import built_in, read_situation

STATES = (
    "",
    "rate=37&enforcement=80",
    "threat=cut-off&targets=China,India&horizon=medium",
    "threat=export-ban&sectors=ELEC,Machinery",
    "rate=25&retaliation=25&targets=CHN,VNM&date=2025-08-07&opec=all",
    "situation=border-2025-02-01&threat=tariff&rate=12.5&targets=MEX",
    "situation=brazil-2025-07-09&threat=cut-off",
)


@pytest.fixture(scope="module")
def app():
    return App()


def command(line: str, out) -> dict:
    """What a printed command writes."""
    done = CliRunner().invoke(command_line, [*shlex.split(line)[1:], "--out", str(out)])
    assert done.exit_code == 0, done.output + str(done.exception)
    return json.loads(out.read_text())


@pytest.mark.parametrize("state", STATES)
def test_numbers_are_those_of_the_command_it_prints(app, state, tmp_path):
    found = app.get(f"/tick?{state}").json()
    rest = app.get(f"/rest?{found['address']}").json()
    assert rest["address"] == found["address"]
    expect, losses = rest["commands"]
    if losses.startswith("threatpoint shock"):
        rows = command(losses, tmp_path / "shock.json")["country"]
        typed = {row["country"]: row["real_income_percent"] for row in rows}
        for code, value in found["percent"].items():
            assert typed[code] == pytest.approx(value, abs=2e-6), code
    else:
        assert losses.startswith("threatpoint brief")
    if state in STATES[:3]:
        (tmp_path / "situation.toml").write_text(app.get(f"/situation.toml?{state}").text)
        line = expect.replace("situation.toml", shlex.quote(str(tmp_path / "situation.toml")))
        assert command(line, tmp_path / "expect.json")["assumptions"]["answer"] == rest["answer"]


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_an_address_shows_the_same(app, state):
    first = app.get(f"/?{state}&all=1")
    again = app.get(f"/?{app.get(f'/tick?{state}').json()['address']}&all=1")
    assert first.status_code == again.status_code == 200
    assert first.text == again.text
    rest = app.get(f"/rest?{state}").json()
    assert rest["html"]["answer"] in first.text
    assert rest["html"]["targets"] in first.text


def test_the_situation_file_is_the_same(app):
    state = "rate=40&targets=CHN,IND&retaliation=10"
    text = app.get(f"/situation.toml?{state}").text
    situation = read_situation(text, "copy")
    assert tomllib.loads(text)["situation"]["main"] == situation.main == "oil-tariff"
    rule = situation.threats["oil-tariff"]
    assert [item.rate for item in (*rule.templates, *rule.retaliations)] == [0.4, 0.1]
    as_is = app.get("/situation.toml").text
    assert as_is == work.situation(app.desk.sources[UKRAINE], State(UKRAINE))
    assert "# The stand-off as one dispatch" in as_is


def test_stated_values_leave_the_address(app):
    whom = "targets=CHN&targets=IND&targets=TUR&targets=BRA&sectors=goods"
    more = "enforcement=100&date=2025-03-31&opec=hold&horizon=short"
    found = app.get(f"/tick?threat=tariff&rate=25&{whom}&{more}").json()
    assert found["address"] == f"situation={UKRAINE}"


def test_a_form_sent_without_a_script(app):
    """It sends all it has: of another situation, and of another threat."""
    all_of_it = "all=1&targets=CHN&targets=IND&rate=35&sectors=ELEC&enforcement=90&horizon=long"
    anew = app.get(f"/?was={UKRAINE}&situation=brazil-2025-07-09&threat=tariff&{all_of_it}")
    assert anew.status_code == 200
    assert anew.text == app.get("/?situation=brazil-2025-07-09&all=1").text
    other = app.get(f"/?was={UKRAINE}&situation={UKRAINE}&threat=cut-off&{all_of_it}")
    assert other.status_code == 200
    assert "on China and India, " in other.text
    border = "border-2025-02-01"
    own = app.get(f"/?was={border}&situation={border}&threat=border&{all_of_it}")
    assert own.status_code == 200


BAD = {
    "rat=3": "unknown key 'rat' (did you mean 'rate'?)",
    "rate=abc": "rate 'abc'",
    "rate=nan": "rate 'nan'",
    "rate=-1": "is not from 0 to 1,000 points",
    "rate=0": "is no threat",
    "rate=1&rate=2": "rate is given 2 times",
    "horizon=lng": "unknown horizon 'lng' (did you mean 'long'?)",
    "situation=ukrain": "unknown situation 'ukrain'",
    "threat=tarif": "unknown threat 'tarif' (did you mean 'tariff'?)",
    "targets=Chinna": "targets: unknown country 'Chinna' (did you mean 'China'?)",
    "sectors=ELECT": "sectors: unknown sector 'ELECT'",
    "date=yesterday": "'yesterday' is not a date",
    "opec=some": "unknown opec 'some'",
    "enforcement=101": "is not from 0 to 100 %",
    "threat=cut-off&rate=20": "rate has no effect",
    "threat=cut-off&retaliation=20": "has no effect",
    "situation=brazil-2025-07-09&opec=all": "no market in crude is in question",
    "situation=border-2025-02-01&rate=30": "stays as it is stated",
    "targets=USA": "USA",
    "threat=india-order": "was made later than the situation's day, 31 March 2025",
    "rate=1e-22": "too little to be told from none; give at least 0.01",
    "enforcement=0.0001": "too little to be told from none; give at least 0.01",
    "n=x": "n 'x' is not a whole number",
    "rate=x&horizon=y&opec=z": "; unknown opec 'z'",
}  # fmt: skip


@pytest.mark.parametrize("query", BAD)
def test_bad_input_is_one_line(app, query):
    found = app.get(f"/tick?{query}")
    assert found.status_code == 422, found.text
    assert BAD[query] in found.text
    assert found.text.count("\n") == 1
    assert "Traceback" not in found.text
    page = app.get(f"/?{query}")
    assert page.status_code == 422
    assert 'role="alert">' in page.text


def test_a_hundred_malformed_requests_and_the_app_goes_on(app):
    chance = random.Random(18)
    keys = ["situation", "threat", "targets", "rate", "sectors", "enforcement", "retaliation",
            "horizon", "date", "opec", "n", "\N{SNOWMAN}", "__class__"]  # fmt: skip
    bad = ["%00", "'", "1e999", "<script>", "../../etc/passwd", "%ff", "9" * 60, "a" * 300,
           "\u202e", "--", "{{7*7}}", "2025-13-45", "[]", "NaN", "0x10"]  # fmt: skip
    asked = [
        f"/{chance.choice(['tick', 'rest', 'page', 'situation.toml', 'before', ''])}?"
        f"{chance.choice(keys)}={chance.choice(bad)}&{chance.choice(keys)}={chance.choice(bad)}"
        for _ in range(100)
    ]
    for address, found in zip(asked, app.together(asked), strict=True):
        assert found.status_code == 422, (address, found.status_code, found.text[:300])
        assert "Traceback" not in found.text
        if address.startswith("/?"):
            assert "<script>" not in found.text
        else:
            assert found.text.count("\n") == 1
    assert app.get("/tick").status_code == 200


def test_limits(app):
    assert app.get(f"/tick?rate={'1' * 3000}").status_code == 414
    assert app.get("/tick", content=b"rate=3").status_code == 413
    assert app.get("/tick", "POST").status_code == 405
    assert app.get("/nothing").status_code == 404
    for address in ("/nothing", "/tick"):
        assert app.get(address, "POST").headers["x-content-type-options"] == "nosniff"
        elsewhere = app.get(address, "POST", headers={"host": "elsewhere.example"})
        assert elsewhere.status_code == 421
    assert app.get("/tick", headers={"host": "elsewhere.example"}).status_code == 421


def test_every_answer_has_its_headers(app):
    for address in ("/", "/tick", "/app.js", "/app.css", "/tick?rate=x"):
        headers = app.get(address).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    page = app.get("/").text
    assert not re.search(r"<script(?! src)", page)
    assert " onclick" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_outdated_requests_are_not_solved(app):
    app.get("/tick?tab=a&n=9")
    assert app.get("/tick?tab=a&n=3&rate=77").status_code == 409
    assert app.get("/tick?tab=b&n=3&rate=77").status_code == 200


def test_a_full_lane_is_busy(app):
    from dataclasses import replace

    lanes = app.desk.lanes
    before = lanes["rest"]
    lanes["rest"] = replace(before, waiting=2)
    try:
        found = app.together([f"/rest?rate={rate}" for rate in range(60, 65)])
    finally:
        lanes["rest"] = before
    assert sorted(answer.status_code for answer in found) == [200, 200, 503, 503, 503]
    assert all(a.headers["retry-after"] == "5" for a in found if a.status_code == 503)


def test_what_goes_wrong_here_shows_no_traceback(app, monkeypatch, capsys):
    monkeypatch.setattr(work, "tick", lambda *_: 1 / 0)
    found = app.get("/tick")
    assert (found.status_code, found.text.count("\n")) == (500, 1)
    assert "ZeroDivisionError" not in found.text
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_together_each_gets_its_own(app):
    asked = [f"/tick?rate={rate}" for rate in (11, 22, 33, 44)]
    alone = [app.get(address).json()["percent"] for address in asked]
    together = [found.json()["percent"] for found in app.together(asked)]
    assert together == alone
    assert len({answer["CHN"] for answer in alone}) == 4


def test_downloads(app):
    page = app.get("/page?situation=brazil-2025-07-09&rate=30")
    assert "30-point tariff" in page.text
    assert app.get("/page?opec=half").status_code == 422
    picture = app.get("/picture.png?situation=brazil-2025-07-09&rate=30")
    assert picture.content[:4] == b"\x89PNG"
    assert app.get("/picture.png?chart=x").status_code == 422


def test_draws_solved_before_are_marked_as_such():
    with served("brazil-2025-07-09", draws=2) as address, httpx.Client(base_url=address) as user:
        assert "being solved" in user.get("/before").json()["html"]
        while not (found := user.get("/before", timeout=60).json())["done"]:
            time.sleep(0.1)
        near = user.get("/before?rate=30").json()["html"]
        other = user.get("/before?opec=all").json()["html"]
    assert "(2 draws): this choice" in found["html"]
    assert "(2 draws): not this choice, but the situation as it stands" in near
    assert "not this choice" in other
    for html in (found["html"], near):
        assert "Expect" in html
        assert re.search(r"Brazil</th><td class=\"num\">−0\.\d+ to −0\.\d+", html)


@pytest.mark.parametrize("name", built_in())
def test_every_situation_moves(app, name):
    """As it stands, each of its own threats, and each kind in its place."""
    page = app.get(f"/?situation={name}")
    assert page.status_code == 200
    words = re.findall(r'name="threat" value="([^"]+)"', page.text)
    assert {"tariff", "cut-off", "export-ban"} <= {*words}
    for word in words:
        found = app.get(f"/tick?situation={name}&threat={word}")
        assert found.status_code == 200, found.text
        assert "<svg" in found.json()["html"]["losses"]


def test_newest():
    newest = Newest()
    first, second = newest.note("a", 1), newest.note("a", 2)
    assert [first(), second(), newest.note("", 0)()] == [False, True, True]


def test_a_lane_asks_when_its_turn_has_come():
    import asyncio

    with pytest.raises(OutdatedError):
        asyncio.run(Lane(2, 5).run(lambda: False, print, "never"))


def test_messages_are_one_line():
    error = SituationError("file", ["line 1: one", "line 2: two"])
    assert one_line(error) == "file: 2 problems: line 1: one; line 2: two"


def test_a_state_and_its_address():
    from urllib.parse import parse_qsl

    state = read([("rate", "12.50"), ("targets", "CHN, IND"), ("date", "")], (UKRAINE,), UKRAINE)
    assert state.address == f"situation={UKRAINE}&targets=CHN,IND&rate=12.5"
    assert read(parse_qsl(state.address), (UKRAINE,), UKRAINE) == state


def offered(text: str) -> list[str]:
    """Countries that can be added."""
    listed = re.search(r'<datalist id="countries">(.*?)</datalist>', text, re.S)
    assert listed
    return re.findall(r'value="([^"]+)"', listed[1])


def test_only_countries_that_can_be_hit_are_offered(app):
    for name in (UKRAINE, "brazil-2025-07-09"):
        found = offered(app.get(f"/?situation={name}").text)
        assert not {"United States", "Rest of the world"} & {*found}
        assert found
        for place in found:
            answer = app.get("/tick", params={"situation": name, "targets": place})
            assert answer.status_code == 200, (place, answer.text)


def test_a_message_names_no_line_that_nobody_sees(app):
    assert app.get("/tick?targets=USA").text == "USA is the sender and cannot be a target\n"


def test_retaliation_is_offered_where_trade_is_left(app):
    for state, left in {"": True, "threat=cut-off": False, "threat=export-ban": False,
                        "threat=export-ban&sectors=ELEC": True}.items():  # fmt: skip
        off = re.search(r'id="answering"[^>]* disabled', app.get(f"/?{state}").text)
        assert bool(off) != left, state
        status = app.get(f"/tick?{state}&retaliation=25").status_code
        assert status == (200 if left else 422)


def test_a_threat_of_several_measures_stays_as_stated(app):
    """Only what its address takes can be moved."""
    own = app.get("/?situation=border-2025-02-01").text
    plain = app.get("/?situation=border-2025-02-01&threat=tariff").text
    for name in ("whom", "enforcement", "sectors"):
        found = rf'id="{name}"[^>]* disabled'
        assert re.search(found, own), name
        assert not re.search(found, plain), name


def test_half_a_request_is_not_waited_for():
    with served(patience=0.3) as address, httpx.Client(base_url=address) as user:
        port = httpx.URL(address).port
        with socket.create_connection(("127.0.0.1", port), timeout=30) as half:
            half.sendall(b"GET /app.js HTTP/1.1\r\nHost: 127")
            assert half.recv(1) == b""  # closed
        assert user.get("/app.js").status_code == 200
        with socket.create_connection(("127.0.0.1", port), timeout=30) as kept:
            kept.sendall(b"GET /app.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /half")
            assert kept.recv(12) == b"HTTP/1.1 200"
            while kept.recv(65536):
                pass


def test_a_sector_by_its_whole_name(app):
    from threatpoint.app.ground import ground

    names = ground(app.desk.sources[UKRAINE], "").economy.sector_names
    commas = [code for code, name in names.items() if "," in name]
    assert commas
    typed = ",".join(names[code] for code in commas) + ",ELEC"
    found = app.get("/tick", params={"sectors": typed})
    assert found.status_code == 200, found.text
    assert f"sectors={','.join([*commas, 'ELEC'])}" in found.json()["address"]


def test_what_is_no_longer_kept_goes(app):
    import gc
    import weakref

    from threatpoint.app import document
    from threatpoint.app.ground import KEPT, ground

    source, days = app.desk.sources[UKRAINE], [f"2025-04-{day:02}" for day in range(1, KEPT + 2)]
    first = ground(source, days[0])
    document.situation_of(first, State(UKRAINE, targets=("CHN",)), whole=False)
    gone = weakref.ref(first)
    del first
    for day in days[1:]:
        ground(source, day)
    gc.collect()
    assert gone() is None
