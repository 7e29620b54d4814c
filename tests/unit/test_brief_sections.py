"""The later sections: every number in the text is that of the result; nothing overlaps."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.unit.test_brief_page import small_analysis, small_economy, small_situation
from threatpoint import words
from threatpoint.analysis import analyse
from threatpoint.analysis.analysis import Analysis
from threatpoint.analysis.ground import drawn_support
from threatpoint.analysis.oil_answers import OilAnswer
from threatpoint.analysis.talks_drawn import draw_talks
from threatpoint.brief import beliefs_layout, choices, first_facts, game, horizons, oil, render
from threatpoint.brief import front as front_part
from threatpoint.brief import support as support_part
from threatpoint.brief import talks as talks_part
from threatpoint.brief.charts import Figure
from threatpoint.brief.page import Content
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.reading import Reading
from threatpoint.brief.section import Section
from threatpoint.errors import MissingExtraError
from threatpoint.front.front import solve_front
from threatpoint.oil.drawn import drawn, under
from threatpoint.oil.full import Full
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.setting import require_setting
from threatpoint.policy import Action, CutOff, Policy, Rule, StopBuying
from threatpoint.situation import load_support, load_talks
from threatpoint.situation.model import OilScenario
from threatpoint.strategy.options import matrix_rows, option_rows
from threatpoint.strategy.results import target_rows
from threatpoint.support.results import donors
from threatpoint.support.support import solve_support
from threatpoint.world import load_world

BUILT_IN = "ukraine-2025-03-31"
HORIZONS = ("short", "medium", "long")


@cache
def analysis() -> Analysis:
    """A small world with three horizons, a threat with a condition, and its games."""
    economy = small_economy()
    long = economy.elasticities["long"]
    sets = {
        name: replace(long, theta=long.theta * scale, horizon=name)
        for name, scale in zip(HORIZONS, (0.5, 0.75, 1.0), strict=True)
    }
    economy = replace(economy, elasticities=sets)
    action = Action("S00", "C03")
    rule = Rule("C00", action, CutOff("C00", "target"), named=("C01", "C02"))
    return analyse(small_situation(rule), economy)


@cache
def reading() -> Reading:
    return Reading(analysis())


@cache
def talks() -> Any:
    losses = {"nothing": 0.0, "threat carried out": -0.1, "all targets give in": 6.0}
    return draw_talks(load_talks(BUILT_IN), losses)


@cache
def talks_facts() -> talks_part.Facts:
    return talks_part.Facts(talks(), load_talks(BUILT_IN), "Russia", "Ukraine")


@cache
def support() -> Any:
    return solve_support(**load_support(BUILT_IN).arguments())


@cache
def game_facts() -> game.Facts:
    return game.Facts.of(reading())


@cache
def support_facts() -> support_part.Facts:
    return support_part.Facts(support(), drawn_support(support()), "the United States")


@cache
def front() -> Any:
    return solve_front("2025-03")


STOPS = {"India stops": "IND", "Both stop": "IND+CHN"}
"""Scenario -> who stops buying crude."""


@cache
def market(buyers: str, horizon: str) -> Full:
    """The crude market of the shipped world after somebody has stopped, in few draws."""
    setting = require_setting(load_world())
    stops = Policy([StopBuying(code, "RUS", "crude") for code in buyers.split("+")])
    about = (setting, stops.wedges(load_world()), horizon)
    regimes = {opec: under(*about, opec) for opec in OPEC}
    return Full(regimes["hold"], drawn(*about, "hold", count=64), regimes)


def oil_answers() -> list[OilAnswer]:
    """Two scenarios at two horizons, one without an equilibrium."""
    found = []
    for label, buyers in STOPS.items():
        scenario = OilScenario(
            label, label, Policy([StopBuying(buyers[:3], "RUS", "crude")]), "hold"
        )
        for horizon in ("short", "long"):
            failed = (label, horizon) == ("Both stop", "long")
            failure = "no equilibrium of S00" if failed else ""
            answer = OilAnswer(scenario, horizon, load_world(), None, failure)
            answer.__dict__["full"] = None if failed else market(buyers, horizon)
            found.append(answer)
    return found


def oil_facts(answers: Sequence[OilAnswer] = (), horizon: str = "long") -> oil.Facts:
    return oil.Facts(answers or oil_answers(), reading(), "Russia", horizon)


@cache
def found() -> dict[str, Section]:
    """All later sections of the small world and the built-in talks, support and front."""
    made = [
        horizons.section(reading(), analysis().by_horizon),
        choices.giving_in(first_facts.Facts(reading())),
        choices.bill(first_facts.Facts(reading())),
        oil.section(oil_facts()),
        talks_part.section(talks_facts()),
        support_part.section(support_facts()),
        front_part.section(front_part.Facts(front())),
    ]
    return {section.key: section for section in made if section is not None}


KEYS = ("horizons", "giving-in", "bill", "oil", "talks", "support", "front")


def text_of(section: Section) -> str:
    """All words of a section."""
    parts = [section.title, *section.lead]
    for figure in section.figures:
        parts += [figure.title, figure.subtitle, figure.source]
    for table in section.tables:
        parts += [table.caption, table.note, *(c.heading for c in table.shown)]
        parts += [cell for row in (*table.first, *table.folded) for cell in row]
    return "\n".join(parts)


def test_every_section_is_there() -> None:
    assert tuple(found()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_words_are_for_readers(key: str) -> None:
    text = text_of(found()[key])
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b|\d[eE][-+]\d", text)
    assert not re.search(r"(?<![\w.)\]–-])-\d", text), "a true minus"
    assert "((" not in text
    assert "))" not in text
    assert text[0].upper() == text[0]


@pytest.mark.parametrize("key", KEYS)
def test_title_has_numbers(key: str) -> None:
    assert re.search(r"\d", found()[key].title)


@pytest.mark.parametrize("key", KEYS)
def test_tables_are_files(key: str) -> None:
    for table in found()[key].tables:
        rows = list(csv.DictReader(io.StringIO(table.csv())))
        assert len(rows) == len(table.rows)
        assert all(None not in row for row in rows)


def test_tables_have_names_of_their_own() -> None:
    names = [table.key for section in found().values() for table in section.tables]
    assert len(names) == len(set(names))


# -- absent ----------------------------------------------------------------------------------


def test_absent_results_have_no_section() -> None:
    assert horizons.section(reading(), {}) is None
    assert horizons.section(reading(), {"long": analysis().main}) is None


def test_a_page_without_parts_has_none_of_the_sections() -> None:
    none = Content(Reading(replace(analysis(), options=())), {"horizons": {}}).sections
    keys = {section.key for section in none}
    assert keys.isdisjoint(KEYS)


# -- horizons --------------------------------------------------------------------------------


def test_horizons_show_the_outcomes() -> None:
    table = found()["horizons"].tables[0]
    for row in table.rows:
        for horizon in HORIZONS:
            value = analysis().by_horizon[horizon].percent(row["country"])
            assert row[f"{horizon}_percent"] == value
    assert table.rows[0]["role"] == "sender"


def test_the_first_months_stand_in_the_table_alone() -> None:
    economy = analysis().economy
    sets = {
        **economy.elasticities,
        "abrupt": replace(economy.elasticities["short"], horizon="abrupt"),
    }
    situation = analysis().situation
    seen = analyse(situation, replace(economy, elasticities=sets))
    assert (*seen.by_horizon,) == (*seen.games,) == HORIZONS
    assert (*seen.on_request,) == ("abrupt",)
    part = horizons.section(Reading(seen), seen.by_horizon)
    plain = horizons.section(reading(), analysis().by_horizon)
    assert part is not None
    assert plain is not None
    assert (part.title, part.lead) == (plain.title, plain.lead)
    for row in part.tables[0].rows:
        assert row["abrupt_percent"] == seen.on_request["abrupt"].percent(row["country"])
    keys = [column.key for column in part.tables[0].shown]
    assert keys.index("abrupt_percent") < keys.index("short_percent")
    broken = replace(seen.on_request["abrupt"], solution=None, failure="no supplier of S00")
    part = horizons.section(Reading(replace(seen, on_request={"abrupt": broken})), seen.by_horizon)
    assert part is not None
    assert any("first months there is no equilibrium: no supplier" in text for text in part.lead)
    asked = analyse(situation, seen.economy, horizon="abrupt")
    assert (*asked.by_horizon,) == ("abrupt", *HORIZONS)
    assert not asked.on_request


def test_a_horizon_without_an_equilibrium_says_so() -> None:
    broken = replace(analysis().by_horizon["short"], solution=None, failure="no supplier of S00")
    section = horizons.section(reading(), {**analysis().by_horizon, "short": broken})
    assert section is not None
    assert any("no supplier of S00" in text for text in section.lead)


def test_horizons_are_in_order() -> None:
    assert words.ordered(("own", "long", "short", "medium")) == [*HORIZONS, "own"]


# -- game ------------------------------------------------------------------------------------


def test_beliefs_are_those_of_the_game() -> None:
    table = next(t for t in found()["giving-in"].data if t.key == "giving-in")
    place = [column.key for column in table.shown].index("break_even_belief")
    for row, cells in zip(table.rows, [*table.first, *table.folded], strict=True):
        threat = analysis().games[row["horizon"]]
        same = next(
            r for r in target_rows(threat, thresholds=False) if r["target"] == row["target"]
        )
        assert row["break_even_belief"] == same["break_even_belief"]
        assert cells[place] == words.belief(same["break_even_belief"])
    assert {row["horizon"] for row in table.rows} == set(HORIZONS)


@pytest.mark.parametrize(
    ("value", "word", "where"),
    [
        (0.345, "34\u00a0%", 34.5),
        (1.0, "100\u00a0%", 100.0),
        (1.2, "never", math.inf),
        (math.inf, "never", math.inf),
        (1e-7, "0\u00a0%", 1e-5),  # no string of zeros in a tile
        (0.0, "anyway", 0.0),
        (-2.0, "anyway", 0.0),
    ],
)
def test_beliefs_beyond_the_ends_are_words(value: float, word: str, where: float) -> None:
    assert words.belief(value) == word
    assert beliefs_layout.place(value) == pytest.approx(where)


def test_spans_of_beliefs() -> None:
    assert words.belief_span(0.32, 0.47) == "32 to 47\u00a0%"
    assert words.belief_span(0.5, 1.3) == "50\u00a0% to never"
    assert words.belief_span(1.1, 3.0) == "never"
    assert words.belief_span(math.nan, 1.0) == words.DASH


def test_the_bill_is_that_of_the_game() -> None:
    table = next(t for t in found()["bill"].tables if t.key == "options")
    shown = {(row["option"], row["horizon"]): row["sender_usd_bn"] for row in table.rows}
    for horizon, threat in analysis().games.items():
        for row in option_rows(threat):
            if row["option"].startswith("carry"):
                assert shown["Carry out on all", horizon] == row["sender_usd_bn"]


def test_payoffs_are_those_of_the_matrix() -> None:
    table = next(t for t in found()["bill"].data if t.key == "payoffs")
    threat = game_facts().threat
    first, second = threat.game.targets[:2]
    fates = dict(zip(threat.game.letters, table.rows, strict=True))
    for row in matrix_rows(threat):
        cell = fates[row[first]][row[second]]
        assert cell.startswith(words.number(row["sender_usd_bn"], True))


def test_a_horizon_without_a_game_says_so() -> None:
    said = say("game.main", replace(game_facts(), failures={"own": "nobody buys"}))
    assert any("nobody buys" in text for text in said.all("lead"))


def without(profiles: Sequence[str], gain: float) -> game.Facts:
    """The games with profiles that have no equilibrium; each punishing brings the sender a gain."""
    gone, games = dict.fromkeys(profiles, "no finite price"), dict[str, Any]()
    for horizon, threat in analysis().games.items():
        known = {p: pay for p, pay in threat.game.payoffs.items() if p not in gone}
        paid = {p: replace(pay, sender=gain * p.count("P")) for p, pay in known.items()}
        games[horizon] = replace(threat, game=replace(threat.game, payoffs=paid, missing=gone))
    return replace(game_facts(), games=games)


@pytest.mark.parametrize("profiles", [("PD",), ("DP",), ("PD", "DP")])
def test_credibility_is_not_determined_where_punishing_has_no_equilibrium(profiles) -> None:
    facts = {gain: without(profiles, gain) for gain in (-1.0, 1.0)}
    targets = [f"Land {code}" for code in facts[1.0].threat.game.targets]
    unknown = [place for place, hit in zip(targets, ("PD", "DP"), strict=True) if hit in profiles]
    said = (
        f"hether {words.listing(unknown)} must believe the threat is not determined: "
        f"punishing {' or '.join(unknown)} has no result"
    )
    titles = {gain: sentence("game.price", found) for gain, found in facts.items()}
    believed = {gain: sentence("game.believed", found) for gain, found in facts.items()}
    for gain in facts:
        assert titles[gain].endswith(f"; w{said}")
        assert believed[gain].endswith(f"W{said} {words.listing([*map(words.when, HORIZONS)])}.")
        assert not re.search("every target|some targets| – ", titles[gain] + believed[gain])
    for place in {*targets} - {*unknown}:
        assert f"; to be believed by {place}, backing down would" in titles[-1.0]
        assert "No target for which that is known has to believe the threat: " in believed[-1.0]
        assert f"; the threat is believed by {place}; " in titles[1.0]
        assert believed[1.0].startswith(f"The threat is believed by {place}: ")


@pytest.mark.parametrize("gain", [0.0, 1.0])
def test_credibility_where_every_punishing_has_an_equilibrium(gain) -> None:
    facts = without((), gain)
    assert sentence("game.price", facts).endswith("; the threat is believed by every target")
    names = words.listing([f"Land {code}" for code in facts.threat.game.targets])
    assert sentence("game.believed", facts).startswith(f"The threat is believed by {names}: ")


# -- talks, support, front, oil --------------------------------------------------------------


def test_talks_state_the_chance_of_a_freeze() -> None:
    section, most = found()["talks"], talks().chance("all targets give in").chance
    assert f"“all targets give in”, brings a chance of {words.chance(most.value)}" in section.title
    assert "nothing 0 %" in words.plain(section.lead[1])
    table = next(table for table in section.tables if table.key == "talks-by-support")
    assert len(table.rows) == 3
    assert words.number(talks().per_billion.value) in section.lead[2]
    assert {table.key for table in section.data} == {"talks", "talks-priors"}
    assert len(section.figures[0].legend) == 3


@pytest.mark.parametrize(
    ("loss", "more", "phrase"),
    [
        (0.0, {}, "A freeze is not brought nearer by anything tried"),
        (2.0, {}, "A freeze stays unlikely"),
        (80.0, {}, "A freeze is within reach"),
        (0.0, {"known": False}, "What anything done costs Russia is not known: it has no row in"),
    ],
)
def test_talks_of_other_results_are_said_too(loss: float, more: Any, phrase: str) -> None:
    given = load_talks(BUILT_IN)
    result = draw_talks(given, {"nothing": 0.0, "something": loss}, draws=64)
    section = talks_part.section(talks_part.Facts(result, given, "Russia", "Ukraine", **more))
    assert phrase in text_of(section)


def test_support_states_the_gap() -> None:
    section, result = support_part.section(support_facts()), support()
    assert words.money(result.gap, "EUR bn") in section.title
    first, *_ = donors(result).rows
    assert section.figures[0].title.startswith(first["name"])
    shown = next(table for table in section.tables if table.key == "donors")
    assert sum(row["added_eur_bn"] for row in shown.rows) == pytest.approx(result.gap)
    assert words.month("2022-02") == "February 2022"


def test_support_says_what_was_announced_and_what_money_does_not_replace() -> None:
    text = text_of(support_part.section(support_facts()))
    drawn = support_facts().drawn
    assert drawn is not None
    assert words.share(drawn.replaced().median) in text
    for phrase in (
        "Hungary and Slovakia had said no",
        "a loan repaid from Russian assets",
        "Money does not replace within two years long-range air defence",
        "comes from what capitals give beyond announcements",
    ):
        assert phrase in text


def test_without_announcements_support_is_not_determined() -> None:
    result = solve_support(date=date(2024, 6, 30))
    facts = support_part.Facts(result, None, "the United States")
    section = support_part.section(facts)
    assert "not determined by what is known" in section.title
    assert "no announcements are on record for the year after 30 June 2024" in text_of(section)
    assert "At the front" not in text_of(section)
    answer = say("support.substitution", facts, {})
    assert "would settle it" in answer["answer"]
    assert "none" in answer["range"]


def test_front_states_what_is_held() -> None:
    section, result = found()["front"], front()
    assert f"{result.total:,.0f}".replace(",", words.THIN) in section.title
    areas = next(table for table in section.tables if table.key == "front-areas")
    assert sum(row["held_km2"] for row in areas.rows) == pytest.approx(
        sum(item.area for item in result.held)
    )


def test_without_the_extra_the_map_is_left_out_and_named(monkeypatch: Any) -> None:
    def absent(*_: Any) -> str:
        raise MissingExtraError("maps", "the map")

    monkeypatch.setattr(front_part, "control_map", absent)
    section = front_part.section(front_part.Facts(front()))
    assert section is not None
    assert not section.figures
    assert "The map is left out" in section.lead[-1]


def test_oil_shows_the_answers() -> None:
    section, full = found()["oil"], market("IND", "long")
    before, after = full.outcome.revenue
    assert section.title.replace("\u00a0", " ").startswith(
        f"With “India stops” revenue of Russia from crude falls from USD {words.number(before)} bn "
        f"to USD {words.number(after)} bn a month after 7–10 years"
    )
    table, incomes, gains = section.tables
    assert {"taken_by", "oil_price_range"} <= {column.key for column in table.shown}
    assert table.rows[0]["horizon"] == "long"
    assert table.rows[0]["taken_by"].startswith("China +")
    assert {row["horizon"] for row in table.rows[table.lead :]} == {"short"}
    assert any("first year" in cells[0] for cells in table.folded)
    assert not incomes.rows
    assert gains.rows[0]["owner"] == "Saudi Arabia"
    assert "Owner" in [column.heading for column in gains.shown]
    (pairs,) = section.data
    assert pairs.rows[0]["caldara"] == market("IND", "short").outcome.world_price_percent
    assert np.isnan(pairs.rows[1]["caldara"])


def test_what_is_said_of_barrels_adds_up() -> None:
    """Less exported = shut in + not worth pumping + refined at home."""
    here = oil_facts(horizon="short").worst
    assert here is not None
    before, after = here.outcome.volume
    gone = dict(here.gone)
    assert sum(gone.values()) == pytest.approx(before - after)
    text = sentence("oil.barrels", oil_facts(), here)
    for volume in gone.values():
        assert words.number(volume) in text


@pytest.mark.parametrize(("horizon", "scenario"), [("short", "Both stop"), ("long", "India stops")])
def test_the_oil_heading_is_of_one_scenario_and_one_horizon(horizon, scenario) -> None:
    """Its price is that of the scenario it names, with its own range."""
    section = oil.section(oil_facts(horizon=horizon))
    full = market(STOPS[scenario], horizon)
    assert section.title.startswith(f"With “{scenario}”")
    assert words.when(horizon) in section.title
    ends = words.number_span(*full.drawn.range("world_price_percent"))
    assert f"rises by {words.magnitude(full.outcome.world_price_percent)} ({ends})" in section.title
    for figure in section.figures:
        said = f"{figure.title} {figure.subtitle}".lower()
        assert words.when(horizon) in said
        assert all(h == horizon or words.when(h) not in said for h in ("short", "long"))


def test_the_oil_charts_have_every_number_in_words() -> None:
    revenue, price = oil.section(oil_facts(horizon="short")).figures
    for label, buyers in STOPS.items():
        full = market(buyers, "short")
        assert words.number(full.outcome.revenue[1]) in revenue.wide
        assert label in price.wide
        for pair in full.drawn.pairs.values():
            assert words.number(pair.world_price_percent, True) in price.wide


def test_whether_holding_pays_is_read_from_the_gains() -> None:
    facts = oil_facts(horizon="short")
    best = [max(gains, key=gains.get) == "hold" for _, gains in facts.owners]
    assert facts.holding_pays is (all(best) or (None if any(best) else False))
    assert ("each of them most" in sentence("oil.owners", facts)) == all(best)


def test_oil_answers_the_row_sanction_by_sanction() -> None:
    facts = oil_facts(horizon="short")
    said = say("oil.oil", facts, None)
    for label, buyers in STOPS.items():
        full = market(buyers, "short")
        before = full.outcome.revenue[0]
        low, high = (end - before for end in full.drawn.range("revenue"))
        change = words.number(full.outcome.revenue_change, True)
        assert (
            f"{label}: revenue {change} USD bn a month ({words.number_span(low, high)})"
            in (said["answer"])
        )
        assert f"{label}: revenue {words.number_span(low, high)} USD bn" in said["range"]
    assert "64 draws in the first year" in said["range"].replace("\u00a0", " ")
    assert "over horizons" not in said["range"]
    failed = oil.Scenario("a ban", None, (), "none of S00")
    assert sentence("oil.scenario", facts, failed) == "A ban: no equilibrium, none of oil."


def test_oil_without_any_equilibrium_says_so() -> None:
    section = oil.section(oil_facts(oil_answers()[3:]))
    assert section.title == "No oil scenario has an equilibrium"
    assert not section.figures
    assert not say("oil.oil", oil_facts(oil_answers()[3:]), None)


# -- drawings --------------------------------------------------------------------------------

MOVE = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")


LETTERS = {
    letter: width
    for letters, width in (
        ("ijl'", 0.222),
        (" .,:;!/ftI", 0.278),
        ("()-r\u00b7", 0.333),
        ("Jckvsxyz", 0.5),
        ("+<=>\u2212", 0.584),
        ("FTZ", 0.611),
        ("ABEKPSVXY&", 0.667),
        ("CDHNRUw", 0.722),
        ("GOQ", 0.778),
        ("Mm", 0.833),
        ("%", 0.889),
        ("W", 0.944),
    )
    for letter in letters
}
"""Widths of Arial in units of its size; what is not here is as wide as a digit."""


def boxes(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Text of a drawing: words, left, top, right, bottom in pixels."""
    from xml.etree import ElementTree

    placed: list[tuple[str, float, float, float, float]] = []

    def walk(element: Any, x: float, y: float) -> None:
        for move in MOVE.findall(element.get("transform", "")):
            x, y = x + float(move[0]), y + float(move[1])
        if element.tag == "text" and element.text and "--paper" not in element.get("style", ""):
            size = float(element.get("font-size", "12px").removesuffix("px"))
            x, y = x + float(element.get("x", 0)), y + float(element.get("y", 0))
            width = size * sum(LETTERS.get(letter, 0.556) for letter in element.text)
            shift = {"end": width, "middle": width / 2}.get(element.get("text-anchor", ""), 0.0)
            left = x - shift
            placed.append((element.text, left, y - 0.7 * size, left + width, y))
        for child in element:
            walk(child, x, y)

    walk(ElementTree.fromstring(svg), 0.0, 0.0)
    return placed


def drawings() -> list[tuple[str, Figure]]:
    return [(f.key, f) for key in KEYS for f in found()[key].figures if f.key != "fig-map"]


@pytest.mark.parametrize("side", ["wide", "narrow"])
def test_no_label_covers_another(side: str) -> None:
    for key, figure in drawings():
        placed = boxes(getattr(figure, side))
        assert placed, key
        for n, (a, *one) in enumerate(placed):
            for b, *two in placed[:n]:
                apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
                assert apart, (key, a, b)


@pytest.mark.parametrize("side", ["wide", "narrow"])
def test_every_label_is_inside(side: str) -> None:
    for key, figure in drawings():
        svg = getattr(figure, side)
        width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
        assert width <= (760 if side == "wide" else 400) + 1, key
        for text, left, top, right, bottom in boxes(svg):
            assert -1 <= left < right <= width + 1, (key, text)
            assert -1 <= top < bottom <= height + 1, (key, text)


def test_ids_of_all_drawings_differ() -> None:
    text = "".join(f.wide + f.narrow for _, f in drawings())
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


# -- page ------------------------------------------------------------------------------------


@cache
def page() -> str:
    given = {"talks": talks_facts(), "support": support_facts(), "oil": oil_facts()}
    return render(analysis(), **given, front=front_part.Facts(front()))


def test_the_page_has_the_sections_in_their_order() -> None:
    places = [page().index(f'<section id="{key}">') for key in KEYS]
    assert all(a < b for a, b in pairwise(places))


def test_the_page_stays_small_and_complete() -> None:
    assert len(page().encode()) < 3_000_000
    ids = re.findall(r' id="([^"]+)"', page())
    assert len(ids) == len(set(ids))
    assert page().count("<script") in (0, 2), "data and one script, where the first chart moves"
    assert page().count('role="img"') == page().count("<desc ")


def test_headings_are_in_order() -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", page())]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_a_small_analysis_shows_what_it_has() -> None:
    keys = [section.key for section in Content.drawn(small_analysis()).sections]
    assert "horizons" not in keys
    assert "talks" not in keys
