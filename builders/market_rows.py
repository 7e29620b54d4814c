"""Facts about the crude oil market of the baseline year, for the registry of parameters.

What stands in the source files is read from them; the rest stands here with its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builders.parameter_rows import row
from threatpoint.world.parameters import ALL, Parameter

Rows = Iterable[Mapping[str, str]]

IEA = (
    "International Energy Agency, as quoted by World Energy News, 4 February 2025, and by Shafaq "
    "News, 5 February 2025"
)
YEAR_BEFORE = "Reuters, as quoted by Shafaq News, 31 January 2024"
WORLD = "WLD"
REST = (
    "Output is total liquids of 2023. The rest of the world is the world less the economies named: "
    "it holds Iraq, Kuwait and Iran, and also the output of economies of the table that the source "
    "does not list, such as Norway, Kazakhstan and Mexico."
)
MONTHS = tuple(f"2023-{month:02d}" for month in range(1, 13))

SPARE = {
    "SAU": (3.1, 3.1, 3.2),
    "ARE": (1.1, 1.0, 1.1),
    "IRQ": (0.6, 0.4, 0.6),
    "KWT": (0.4, 0.3, 0.4),
    "WLD": (5.3, 5.1, 5.3),
}
"""Economy -> idle capacity early in 2025, and the range with what was said a year before, mb/d."""


def market(oil: Rows, brent: Rows) -> list[Parameter]:
    """All rows of the crude market."""
    facts = tuple(oil)
    return [
        *_prices(facts, tuple(brent)),
        *_output(facts),
        _barrels(facts),
        _exports(facts),
        *_spare(),
        *_behaviour(),
        *_cap(),
        *_compare(facts),
    ]


def fact(rows: Rows, item: str, exporter: str, importer: str, period: str, unit: str) -> float:
    """The one figure of the facts table with these labels.

    Raises:
        LookupError: none, or more than one.
    """
    wanted = (item, exporter, importer, period)
    keys = ("item", "exporter_or_country", "importer", "period")
    found = [r for r in rows if tuple(r[k] for k in keys) == wanted and r["unit"].startswith(unit)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} figures for {', '.join(wanted)}, {unit}; wanted 1")
    return float(found[0]["value"])


def _prices(oil: Rows, brent: Rows) -> list[Parameter]:
    """Benchmark and Russian price over the same months, and the benchmark over the whole year."""
    by_month = {r["Date"][:7]: float(r["Price"]) for r in brent}
    eia = "US EIA, Europe Brent spot price FOB, monthly"
    found = list[Parameter]()
    for name, months, kind in (
        ("benchmark_price", MONTHS[:11], "fact"),
        ("benchmark_price_year", MONTHS, "check"),
    ):
        prices = [by_month[month] for month in months]
        mean = round(sum(prices) / len(prices), 2)
        found.append(
            row(name, ALL, ALL, (mean, min(prices), max(prices)), kind, eia,
                f"series of months, {months[0]} to {months[-1]}", "free on board, mean of months",
                "range: lowest and highest month", "USD/bbl", f"{months[0]}..{months[-1][-2:]}")
        )  # fmt: skip
    urals = fact(oil, "Urals price", "RUS", "", "2023-01..11", "USD/bbl")
    found.append(
        row("export_price", ALL, "RUS", (urals, urals, urals), "fact",
            "Russian Ministry of Finance, as quoted by Reuters in Business Recorder",
            "not paginated", "Urals, free on board, as used for taxes",
            "the ministry gives no range", "USD/bbl", "2023-01..11")
    )  # fmt: skip
    return found


def _output(oil: Rows) -> list[Parameter]:
    """Liquids output by country."""
    source = (
        "US EIA, total oil liquids production 2023, list of the ten largest, as quoted in press"
    )
    found = list[Parameter]()
    for r in oil:
        if r["item"] == "oil liquids production":
            value, code = float(r["value"]), r["exporter_or_country"]
            found.append(
                row("output", ALL, code, (value, value, value), "fact", source, "not paginated",
                    "crude, condensate, gas liquids, biofuels, refinery gain",
                    REST if code == WORLD else "", "mb/d", "2023")
            )  # fmt: skip
    return found


def _barrels(oil: Rows) -> Parameter:
    """Barrels a tonne: one flow that is published both ways."""
    mt = fact(oil, "crude", "RUS", "CHN", "2023", "Mt")
    mbd = fact(oil, "crude", "RUS", "CHN", "2023", "mb/d")
    low, value, high = (round(x * 365.0 / mt, 2) for x in (mbd - 0.005, mbd, mbd + 0.005))
    return row("barrels_per_tonne", ALL, "RUS", (value, low, high), "fact",
               "China GAC, crude from Russia to China 2023, in tonnes and (via MEES, 26 January "
               "2024) in barrels", "not paginated", "computed: mb/d x 365 / Mt",
               "range: rounding of the barrels", "bbl/t", "2023")  # fmt: skip


def _exports(oil: Rows) -> Parameter:
    """Russian crude exports; the low end is what the buyers that report took in 2023."""
    bought = sum(fact(oil, "crude", "RUS", n, "2023", "Mt") for n in ("CHN", "IND", "TUR", "EU27"))
    low = round(bought * _barrels(oil).value / 365.0, 2)
    value = fact(oil, "crude", "RUS", "WLD", "2024", "mb/d")
    return row("crude_exports", ALL, "RUS", (value, low, value), "fact",
               "US EIA, as quoted in press", "not paginated", "crude, all routes",
               f"year 2024; low end: China, India, Turkey and the EU in 2023, {bought:.1f} Mt",
               "mb/d", "2024")  # fmt: skip


def _spare() -> list[Parameter]:
    """Idle capacity of OPEC."""
    note = f"other end of the range: {YEAR_BEFORE}"
    rest = (
        "The spare capacity of the rest of the world is that of Iraq, Kuwait and the rest of OPEC."
    )
    return [
        row("spare_capacity", ALL, code, numbers, "fact", IEA, "not paginated",
            "idle crude capacity", rest if code == WORLD else note, "mb/d", "January 2025")
        for code, numbers in SPARE.items()
    ]  # fmt: skip


def _behaviour() -> list[Parameter]:
    """What sellers and refineries can do: priors."""
    return [
        row("shut_in_price", ALL, "RUS", (25.0, 15.0, 40.0), "prior",
            "prior: Johnson, Rachel and Wolfram, NBER Working Paper 31347, take 19 USD/bbl as "
            "marginal extraction cost and find supply falling sharply below 40 and ending just "
            "below 30", "as summarised by Macro Paper Warehouse, layer 1",
            "free on board price below which wells are shut",
            "low end: lifting 10 to 15 USD/bbl with return on capital (Russian Minister of Energy, "
            "Interfax, 25 October 2017); high end also 37.47 USD/bbl with taxes, second quarter of "
            "2021 (Rosstat, as quoted by Energy Intelligence, 2021)", "USD/bbl", "2017-2024"),
        row("largest_share", ALL, ALL, (0.5, 0.4, 0.7), "prior",
            "prior: India took 42 % of its crude from Russia at the height of 2023 (Vortexa, as "
            "quoted by Business Standard, 27 February 2024), 44 % by Economic Times (2023)",
            "not paginated", "part of a buyer's use of the sector that one foreign origin can have",
            "nobody publishes what refineries could take at most", "1", "2023"),
        row("closed_market", ALL, "EU", (1.0, 1.0, 1.0), "fact",
            "Council Regulation (EU) 2022/879 of 3 June 2022, which inserts Article 3m into "
            "Regulation 833/2014: seaborne crude banned, pipeline deliveries exempt",
            "Article 3m of Regulation 833/2014", "largest volume, ratio to the baseline",
            "members that still buy cannot buy more: what is exempt comes by pipeline or under a "
            "named exemption", "1", "from 2022-12"),
    ]  # fmt: skip


def _cap() -> list[Parameter]:
    """The price cap and the fleet that avoids it."""
    return [
        row("price_cap", ALL, "RUS", (60.0, 60.0, 60.0), "fact",
            "US Treasury, statement of 2 December 2022, as quoted by TASS, 3 December 2022",
            "not paginated", "seaborne crude, free on board", "from 5 December 2022",
            "USD/bbl", "from 2022-12"),
        row("evasion_cost", ALL, ALL, _evasion(), "estimate",
            "Economic Times (2023), Russia oil discount to India shrinks to 4 USD: freight of 11 "
            "to 19 USD/bbl from the Baltic and the Black Sea to India, twice the normal rate, so "
            "half of the middle is extra", "not paginated",
            "computed: extra cost of a barrel that uses no Western services",
            "high end: the whole charge; low end: Baltic to India for 100,000 t at USD 7 million "
            "in February 2025 (Reuters, Sagar Sandesh) less 4.5 million in a September when it was "
            "almost as before sanctions (Reuters, Hellenic Shipping News; year not given there). "
            "For comparison: Urals 10.28 below dated Brent in November 2023 (Reuters)",
            "USD/bbl", "2023-2025"),
        row("served_share", ALL, ALL, (0.3, 0.11, 0.8), "estimate",
            "S&P Global Commodities at Sea: almost 70 % of seaborne crude by the shadow fleet, as "
            "quoted in a monthly report on Russia (RusRPT), June 2024", "p. 160 of that report",
            "part of seaborne crude that uses Western ships, insurance or finance",
            "Russian crude; low end: Kyiv School of Economics, June 2024, as quoted in press, 89 % "
            "of crude by the shadow fleet; CREA, September 2024: 86 %; high end: CREA (2023), "
            "before the cap took hold, more than 80 % of seaborne oil, as quoted in a FREE Policy "
            "Brief of 24 March 2025", "1", "2024-04"),
    ]  # fmt: skip


def _evasion() -> tuple[float, float, float]:
    """Extra freight of the shadow fleet, USD a barrel: value, low, high (sources in `_cap`)."""
    charge_low, charge_high = 11.0, 19.0
    tonnes, barrels_per_tonne = 100_000.0, 7.3
    low = (7.0e6 - 4.5e6) / (tonnes * barrels_per_tonne)
    return (charge_low + charge_high) / 2 / 2, round(low, 1), charge_high


def _compare(oil: Rows) -> list[Parameter]:
    """Figures to compare a result with."""
    usd = fact(oil, "crude", "RUS", "CHN", "2023-01..09", "USD bn")
    mt = fact(oil, "crude", "RUS", "CHN", "2023-01..09", "Mt")
    delivered = round(usd * 1000.0 / mt / _barrels(oil).value, 2)
    discount = fact(oil, "Urals discount to dated Brent", "RUS", "", "2023-11", "USD/bbl")
    need = fact(oil, "oil domestic need", "RUS", "", "2025", "mb/d")
    return [
        row("delivered_price", ALL, "RUS-CHN", (delivered,) * 3, "check",
            "China GAC, as quoted by TASS", "not paginated", "delivered, all grades",
            "above the free on board price of Urals by freight, insurance and better grades",
            "USD/bbl", "2023-01..09"),
        row("export_discount", ALL, "RUS", (discount,) * 3, "check",
            "Reuters in Business Recorder", "not paginated",
            "Urals below dated Brent, free on board", "", "USD/bbl", "2023-11"),
        row("domestic_need", ALL, "RUS", (need,) * 3, "check",
            "Energy Intelligence, as quoted in press", "not paginated", "refinery intake at home",
            "", "mb/d", "2025"),
        *(row("spare_capacity_outside_opec", ALL, code, (x, x, x), "check", IEA,
              "not paginated", "sustainable capacity less output", "", "mb/d", "December 2024")
          for code, x in (("RUS", 0.52), ("KAZ", 0.2))),
    ]  # fmt: skip
