"""Other names: what countries and groups are also called, by the codes that tables give them.

A table's own codes and names win over these; what a table has no code for is never read here.
"""

from __future__ import annotations

OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "USA": ("US", "United States of America"),
    "GBR": ("UK", "Great Britain", "Britain"),
    "EU": ("European Union", "EU27", "EU-27"),
    "REU": ("Rest of EU", "Rest of the EU", "Other European Union", "Other EU"),
    "ROW": ("Rest of world", "Other countries"),
    "RUS": ("Russian Federation",),
    "CHN": ("PRC", "People's Republic of China"),
    "TWN": ("Chinese Taipei",),
    "HKG": ("Hong Kong", "Hong Kong SAR"),
    "MAC": ("Macao", "Macau"),
    "KOR": ("South Korea", "Korea", "Republic of Korea", "ROK"),
    "PRK": ("North Korea", "DPRK"),
    "TUR": ("Turkey", "Republic of Türkiye"),
    "VNM": ("Vietnam", "Viet Nam"),
    "ARE": ("UAE", "Emirates", "United Arab Emirates"),
    "SAU": ("Saudi Arabia", "Saudi", "KSA"),
    "DEU": ("Germany", "Federal Republic of Germany"),
    "NLD": ("Netherlands", "Holland"),
    "CZE": ("Czechia", "Czech Republic"),
    "SVK": ("Slovakia", "Slovak Republic"),
    "CHE": ("Switzerland", "Swiss Confederation"),
    "MKD": ("North Macedonia", "Macedonia"),
    "BIH": ("Bosnia and Herzegovina", "Bosnia"),
    "MDA": ("Moldova", "Republic of Moldova"),
    "BLR": ("Belarus", "Byelorussia"),
    "IRN": ("Iran", "Islamic Republic of Iran"),
    "SYR": ("Syria", "Syrian Arab Republic"),
    "EGY": ("Egypt", "Arab Republic of Egypt"),
    "LAO": ("Laos", "Lao PDR"),
    "MMR": ("Myanmar", "Burma"),
    "BRN": ("Brunei", "Brunei Darussalam"),
    "TZA": ("Tanzania", "United Republic of Tanzania"),
    "COD": ("DR Congo", "Democratic Republic of the Congo", "DRC", "Congo-Kinshasa"),
    "COG": ("Republic of the Congo", "Congo-Brazzaville"),
    "CIV": ("Ivory Coast", "Côte d'Ivoire"),
    "CPV": ("Cape Verde", "Cabo Verde"),
    "SWZ": ("Eswatini", "Swaziland"),
    "BOL": ("Bolivia", "Plurinational State of Bolivia"),
    "VEN": ("Venezuela", "Bolivarian Republic of Venezuela"),
    "KGZ": ("Kyrgyzstan", "Kyrgyz Republic"),
    "PSE": ("Palestine", "State of Palestine"),
    "VAT": ("Vatican", "Holy See"),
    "TLS": ("East Timor", "Timor-Leste"),
}
"""Code -> other names, in any case, with or without diacritics."""
