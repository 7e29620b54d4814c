"""Russian crude, refined products and gas by buyer, 2023.

Every figure comes from a row of the facts table or is derived from such rows as said in `source`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builders.sources import Sources

ECB_2023 = 1.0813
"""USD per EUR, annual average 2023 (European Central Bank reference rate)."""

MONTHS = 31
"""Months in CREA's totals, 2023-01-01 to 2025-07-30."""

AVERAGE = "2023-01..2025-07"
"""The period of figures that are such a total at a yearly rate, not of 2023 alone."""

BRAZIL = 5300.0
"""Refined products that Brazil bought in 2023, USD million (Brazilian customs, via Financial
Times, 30 January 2024). Printed as fuel oil, 5.3 bn, beside diesel, 4.5 bn; read here as one
customs heading that holds diesel: all products were 3.25 bn from January to September (customs, via
Noticia Brasil, 9 October 2024), so the two cannot be added. Diesel alone would be below 5 bn."""

APPLIED = "volume observed, price applied"
AVERAGED = "total observed, averaged over months"
BASES = {"observed": 1, APPLIED: 2, AVERAGED: 2, "estimated": 3, "by law": 0}
"""How a sale came about, and the code of `threatpoint.world.economy.BASIS` that its flow gets: a
published figure that was moved is "scaled"; a ban is a known zero without a figure."""

EMBARGO = {
    "USA": "Executive Order 14066 of 8 March 2022",
    "GBR": "Russia (Sanctions) (EU Exit) Regulations, oil and gas import bans of 2022",
    "CAN": "Special Economic Measures (Russia) Regulations, March and June 2022",
    "AUS": "Autonomous Sanctions (Import Sanctioned Goods - Russia), from 25 April 2022",
}
"""Countries whose law forbade Russian oil and gas throughout 2023: flow 0, by law."""

KEPT = ("UKR", "JPN", "NOR", "CHE", "KAZ")
"""Buyers whose refined cell stays as ICIO and BACI have it: four that joined the sanctions, and
Kazakhstan, whose whole market is too small for more."""

EU_SPLIT = "Eurostat EU27 value 2023, split over members as in ICIO and BACI"
REST_SPLIT = "CREA product total less the listed buyers, split as in ICIO and BACI"

EU = ("DEU", "FRA", "ITA", "ESP", "NLD", "POL", "HUN", "SVK", "REU")


@dataclass(frozen=True)
class Sale:
    """One product to one buyer: volume (Mt, None if unknown), value (USD million), its origin.

    `basis` is a key of `BASES`; `period` is what the figure is about.
    """

    buyer: str
    product: str
    mt: float | None
    usd: float
    basis: str
    source: str
    period: str = "2023"


class Facts:
    """Look-up of one row by item, buyer, period, unit and seller; loud when absent or ambiguous."""

    def __init__(self, sources: Sources) -> None:
        self.rows = sources.rows["oil"]

    def row(
        self, item: str, buyer: str, period: str, unit: str, seller: str = "RUS"
    ) -> Mapping[str, str]:
        """The one row whose unit starts with `unit`."""
        hits = [
            row
            for row in self.rows
            if (row["item"], row["exporter_or_country"], row["importer"], row["period"])
            == (item, seller, buyer, period)
            and row["unit"].startswith(unit)
        ]
        if len(hits) != 1:
            raise LookupError(f"{len(hits)} rows for {item} {seller}->{buyer} {period} in {unit}")
        return hits[0]

    def __call__(self, *key: str) -> float:
        """The value of that row."""
        return float(self.row(*key)["value"])

    def whole(self, *key: str) -> float:
        """The total that the row's unit states, as in "Mt (of 31.4 Mt crude)"."""
        return float(self.row(*key)["unit"].split("(of ")[1].split()[0])


@dataclass(frozen=True)
class Prices:
    """USD per tonne, each derived from a value and a volume of the facts table."""

    asia: float
    europe: float
    products: float


def prices(fact: Facts) -> Prices:
    """Delivered crude in Asia (China's customs), crude in the EU, products in the EU."""
    return Prices(
        asia=fact("crude", "CHN", "2023-01..09", "USD bn")
        / fact("crude", "CHN", "2023-01..09", "Mt")
        * 1000,
        europe=fact("crude", "EU27", "2023", "EUR bn")
        * ECB_2023
        / fact("crude", "EU27", "2023", "Mt")
        * 1000,
        products=fact("products", "EU27", "2023", "EUR bn")
        * ECB_2023
        / fact("products", "EU27", "2023", "Mt")
        * 1000,
    )


def crude(fact: Facts) -> list[Sale]:
    """Crude by buyer: customs and regulator volumes at the two delivered prices."""
    price = prices(fact)
    asia = f"x {price.asia:.0f} USD/t (China's customs, January to September 2023)"
    europe = f"x {price.europe:.0f} USD/t (Eurostat value over volume, at 1.0813 USD/EUR)"
    producer = {
        "CHN": "China GAC",
        "IND": "UN Comtrade 2709",
        "TUR": "EPDK",
    }
    sales = [
        Sale(c, "crude", mt := fact("crude", c, "2023", "Mt"), mt * price.asia, APPLIED,
             f"{name}, volume 2023 {asia}")
        for c, name in producer.items()
    ]  # fmt: skip
    named = {c: fact("crude", c, "2023", "Mt") for c in ("HUN", "SVK", "POL", "NLD")}
    rest = fact("crude", "EU27", "2023", "Mt") - sum(named.values())
    sales += [
        Sale(c, "crude", mt, mt * price.europe, APPLIED, f"Eurostat, volume 2023 {europe}")
        for c, mt in named.items()
    ]
    source = f"Eurostat EU27 less the named members (Bulgaria, Czechia and others) {europe}"
    sales.append(Sale("REU", "crude", rest, rest * price.europe, APPLIED, source))
    source = "Eurostat names the members that bought; none is left for this one"
    sales += [
        Sale(c, "crude", 0.0, 0.0, "estimated", source)
        for c in EU
        if c not in {sale.buyer for sale in sales}
    ]
    share = 1 - sum(
        fact("crude", c, "2022-12..2025-06", "% of RUS") / 100
        for c in ("CHN", "IND", "EU27", "TUR")
    )
    placed = sum(sale.usd for sale in sales)
    source = (
        f"CREA: buyers not named take {share:.0%} of Russian crude (2022-12 to 2025-06); all of it "
        "placed in the rest of the world"
    )
    return [*sales, Sale("ROW", "crude", None, placed * share / (1 - share), "estimated", source)]


def product_total(fact: Facts) -> float:
    """Russian product exports a year, USD million: Brazil's oil purchases (all products) over
    Brazil's share of products, both CREA.
    """
    brazil = fact("oil total", "BRA", "2023-01-01..2025-07-30", "USD bn") * 12 / MONTHS
    return brazil / (fact("products", "BRA", "2022-12..2025-06", "%") / 100) * 1000


def refined(fact: Facts, weights: Mapping[str, float]) -> list[Sale]:
    """Refined products by buyer; `weights` are the trade table's values before the overlay.

    CREA's shares and totals are averages over months and stay together; where 2023 alone is known
    (Türkiye, Brazil, the EU) that figure is used, and the gap to CREA's is not given to others.
    """
    price, total = prices(fact), product_total(fact)
    period, span = "2022-12..2025-06", "2023-01-01..2025-07-30"
    yearly = {
        c: fact("oil total", c, span, "USD bn") * 12 / MONTHS * 1000 for c in ("BRA", "IND", "CHN")
    }
    crude_world = (yearly["CHN"] - total * fact("products", "CHN", period, "%") / 100) / (
        fact("crude", "CHN", period, "%") / 100
    )
    turkey = fact("products", "TUR", "2023", "Mt")
    europe = fact("products", "EU27", "2023", "EUR bn") * ECB_2023 * 1000
    sales = [
        Sale("TUR", "refined", turkey, turkey * price.products, APPLIED,
             f"EPDK volume 2023 x {price.products:.0f} USD/t (Eurostat); CREA's 26 % would be "
             f"{total * 0.26 / 1000:.1f} bn, more than Turkey's goods imports leave room for"),
        Sale("BRA", "refined", None, BRAZIL, "observed",
             "Brazilian customs 2023, via Financial Times, 30 January 2024: fuel oil 5.3 bn, read "
             f"as holding the 4.5 bn of diesel; CREA's average of {AVERAGE} is "
             f"{yearly['BRA'] / 1000:.1f} bn, so its place at a threshold hangs on the period"),
        Sale("CHN", "refined", None, total * fact("products", "CHN", period, "%") / 100,
             "estimated", "CREA share of products x CREA product total a year", AVERAGE),
        Sale("IND", "refined", None,
             max(yearly["IND"] - crude_world * fact("crude", "IND", period, "%") / 100, 0.0),
             "estimated", "CREA oil total less CREA crude share, x 12/31", AVERAGE),
    ]  # fmt: skip
    sales += _spread(europe, [c for c in weights if c in EU], weights, "refined", EU_SPLIT)
    listed = 1 - sum(fact("products", c, period, "%") / 100 for c in ("TUR", "CHN", "BRA"))
    rest = total * listed - europe - sales[3].usd - sum(weights[c] for c in KEPT)
    done = {*EU, *KEPT, *(sale.buyer for sale in sales)}
    others = [c for c in weights if c not in done]
    return sales + _spread(rest, others, weights, "refined", REST_SPLIT, AVERAGE)


def gas(fact: Facts, weights: Mapping[str, float]) -> list[Sale]:
    """Gas (pipeline and LNG) by buyer, as far as anybody reports it."""
    span = "2023-01-01..2025-07-30"
    sales = [
        Sale(c, "gas", None, fact("gas total", c, span, "USD bn") * 12 / MONTHS * 1000,
             AVERAGED, "CREA gas total 2023-01 to 2025-07 x 12/31", AVERAGE)
        for c in ("CHN", "TUR")
    ]  # fmt: skip
    europe = fact("gas", "EU27", "2023", "EUR bn") * ECB_2023 * 1000
    return sales + _spread(europe, [c for c in weights if c in EU], weights, "gas", EU_SPLIT)


def _spread(
    total: float,
    buyers: list[str],
    weights: Mapping[str, float],
    product: str,
    source: str,
    period: str = "2023",
) -> list[Sale]:
    """Split a known total over buyers in proportion to weights."""
    whole = sum(weights[c] for c in buyers)
    return [
        Sale(c, product, None, total * weights[c] / whole, "estimated", source, period)
        for c in buyers
        if weights[c] > 0
    ]


def all_sales(
    fact: Facts, refined_before: Mapping[str, float], oilgas_before: Mapping[str, float]
) -> list[Sale]:
    """Every sale of the three products; the mappings give the table's own values by buyer."""
    crudes = crude(fact)
    by_crude = {sale.buyer: sale.usd for sale in crudes}
    room = {
        c: max(value - by_crude.get(c, 0.0), 0.0)
        for c, value in oilgas_before.items()
        if c not in EMBARGO
    }
    bans = [
        Sale(c, product, 0.0, 0.0, "by law", law)
        for c, law in EMBARGO.items()
        for product in ("crude", "refined", "gas")
    ]
    open_to = {c: value for c, value in refined_before.items() if c not in EMBARGO}
    return [*crudes, *refined(fact, open_to), *gas(fact, room), *bans]


def other_sellers(fact: Facts, buyer: str) -> dict[str, float]:
    """Crude that Türkiye bought elsewhere by volume (EPDK), USD million, by seller of the table."""
    if buyer != "TUR":
        return {}
    price = prices(fact).asia
    return {
        "KAZ": fact("crude", "TUR", "2023", "Mt", "KAZ") * price,
        "ROW": fact("crude", "TUR", "2023", "Mt", "IRQ") * price,
    }
