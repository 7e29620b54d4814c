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
