"""Elasticities of the registry: the published numbers, and the priors, each with its source.

Where the printed page was not at hand, `page` says so: it then names the pages of the whole
article.
"""

from __future__ import annotations

import math

from threatpoint.world.parameters import ALL, Parameter

FGKK = "Fajgelbaum, Goldberg, Kennedy and Khandelwal (2020), Quarterly J. Economics 135(1)"
BLP = "Boehm, Levchenko and Pandalai-Nayar (2023), American Economic Review 113(4)"
BF = "Baqaee and Farhi (2019), Econometrica 87(4)"
BFP = "Boehm, Flaaen and Pandalai-Nayar (2019), Review of Economics and Statistics 101(1)"
ATALAY = "Atalay (2017), American Economic J.: Macroeconomics 9(4)"
CNST = "Carvalho, Nirei, Saito and Tahbaz-Salehi (2021), Quarterly J. Economics 136(2)"
PETER = "Peter and Ruane (2025), NBER Working Paper 31233"
KN = "Karabarbounis and Neiman (2014), Quarterly J. Economics 129(1)"
CP = "Caliendo and Parro (2015), Review of Economic Studies 82(1)"
KM = "Kilian and Murphy (2014), J. Applied Econometrics 29(3)"
BH = "Baumeister and Hamilton (2019), American Economic Review 109(5)"
CCI = "Caldara, Cavallo and Iacoviello (2019), J. Monetary Economics 103"
BE = "Bilgin and Ellwanger (2017), Bank of Canada"
SLIDES = "as quoted in Bilgin and Ellwanger (2017), conference slides, slide 2"

VALUE_ADDED = "between value added and the bundle of intermediates"
INTERMEDIATES = "among intermediates of different sectors"
FINAL = "among final goods"
MIDDLE = "prior: geometric mean of short and long; range from the one to the other"


def row(
    name: str,
    horizon: str,
    scope: str,
    numbers: tuple[float, float, float],
    kind: str,
    source: str,
    page: str,
    convention: str = "",
    note: str = "",
    unit: str = "1",
    period: str = "any year",
) -> Parameter:
    """A row, with the columns in the order in which one thinks of them."""
    return Parameter(
        name, horizon, scope, *numbers, unit, kind, convention, period, source, page, note
    )


def substitution() -> list[Parameter]:
    """eta, epsilon and rho at the three horizons."""
    short = [
        row("eta", "short", ALL, (0.5, 0.2, 0.8), "estimate", BF,
            "benchmark calibration (sigma, theta, epsilon) = (0.9, 0.5, 0.001); "
            "printed page not at hand, article pp. 1155-1203", VALUE_ADDED,
            f"{ATALAY}, online appendix B: 0.4 to 0.8 between plants; {BFP}: 0.03 within months, "
            "so the low end is a prior between the two"),
        row("epsilon", "short", ALL, (0.2, 0.01, 0.5), "estimate", BFP,
            "0.2 across material inputs, firms of Japanese owners; printed page not at hand, "
            "article pp. 60-75", INTERMEDIATES,
            f"{BF}: 0.001 (then close to Leontief); {ATALAY}, benchmark: 0.1; Bonadio, Huo, "
            "Levchenko and Pandalai-Nayar (2021), J. International Economics 133, table 1: 0.5"),
        row("rho", "short", ALL, (0.9, 0.5, 1.0), "estimate", BF,
            "benchmark calibration (sigma, theta, epsilon) = (0.9, 0.5, 0.001); "
            "printed page not at hand, article pp. 1155-1203", FINAL,
            "the same article also solves with 0.7 and 0.99; the low end is a prior"),
    ]  # fmt: skip
    return short + _medium_and_long(short)


def _medium_and_long(short: list[Parameter]) -> list[Parameter]:
    """Long run: the Cobb-Douglas limit. Medium run: between."""
    lows = {"eta": 0.5, "epsilon": 0.1, "rho": 0.9}
    notes = {
        "eta": f"{CNST}, table 3: 0.593 a year after; {ATALAY}, table 1: 0.84 and 0.88 yearly (IV)",
        "epsilon": f"low end: {ATALAY}, benchmark 0.1 on yearly data; {CNST}, table 3: 1.183",
        "rho": "",
    }
    found = list[Parameter]()
    for s in short:
        middle = round(math.sqrt(s.value), 4)
        found += [
            row(s.name, "medium", ALL, (middle, lows[s.name], 1.0), "prior", MIDDLE,
                "no page: computed here", s.convention, notes[s.name]),
            row(s.name, "long", ALL, (1.0, 1.0, 1.0), "definition", CP,
                "section 2: Cobb-Douglas in production and consumption", s.convention),
        ]  # fmt: skip
    return found


def supply() -> list[Parameter]:
    """phi, and the supply elasticity of crude oil and gas."""
    mobile = "share of the mobile factor in value added; supply elasticity e = phi / (1 - phi)"
    crude = (
        "supply elasticity e of value added in crude oil and gas, in the price of value added; "
        "phi = e / (1 + e). With inputs that can be replaced, output in its own price answers by "
        "(e + eta (1 - gamma)) / gamma, which is more"
    )
    return [
        row("phi", "short", ALL, (0.25, 0.1, 0.5), "prior",
            "prior: within the first year a quarter of value added can move; e from 0.11 to 1",
            "no page: nobody has measured it", mobile),
        row("phi", "medium", ALL, (0.6, 0.5, 0.7), "prior",
            f"prior: labour moves, capital does not, so phi is the labour share; {KN} on its level "
            "and fall", "article pp. 61-103; printed page not at hand", mobile),
        row("phi", "long", ALL, (1.0, 1.0, 1.0), "definition", CP,
            "section 2: one mobile factor", mobile),
        row("supply_elasticity", "short", "OILGAS", (0.1, 0.015, 0.15), "estimate", CCI,
            f"0.10 to 0.11, {SLIDES}", crude,
            f"range: {KM} 0.015, {BH} 0.15, {SLIDES}; estimates are for crude, applied to the "
            "whole sector"),
        row("supply_elasticity", "medium", "OILGAS", (0.25, 0.1, 0.5), "prior",
            "prior: between short and long", "no page: nobody has measured it", crude),
    ]  # fmt: skip


def checks() -> list[Parameter]:
    """Published numbers to compare with; the model uses none of them."""
    demand = "price elasticity of demand for crude, within the month"
    supply_ = "price elasticity of supply of crude, within the month"
    exclusive = "tariff-exclusive trade, so -(theta + 1): theta is one less"
    one_year = (
        "printed -0.76: theta -0.24, below 0, for which a cut-off has no meaning; not used as theta"
    )
    return [
        row("theta_published", "short", "goods", (-0.24, -0.24, -0.24), "check", BLP,
            "abstract, p. 861", exclusive, one_year),
        row("theta_published", "long", "goods", (1.0, 0.75, 1.25), "check", BLP,
            "abstract, p. 861", exclusive, "printed -1.75 to -2.25 after 7 to 10 years"),
        *(row("trade_elasticity_published", h, "goods", (x, x, x), "check",
              "Tamberi (2025), CITP Working Paper 27", "abstract; not paginated",
              "tariffs of 2018; sign dropped; the abstract does not say whether values are with or "
              "without tariffs", "adjustment takes 15 months") for h, x in (("short", 1.4),
                                                                         ("long", 3.7))),
        row("epsilon_published", "long", "materials", (2.5, 1.5, 3.4), "check", PETER,
            "headline estimate with its 95 % interval, as quoted in secondary literature",
            "across eight kinds of materials, plants, seven years"),
        *(row("demand_elasticity", "short", "crude", (x, x, x), "check", who, SLIDES, demand)
          for x, who in ((-0.13, CCI), (-0.26, KM), (-0.35, BH))),
        row("demand_elasticity", "short", "fuel", (-0.023,) * 3, "check", BE,
            "conference slides, slide 4", "price elasticity of demand for fuel"),
        *(row("supply_published", "short", "crude", (x, x, x), "check", who, SLIDES, supply_)
          for x, who in ((0.11, CCI), (0.015, KM), (0.15, BH))),
        row("sigma_published", "short", "goods", (2.53, 2.53, 2.53), "check", FGKK,
            "article pp. 1-55; printed page not at hand",
            "sigma between origins of one product, tariffs of 2018; theta = sigma - 1 = 1.53"),
    ]  # fmt: skip
