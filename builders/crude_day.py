"""One day of the crude base: what was typed in, what is read, and what follows from both."""

from __future__ import annotations

from collections.abc import Mapping

from builders.crude_rows import FACTS, SELLER, Day, typed
from builders.market import DAYS, MONTHS, delivered, price
from builders.oil import ECB_2023, Facts
from threatpoint.world.parameters import parameter, scoped

PRODUCERS, OPEC = FACTS["codes"]["producers"], FACTS["codes"]["opec"]
UNION, COALITION, REST, OTHER_OPEC = FACTS["codes"]["union"], "COA", "RST", "OPE"
ASIA, WORDS, COMPUTED = FACTS["codes"]["asia"], FACTS["prior"], FACTS["computed"]
NAMED = [code for code in OPEC if code != OTHER_OPEC]


def filled(name: str, fact: Facts, brent: Mapping[str, float]) -> Day:
    """A day with all its rows.

    Args:
        name: of the day.
        fact: the facts of Russian oil by buyer.
        brent: month -> price of Brent.
    """
    day = Day(name, typed(name))
    _prices(day, brent)
    _seller(day)
    _bought(day, fact)
    _buyers(day, fact)
    _discounts(day, fact, brent)
    _producers(day)
    day.date()
    return day


def _prices(day: Day, brent: Mapping[str, float]) -> None:
    """Benchmark and the seller's price and cap; the same months for both prices of 2023."""
    if day.name == "2023":
        day.from_registry("benchmark", "WLD", parameter("benchmark_price"), "2024-01")
        day.from_registry("price", SELLER, parameter("export_price", scope=SELLER), "2023-12")
    else:
        day.put("benchmark", "WLD", brent[day.name], "brent")
    day.from_registry("cap", SELLER, parameter("price_cap", scope=SELLER), "2022-12")


def _seller(day: Day) -> None:
    """Exports of 2023: the registry's; what it makes is what it refines plus what it exports."""
    if day.name == "2023":
        row = parameter("crude_exports", scope=SELLER)
        day.from_registry("exports", SELLER, row, "2025-08")
    made = day["home", SELLER] + day["exports", SELLER]
    day.put("production", SELLER, made, "computed", note=_made(day, made))


def _made(day: Day, made: float) -> str:
    """How far the seller's output is from what others publish."""
    other, who = COMPUTED["published_output"][day.name]
    return f"{WORDS['computed_output']}; {who}: {other:g}, so {made - other:+.2f} here"


def _bought(day: Day, fact: Facts) -> None:
    """Volumes of 2023 from tonnes; the rest took what is left of exports."""
    if day.name == "2023":
        who = {"CHN": "China GAC", "IND": "UN Comtrade 2709", "TUR": "EPDK"}
        for code in (*ASIA, *UNION[day.name]):
            volume = fact("crude", code, "2023", "Mt") * _barrels() / DAYS
            day.put("bought", code, volume, "facts_2023", producer=who.get(code, "Eurostat"))
    day.put("bought", COALITION, 0.0, "computed", note=WORDS["never"])
    left = day["exports", SELLER] - day.total("bought")
    day.put("bought", REST, left, "computed", note=WORDS["remainder_bought"])


def _barrels() -> float:
    return parameter("barrels_per_tonne", scope=SELLER).value


def _buyers(day: Day, fact: Facts) -> None:
    """Runs, what comes near, ceilings and hauls of the others."""
    imports = fact.whole("crude", "TUR", "2023", "Mt") * _barrels() / DAYS
    day.put("runs", "TUR", imports, "epdk", low=imports, high=COMPUTED["capacity"], prior=True)
    ends = {name: day["bought", "HUN"] / part for name, part in COMPUTED["mol"].items()}
    day.put("runs", "HUN", ends.pop("value"), "mol", prior=True, **ends)
    _coalition(day)
    left = day["world", "WLD"] - day["home", SELLER] - day.total("runs")
    day.put("runs", REST, left, "computed", note=WORDS["remainder_runs"])
    for code in UNION[day.name]:
        share = day["bought", code] / day["runs", code]
        value, low, high = (share * ratio for ratio in FACTS["union"]["headroom"])
        day.put("ceiling", code, value, "ban", low=low, high=min(high, 0.99), prior=True)
        day.put("near", code, day["bought", code], "computed", note="by pipeline or a short haul")
        day.put("haul", code, 0.0, "computed", note="near, so no freight premium")
    for code in ("IND", "TUR", REST):
        day.put("near", code, 0.0, "computed", note="all by sea from the west")
    for item in ("near", "ceiling", "haul", "discount"):
        day.put(item, COALITION, 0.0, "computed", note=WORDS["never"])
    _served(day)


def _coalition(day: Day) -> None:
    """The OECD's runs less those of its members with a row of their own."""
    whole, source = COMPUTED["oecd_runs"][day.name]
    own = ("TUR", *(code for code in UNION[day.name] if code in FACTS["members"]["OECD"].split()))
    left = whole - sum(day["runs", code] for code in own)
    day.put("runs", COALITION, left, source, note=WORDS["coalition_runs"])


def _served(day: Day) -> None:
    """Part of seaborne crude that uses Western services."""
    if day.name == "2023":
        day.from_registry("served", SELLER, parameter("served_share"), "2024-06")
    else:
        sea = day["exports", SELLER] - day.total("near")
        value, low, high = COMPUTED["served"]
        day.put("served", SELLER, value / sea, "fleet_2025", low=low, high=high)


def _discounts(day: Day, fact: Facts, brent: Mapping[str, float]) -> None:
    """Landed discounts: China's and the Union's of 2023 computed from what customs print."""
    india, apart = day.row("discount", "IND"), day["benchmark", "WLD"] - day["price", SELLER]
    if day.name == "2023":
        months = [brent[month] for month in MONTHS]
        china = price(months[:9])[0] - delivered(fact, _barrels())
        day.put("discount", "CHN", china, "customs", low=india.low, high=india.high,
                note="landed; range as India's")  # fmt: skip
        euro, mt = (fact("crude", "EU27", "2023", unit) for unit in ("EUR bn", "Mt"))
        paid = euro * ECB_2023 * 1000.0 / mt / _barrels()
        value, source = price(months)[0] - paid, "eurostat"
        low, note = india.value, "landed; ends: India's, and the difference free on board"
    else:
        value, low = (india.value + apart) / 2.0, india.value
        source, note = "pipeline_2025", "landed"
    for code in UNION[day.name]:
        day.put("discount", code, value, source, low=low, high=apart, note=note,
                prior=source == "pipeline_2025")  # fmt: skip


def _producers(day: Day) -> None:
    """Other OPEC is all of it less the four named; the rest is what is left of the world."""
    for code in PRODUCERS:
        if code not in OPEC:
            day.put("spare", code, 0.0, "computed", note="counted as none outside OPEC")
    if day.name != "2023":
        rows = scoped("spare_capacity")
        for code in NAMED:
            day.from_registry("spare", code, rows[code], "2025-02")
        left = rows["WLD"].value - day.total("spare")
        day.put("spare", OTHER_OPEC, left, "computed", note="all OPEC less the four named")
    row = day.row("production", OTHER_OPEC)
    whole = day.whole["production"] - sum(day["production", code] for code in NAMED)
    day.replace(row, value=whole, low=min(row.low, whole) or whole, high=max(row.high, whole))
    left = day["world", "WLD"] - day.total("production")
    day.put("production", REST, left, "computed", note=WORDS["remainder_output"])
