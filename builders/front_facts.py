"""Published facts by oblast and the words of the front tables, with their sources."""

from __future__ import annotations

OBLASTS = (
    # ISO 3166-2, name, name in Natural Earth, official area km2, population 1 Jan 2021 thousand
    ("UA-71", "Cherkasy", "Cherkasy", 20900, 1174.6),
    ("UA-74", "Chernihiv", "Chernihiv", 31865, 968.1),
    ("UA-77", "Chernivtsi", "Chernivtsi", 8097, 893.5),
    ("UA-43", "Crimea", "Crimea", 26081, None),
    ("UA-12", "Dnipropetrovsk", "Dnipropetrovs'k", 31914, 3138.7),
    ("UA-14", "Donetsk", "Donets'k", 26517, 4087.4),
    ("UA-26", "Ivano-Frankivsk", "Ivano-Frankivs'k", 13900, 1358.4),
    ("UA-63", "Kharkiv", "Kharkiv", 31415, 2618.2),
    ("UA-65", "Kherson", "Kherson", 28461, 1015.3),
    ("UA-68", "Khmelnytskyi", "Khmel'nyts'kyy", 20645, 1240.6),
    ("UA-32", "Kyiv", "Kiev", 28131, 1782.7),
    ("UA-30", "Kyiv City", "Kiev City", 839, 2920.9),
    ("UA-35", "Kirovohrad", "Kirovohrad", 24588, 913.7),
    ("UA-46", "Lviv", "L'viv", 21833, 2479.4),
    ("UA-09", "Luhansk", "Luhans'k", 26684, 2116.7),
    ("UA-48", "Mykolaiv", "Mykolayiv", 24598, 1107.7),
    ("UA-51", "Odesa", "Odessa", 33310, 2357.1),
    ("UA-53", "Poltava", "Poltava", 28748, 1363.7),
    ("UA-56", "Rivne", "Rivne", 20047, 1147.4),
    ("UA-40", "Sevastopol", "Sevastopol", 864, None),
    ("UA-59", "Sumy", "Sumy", 23834, 1051.3),
    ("UA-61", "Ternopil", "Ternopil'", 13823, 1027.3),
    ("UA-21", "Zakarpattia", "Transcarpathia", 12777, 1247.3),
    ("UA-05", "Vinnytsia", "Vinnytsya", 26513, 1522.0),
    ("UA-07", "Volyn", "Volyn", 20144, 1024.7),
    ("UA-23", "Zaporizhzhia", "Zaporizhzhya", 27180, 1665.7),
    ("UA-18", "Zhytomyr", "Zhytomyr", 29832, 1196.3),
)
"""The 27 units. Crimea and Sevastopol are not in the population table of 2021."""

ANNEXED = "Russian annexation claimed by treaty of 30 September 2022"
CRIMEA = "Russian annexation claimed by treaty of 18 March 2014"
CLAIMS = (
    ("UA-14", "annexation claimed", "2022-09-30", ANNEXED),
    ("UA-09", "annexation claimed", "2022-09-30", ANNEXED),
    ("UA-23", "annexation claimed", "2022-09-30", ANNEXED),
    ("UA-65", "annexation claimed", "2022-09-30", ANNEXED),
    ("UA-43", "annexation claimed", "2014-03-18", CRIMEA),
    ("UA-40", "annexation claimed", "2014-03-18", CRIMEA),
    ("UA-51", "interest signalled", "2025-03-31",
     "the dispatch of 31 March 2025: signalled interest; called a Russian city"),
)  # fmt: skip

EXTRA_FIGURES = (
    ("Kursk pocket held by Ukraine at its peak", "2024-08", "1376", "km2",
     "Reuters, from a source in the Ukrainian General Staff, as reported by nenka.info "
     "(report on the loss of 40 % of the pocket; day not seen, not paginated)"),
    ("Kursk pocket held by Ukraine", "2025-03", "110", "km2",
     "Lao Dong, March 2025, citing Reuters (day not seen, not paginated)"),
)  # fmt: skip

POCKETS = (
    # first word of the item in front_figures.csv, longitude, latitude: about the middle
    ("Kursk", 35.27, 51.19), ("Belgorod", 35.40, 50.85),
)  # fmt: skip

DNIEPER = (
    # settlements on the river from north to south: name, longitude, latitude
    ("Liubech", 30.66, 51.70), ("Vyshhorod", 30.49, 50.58), ("Kyiv", 30.56, 50.45),
    ("Kaniv", 31.47, 49.75), ("Cherkasy", 32.08, 49.45), ("Kremenchuk", 33.42, 49.06),
    ("Kamianske", 34.61, 48.52), ("Dnipro", 35.05, 48.47), ("Zaporizhzhia", 35.10, 47.85),
    ("Nikopol", 34.40, 47.56), ("Nova Kakhovka", 33.35, 46.77), ("Kherson", 32.61, 46.62),
    ("mouth", 31.60, 46.53),
)  # fmt: skip

ABOUT = {
    "front_control.csv": {
        "what": "share of each oblast and total area under Russian control",
        "producer": "computed from DeepState map polygons (deepstatemap.live)",
        "licence": "derived table, with attribution to DeepState; the polygons are not shipped",
        "unit": "share of the oblast's area (0 to 1); total in km2",
        "counts": "the area of the map polygons; Crimea and all that was held before 2022 counts",
    },
    "front_figures.csv": {
        "what": "published figures: monthly gains by source, cross-border pockets",
        "producer": "as named in each row",
        "licence": "cited facts",
        "unit": "km2",
    },
    "oblasts.csv": {
        "what": "codes, names, official areas and resident population",
        "producer": "codes: ISO 3166-2:UA; population: State Statistics Service of Ukraine, "
        "Total resident population as of 1 January 2021 (table nas2021_e), without Crimea and "
        "Sevastopol; official areas: Wikipedia, List of Ukrainian oblasts and territories by area "
        "(secondary; the primary page was not seen), that of Sevastopol: Maps of World",
        "licence": "cited facts",
        "unit": "km2; thousand persons",
    },
    "claims.csv": {
        "what": "claims to territory",
        "producer": "as named in each row",
        "licence": "cited facts",
        "unit": "none",
    },
    "dnieper.csv": {
        "what": "the river as a line through 12 settlements and its mouth",
        "producer": "this project, drawn by hand; positions rounded to 0.01 degree; a prior, with "
        "a range of 10 km to either side",
        "licence": "this project's",
        "unit": "degrees (WGS 84)",
    },
    "pockets.csv": {
        "what": "where on the map the cross-border pockets are marked",
        "producer": "this project: Sudzha, and the Demidovka area; rounded, approximate",
        "licence": "this project's",
        "unit": "degrees (WGS 84)",
    },
    "outlines.json": {
        "what": "outlines of the oblasts and of the neighbouring countries",
        "producer": "Natural Earth (admin-1 and 1:110m countries), rounded to 0.001 degree, "
        "neighbours cut to the map's frame",
        "licence": "public domain",
        "unit": "degrees (WGS 84)",
    },
}
