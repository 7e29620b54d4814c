"""Names, groups, sources and licences printed with the table."""

from __future__ import annotations

NAMES = {
    "USA": "United States", "CHN": "China", "IND": "India", "RUS": "Russia", "UKR": "Ukraine",
    "TUR": "Türkiye", "BRA": "Brazil", "SAU": "Saudi Arabia", "ARE": "United Arab Emirates",
    "GBR": "United Kingdom", "JPN": "Japan", "KOR": "South Korea", "TWN": "Taiwan",
    "CAN": "Canada", "MEX": "Mexico", "AUS": "Australia", "IDN": "Indonesia", "VNM": "Viet Nam",
    "ZAF": "South Africa", "KAZ": "Kazakhstan", "NOR": "Norway", "CHE": "Switzerland",
    "DEU": "Germany", "FRA": "France", "ITA": "Italy", "ESP": "Spain", "NLD": "Netherlands",
    "POL": "Poland", "HUN": "Hungary", "SVK": "Slovakia", "REU": "Rest of the European Union",
    "ROW": "Rest of the world",
}  # fmt: skip

SECTOR_NAMES = {
    "AGR": "Agriculture, forestry, fishing", "COAL": "Coal", "OILGAS": "Crude oil and natural gas",
    "OMIN": "Other mining and mining services", "FOOD": "Food, beverages, tobacco",
    "TEX": "Textiles, clothing, leather", "WOODPAP": "Wood, paper, printing",
    "REFPET": "Coke and refined petroleum", "CHEM": "Chemicals, pharmaceuticals, plastics",
    "METMIN": "Metals and mineral products", "ELEC": "Electronics and electrical equipment",
    "MACH": "Machinery", "TRANSP": "Vehicles and other transport equipment",
    "OMF": "Other manufacturing", "SVC": "Services, utilities and construction",
}  # fmt: skip

SERVICES = ("SVC",)
RESIDUALS = ("REU", "ROW")
EU = ("DEU", "FRA", "ITA", "ESP", "NLD", "POL", "HUN", "SVK", "REU")

LICENCES = {
    "OECD Inter-Country Input-Output tables, 2025 edition": "CC BY 4.0",
    "CEPII BACI, V202501": "Etalab Open Licence 2.0, attribution",
    "World Bank, World Development Indicators": "CC BY 4.0",
    "World Input-Output Database, 2013 release": "cited: Timmer et al. (2015)",
    "US Bureau of Economic Analysis, use table": "public domain",
    "Fontagné, Guimbard and Orefice (2022)": "cited",
    "Peterson Institute for International Economics": "facts, cited",
    "Trade Partnership Worldwide from US Census data": "facts, cited",
    "China GAC, UN Comtrade, EPDK, Eurostat, CREA": "facts, cited",
}

SOURCES = {
    "trade": "OECD ICIO 2022 moved to 2023 with CEPII BACI goods totals and World Bank GDP; "
    "Russian oil and gas from customs, regulators, Eurostat and CREA",
    "tariff": "ICIO tariff file (MFN and preferential), US-China raised to duties collected "
    "(Trade Partnership Worldwide, PIIE), customs unions 0, services 0",
    "tariff_statutory": "as tariff, with US-China at the statutory averages of PIIE",
    "inputs": "WIOD 2011 coefficients, mining split with the US use table, balanced to 2023",
    "value_added": "World Bank GDP 2023 less tariff revenue, by sector as in WIOD 2011, balanced",
    "final": "what absorption leaves after inputs, with WIOD 2011 proportions as prior",
}

OIL_MOVED = (
    "goods are scaled to BACI; then Russian oil was put in and the other suppliers of crude, gas "
    "and refined products to this market moved so that its total stayed"
)
RUSSIA_FITTED = (
    "oil and gas come from customs, regulators and CREA; the pair's other goods are scaled so that "
    "the total is BACI's (which is free on board, while the oil is valued delivered)"
)
VALUE_ADDED = (
    "the table is for 2023 (world GDP in USD 4.2 % higher) and takes GDP at market prices as value "
    "added plus tariffs, so it counts taxes on products, which the ICIO's basic prices leave out"
)
CRUDE = "rounding of the published figure"

FACTS = (
    *(
        ("goods", exporter, importer, 2023, 2023, value, "USD billion", "CEPII BACI V202501", why)
        for exporter, importer, value, why in (
            ("CHN", "USA", 440.5, OIL_MOVED),
            ("USA", "CHN", 145.3, OIL_MOVED),
            ("IND", "USA", 81.0, OIL_MOVED),
            ("USA", "IND", 42.0, OIL_MOVED),
            ("RUS", "CHN", 129.0, RUSSIA_FITTED),
            ("RUS", "IND", 66.1, RUSSIA_FITTED),
            ("RUS", "TUR", 31.0, RUSSIA_FITTED),
        )
    ),
    ("value_added", "", "", 2023, 2022, 93.8, "USD trillion", "OECD ICIO, 2025 edition",
     VALUE_ADDED),
    ("crude", "RUS", "CHN", 2023, 2023, 107.0, "Mt", "China GAC", CRUDE),
    ("crude", "RUS", "IND", 2023, 2023, 88.9, "Mt", "UN Comtrade 2709", CRUDE),
)  # fmt: skip
"""Published figures that ship beside the table (see `threatpoint.world.facts`)."""

FLOW_SOURCES = {
    "crude": "2023: China GAC, UN Comtrade, EPDK and Eurostat volumes at customs prices; by buyer "
    "in russian_oil_2023.csv",
    "gas": "pipeline and LNG: Eurostat 2023 (EU), CREA 2023-01 to 2025-07 a year (China, Türkiye); "
    "other buyers not known; by buyer in russian_oil_2023.csv",
    "refined": "EPDK, Eurostat and Brazilian customs 2023, CREA shares and totals of 2022-12 to "
    "2025-07; the rest of CREA's total split as in ICIO and BACI; by buyer in russian_oil_2023.csv",
}

ELASTICITIES = {
    "long": "theta = |estimate| - 1 of Fontagné, Guimbard and Orefice (2022), whose estimates are "
    "-sigma; services: prior 4 (Simonovska and Waugh 2014); supply elasticity of crude and gas: "
    "prior 0.5 (0.1 to 1.0)",
    "printed": "as long, but theta = |estimate| as printed, for comparison with studies that use "
    "the estimates so",
    "low": "theta 1 in all sectors but crude and gas: Boehm, Levchenko and Pandalai-Nayar (2023), "
    "-1.75 to -2.25 on tariff-exclusive trade after 7 to 10 years, so 0.75 to 1.25; crude and gas "
    "and supply as long",
    "published-low": "lowest theta by sector over the published sets filed with the ICIO at "
    "industry detail (BSY, CP without refining, FGO converted to theta, GYY, IS, LL, Shap, U4), "
    "column low of elasticities.csv; services: low end of the prior; supply as long",
    "published-high": "highest theta by sector over the same published sets, column high of "
    "elasticities.csv; services: high end of the prior; supply as long",
}
