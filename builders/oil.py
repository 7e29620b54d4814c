"""Russian crude, refined products and gas by buyer, 2023.

Every figure comes from a row of the facts table or is derived from such rows as said in `source`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builders import data

TYPED = data.toml("oil")
CREA, EMBARGO, KEPT = TYPED["crea"], TYPED["embargo"], TYPED["kept"]
ECB_2023 = data.usd_per_eur()[2023]

APPLIED = "volume observed, price applied"
AVERAGED = "total observed, averaged over months"
BASES = {"observed": 1, APPLIED: 2, AVERAGED: 2, "estimated": 3, "by law": 0}
"""How a sale came about, and the code of `threatpoint.world.economy.BASIS` that its flow gets: a
published figure that was moved is "scaled"; a ban is a known zero without a figure."""


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

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.rows = tuple(rows)

    def row(
        self, item: str, buyer: str, period: str, unit: str, seller: str = "RUS"
    ) -> Mapping[str, str]:
        """The one row whose unit starts with `unit`.

        Raises:
            LookupError: none, or more than one.
        """
        wanted = (item, seller, buyer, period)
        keys = ("item", "exporter_or_country", "importer", "period")
        hits = [
            row
            for row in self.rows
            if tuple(row[key] for key in keys) == wanted and row["unit"].startswith(unit)
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

    def share(self, item: str, buyer: str) -> float:
        """CREA's share of a buyer in what Russia sells."""
        return self(item, buyer, CREA["shares"], "%") / 100

    def yearly(self, item: str, buyer: str) -> float:
        """CREA's total at a yearly rate, USD million."""
        return self(item, buyer, CREA["totals"], "USD bn") * 12 / CREA["months"] * 1000

    def eurostat(self, item: str) -> float:
        """What the EU paid in 2023, USD million."""
        return self(item, "EU27", "2023", "EUR bn") * ECB_2023 * 1000


@dataclass(frozen=True)
class Prices:
    """USD per tonne, each derived from a value and a volume of the facts table."""

    asia: float
    europe: float
    products: float


def prices(fact: Facts) -> Prices:
    """Delivered crude in Asia (China's customs), crude in the EU, products in the EU."""
    china = "crude", "CHN", "2023-01..09"
    return Prices(
        asia=fact(*china, "USD bn") / fact(*china, "Mt") * 1000,
        europe=_paid(fact, "crude"),
        products=_paid(fact, "products"),
    )


def _paid(fact: Facts, item: str) -> float:
    """USD a tonne in the EU."""
    return fact(item, "EU27", "2023", "EUR bn") * ECB_2023 / fact(item, "EU27", "2023", "Mt") * 1000


def said(name: str, **values: object) -> str:
    """The source of a figure, in words."""
    return TYPED["source"][name].format(**values)


def crude(fact: Facts) -> list[Sale]:
    """Crude by buyer: customs and regulator volumes at the two delivered prices."""
    price = prices(fact)
    europe = said("europe", price=price.europe, rate=ECB_2023)
    outside = {
        buyer: (price.asia, said("crude_asia", producer=name, price=price.asia))
        for buyer, name in TYPED["producers"].items()
    }
    members = dict.fromkeys(TYPED["members"], (price.europe, said("crude_member", europe=europe)))
    sales = [
        _priced(buyer, "crude", fact("crude", buyer, "2023", "Mt"), usd, source)
        for buyer, (usd, source) in (outside | members).items()
    ]
    rest = fact("crude", "EU27", "2023", "Mt") - sum(
        sale.mt or 0.0 for sale in sales if sale.buyer in members
    )
    source = said("crude_rest_of_eu", europe=europe)
    sales.append(_priced("REU", "crude", rest, price.europe, source))
    buying = {sale.buyer for sale in sales}
    sales += [
        Sale(buyer, "crude", 0.0, 0.0, "estimated", said("crude_none"))
        for buyer in data.EU
        if buyer not in buying
    ]
    return [*sales, _crude_row(fact, sum(sale.usd for sale in sales))]


def _priced(buyer: str, product: str, mt: float, price: float, source: str) -> Sale:
    """A volume at a price, USD a tonne."""
    return Sale(buyer, product, mt, mt * price, APPLIED, source)


def _crude_row(fact: Facts, placed: float) -> Sale:
    """What CREA's named buyers leave, in proportion to what was placed with them."""
    share = 1 - sum(fact.share("crude", c) for c in ("CHN", "IND", "EU27", "TUR"))
    source = said("crude_row", share=share)
    return Sale("ROW", "crude", None, placed * share / (1 - share), "estimated", source)


def product_total(fact: Facts) -> float:
    """Russian product exports a year, USD million: Brazil's oil purchases (all products) over
    Brazil's share of products, both CREA.
    """
    return fact.yearly("oil total", "BRA") / fact.share("products", "BRA")


def refined(fact: Facts, weights: Mapping[str, float]) -> list[Sale]:
    """Refined products by buyer; `weights` are the trade table's values before the overlay.

    CREA's shares and totals are averages over months and stay together; where 2023 alone is known
    (Türkiye, Brazil, the EU) that figure is used, and the gap to CREA's is not given to others.
    """
    total, europe = product_total(fact), fact.eurostat("products")
    named = [_turkey(fact, total), _brazil(fact), *_china_and_india(fact, total)]
    members = [c for c in weights if c in data.EU]
    sales = named + _spread(europe, members, weights, "refined", said("eu_split"))
    listed = 1 - sum(fact.share("products", c) for c in ("TUR", "CHN", "BRA"))
    rest = total * listed - europe - named[3].usd - sum(weights[c] for c in KEPT)
    done = {*data.EU, *KEPT, *(sale.buyer for sale in sales)}
    others = [c for c in weights if c not in done]
    return sales + _spread(rest, others, weights, "refined", said("rest_split"), CREA["average"])


def _turkey(fact: Facts, total: float) -> Sale:
    price, share = prices(fact).products, fact.share("products", "TUR")
    source = said("refined_TUR", price=price, percent=100 * share, usd_bn=total * share / 1000)
    return _priced("TUR", "refined", fact("products", "TUR", "2023", "Mt"), price, source)


def _brazil(fact: Facts) -> Sale:
    usd, average = TYPED["brazil"]["usd_million"], fact.yearly("oil total", "BRA") / 1000
    words = said("refined_BRA", printed=usd / 1000, average=CREA["average"], usd_bn=average)
    return Sale("BRA", "refined", None, usd, "observed", words)


def _china_and_india(fact: Facts, total: float) -> list[Sale]:
    """China by its share of products; India by its oil less its share of crude."""
    china = total * fact.share("products", "CHN")
    world = (fact.yearly("oil total", "CHN") - china) / fact.share("crude", "CHN")
    india = max(fact.yearly("oil total", "IND") - world * fact.share("crude", "IND"), 0.0)
    source = said("refined_IND", months=CREA["months"])
    return [
        Sale("CHN", "refined", None, china, "estimated", said("refined_CHN"), CREA["average"]),
        Sale("IND", "refined", None, india, "estimated", source, CREA["average"]),
    ]


def gas(fact: Facts, weights: Mapping[str, float]) -> list[Sale]:
    """Gas (pipeline and LNG) by buyer, as far as anybody reports it."""
    source = said("gas", months=CREA["months"])
    sales = [
        Sale(c, "gas", None, fact.yearly("gas total", c), AVERAGED, source, CREA["average"])
        for c in ("CHN", "TUR")
    ]
    members = [c for c in weights if c in data.EU]
    return sales + _spread(fact.eurostat("gas"), members, weights, "gas", said("eu_split"))


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
