"""A sound situation file for the small world, and ways to spoil it."""

from __future__ import annotations

GOOD = """\
[situation]
title = "A small stand-off"
date = 2025-03-31
question = "Who loses?"
sender = "USA"
main = "oil"
source = "a test"

[parties]
USA = "sender"
CHN = "buyer"

[threats.oil]
words = "buyers of oil are cut off"
unions = ["EU"]

[threats.oil.when]
buys = ["crude", "refined"]
from = ["RUS"]
min_value = {value = 5, unit = "USD bn", period = "-", source = "-", range = [1, 10], prior = true}
min_share = { value = 10, unit = "%", period = "y", source = "me", range = [5, 20], prior = true }

[[threats.oil.then]]
instrument = "cut-off"
sender = ["USA"]
targets = ["target"]

[threats.levy]
words = "buyers of oil pay a tariff"

[threats.levy.when]
buys = ["crude"]
from = ["RUS"]

[[threats.levy.then]]
instrument = "tariff"
importers = ["USA"]
exporters = ["target"]
mode = "add"
rate = { value = 25, unit = "percentage points", period = "2025", source = "choice" }

[scenarios.china]
label = "China alone"
threat = "oil"
named = ["CHN"]

[figures]
total = { value = 3.0, unit = "USD bn", period = "2024", source = "text" }
out = { value = 1.2, unit = "USD bn", period = "2024", source = "text" }
in = { value = 1.8, unit = "USD bn", period = "2024", source = "office" }

[[claims]]
id = "sum"
row = 1
kind = "sum"
words = "3.0 in all"
total = "total"
parts = ["out", "in"]

[[rows]]
number = 1
words = "3.0 in all"
answered_by = "claims"
mark = "checked"
"""


def line(text: str, start: str) -> str:
    """'line 12' for the first line that begins so."""
    numbers = [k for k, row in enumerate(text.splitlines(), 1) if row.startswith(start)]
    return f"line {numbers[0]},"


CUT_OFF = '[[threats.oil.then]]\ninstrument = "cut-off"\n'

# name -> (what to replace, by what, parts of the message)
SPOILED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "unknown key": (
        'sender = "USA"\nmain',
        'sendr = "USA"\nmain',
        ("line 5, situation.sendr", "unknown key 'sendr' (did you mean 'sender'?)"),
    ),
    "missing key": (
        'sender = "USA"\nmain',
        "main",
        ("line 1, situation.sender", "key 'sender' is missing"),
    ),
    "unknown table": (
        "[parties]",
        "[partys]",
        ("unknown key 'partys' (did you mean 'parties'?)", "key 'parties' is missing"),
    ),
    "unknown key in a figure": (
        "range = [5, 20]",
        "rnge = [5, 20]",
        ("threats.oil.when.min_share.rnge", "(did you mean 'range'?)"),
    ),
    "unknown key in an instrument": (
        'targets = ["target"]',
        'target = ["target"]',
        ("threats.oil.then[0].target", "(did you mean 'targets'?)", "key 'targets' is missing"),
    ),
    "unknown key in a claim": (
        'parts = ["out"',
        'party = ["out"',
        ("claims[0].party", "(did you mean 'parts'?)"),
    ),
    "unknown instrument": (
        '"cut-off"',
        '"cutoff"',
        ("threats.oil.then[0].instrument", "'cutoff' (did you mean 'cut-off'?)"),
    ),
    "no instrument": (CUT_OFF, "[[threats.oil.then]]\n", ("key 'instrument' is missing",)),
    "unknown unit": (
        'value = 5, unit = "USD bn"',
        'value = 5, unit = "USD bln"',
        ("line 20,", "min_value.unit", "unknown unit 'USD bln' (did you mean 'USD bn'?)"),
    ),
    "a unit that is not money": (
        'value = 5, unit = "USD bn"',
        'value = 5, unit = "Mt"',
        ("min_value.unit", "unknown money unit 'Mt'"),
    ),
    "another currency": (
        'value = 5, unit = "USD bn"',
        'value = 5, unit = "EUR bn"',
        ("min_value", "no exchange rate is assumed"),
    ),
    "a share that is not in %": (
        'value = 10, unit = "%"',
        'value = 10, unit = "percentage points"',
        ("min_share.unit", "write '%'"),
    ),
    "a share above 1": (
        'value = 10, unit = "%", period = "y", source = "me", range = [5, 20]',
        'value = 120, unit = "%", period = "y", source = "me", range = [5, 200]',
        ("line 21, threats.oil.when.min_share: min_share 120 % is outside 0 to 100 %",),
    ),
    "points that are set": (
        'mode = "add"',
        'mode = "set"',
        ("threats.levy.then[0].rate.unit", "'percentage points' are added"),
    ),
    "a negative tariff": (
        "rate = { value = 25",
        "rate = { value = -125",
        ("threats.levy.then[0]", "-100 % or less"),
    ),
    "unknown mode": ('mode = "add"', 'mode = "ad"', ("unknown value 'ad' (did you mean 'add'?)",)),
    "value outside its range": (
        "value = 5, unit",
        "value = 50, unit",
        ("min_value.range", "value 50 is outside its range [1, 10]"),
    ),
    "prior without range": (
        ", range = [1, 10], prior",
        ", prior",
        ("min_value", "a prior needs a range"),
    ),
    "range upside down": ("[1, 10]", "[10, 1]", ("range must be [low, high]",)),
    "text for a number": ("value = 3.0", 'value = "3.0"', ("figures.total.value", "not '3.0'")),
    "text for a list": ('from = ["RUS"]\nmin', 'from = "RUS"\nmin', ("must be a list, not 'RUS'",)),
    "unknown sender": (
        'sender = "USA"\nmain',
        'sender = "UAS"\nmain',
        ("line 5, situation.sender", "'UAS' (did you mean 'USA'?)"),
    ),
    "unknown party": (
        'CHN = "buyer"',
        'CHM = "buyer"',
        ("line 11, parties.CHM", "'CHM' (did you mean 'CHN'?)"),
    ),
    "unknown country": (
        'named = ["CHN"]',
        'named = ["CHM"]',
        ("scenarios.china.named", "'CHM' (did you mean 'CHN'?)"),
    ),
    "unknown union": (
        'unions = ["EU"]',
        'unions = ["EUU"]',
        ("threats.oil.unions", "unknown customs union 'EUU' (did you mean 'EU'?)"),
    ),
    "unknown goods": ('"crude", "refined"', '"crudd"', ("unknown goods 'crudd'", "'crude'")),
    "unknown sector": (
        'targets = ["target"]',
        'targets = ["target"]\nsectors = ["OILGASS"]',
        ("line 27, threats.oil.then[0].sectors", "unknown sector 'OILGASS' (did you mean 'OILGAS'"),
    ),
    "no target in the template": (
        'targets = ["target"]',
        'targets = ["CHN"]',
        ("does not say whom it hits", "'target'"),
    ),
    "a key twice": (
        'main = "oil"',
        'main = "oil"\nmain = "levy"',
        ("line 7", "not TOML: Cannot overwrite a value"),
    ),
    "unknown seller": (
        'from = ["RUS"]',
        'from = ["RUSS"]',
        ("line 19, threats.oil.when.from", "'RUSS' (did you mean 'RUS'?)"),
    ),
    "nobody above the threshold": (
        'value = 5, unit = "USD bn", period = "-", source = "-", range = [1, 10]',
        'value = 80, unit = "USD bn", period = "-", source = "-", range = [1, 99]',
        ("threats.oil:", "hits nobody", "closest is CHN", "USD 16 bn below"),
    ),
    "contradiction": (
        'targets = ["target"]\n',
        'targets = ["target"]\n\n[[threats.oil.then]]\ninstrument = "tariff"\nimporters = ["USA"]\n'
        'exporters = ["target"]\nmode = "set"\n'
        'rate = { value = 10, unit = "%", period = "2025", source = "choice" }\n',
        ("threats.oil.then", "put a tariff on a flow that is completely cut off"),
    ),
    "named and exempted": (
        'named = ["CHN"]',
        'named = ["CHN"]\nexempted = ["CHN"]',
        ("scenarios.china", "CHN is both named or added and exempted"),
    ),
    "unknown threat": (
        'threat = "oil"',
        'threat = "oill"',
        ("scenarios.china.threat", "unknown threat 'oill' (did you mean 'oil'?)"),
    ),
    "unknown main threat": ('main = "oil"', 'main = "oli"', ("situation.main", "'oli'")),
    "a key without effect": (
        'threat = "oil"',
        'threat = "levy"\ndirection = "imports"',
        ("scenarios.china.direction", "has no effect: threat 'levy' has no cut-off"),
    ),
    "unknown figure": (
        'parts = ["out", "in"]',
        'parts = ["ouut", "in"]',
        ("claims[0].parts", "unknown figure 'ouut' (did you mean 'out'?)"),
    ),
    "unknown kind of claim": ('kind = "sum"', 'kind = "sun"', ("unknown kind 'sun'", "'sum'")),
    "a kind under a misspelt key": (
        'kind = "sum"',
        'knid = "sum"',
        ("claims[0].knid", "unknown key 'knid' (did you mean 'kind'?)"),
    ),
    "an instrument under a misspelt key": (
        'instrument = "cut-off"',
        'instrumnt = "cut-off"',
        (
            "line 24, threats.oil.then[0].instrumnt: unknown key 'instrumnt' (did you",
            "'instrument'",
        ),
    ),
    "no kind, but a key that looks a little like it": (
        'kind = "sum"\n',
        "",
        ("claims[0]: key 'kind' is missing",),
    ),
    "unknown row": ("row = 1", "row = 2", ("claims[0].row", "unknown row '2'")),
    "unknown mark": ('mark = "checked"', 'mark = "cheked"', ("(did you mean 'checked'?)",)),
    "answer of an old name": (
        'mark = "checked"',
        'mark = "checked"\nanswer = "guarantees"',
        ("rows[0].answer", "'guarantees' is now 'force'"),
    ),
    "unknown answer": (
        'mark = "checked"',
        'mark = "checked"\nanswer = "delai"',
        ("rows[0].answer", "(did you mean 'delay'?)"),
    ),
    "an event of which nothing is told": (
        'mark = "checked"',
        'mark = "not modelled"\nanswer = "event"',
        ("rows[0].answer", "give [[rows.happened]]"),
    ),
    "facts beside no event": (
        'mark = "checked"',
        'mark = "checked"\n[[rows.happened]]\ndate = 2025-05-19\nwords = "w"\nsource = "s"',
        ("rows[0].happened", 'needs answer = "event" or "pocket"'),
    ),
    "a date as text": ("2025-03-31", '"2025-03-31"', ("line 3, situation.date",)),
    "nobody named as target": (
        'targets = ["target"]',
        "targets = []",
        ("threats.oil.then[0].targets: the list is empty",),
    ),
    "no instrument at all": (
        '[[threats.oil.then]]\ninstrument = "cut-off"\nsender = ["USA"]\ntargets = ["target"]\n',
        "",
        ("threats.oil.then", "key 'then' is missing"),
    ),
    "a number that is none": ("value = 3.0", "value = nan", ("figures.total.value", "finite")),
    "a rank of a group": (
        'kind = "sum"\nwords = "3.0 in all"\ntotal = "total"\nparts = ["out", "in"]',
        'kind = "ranking"\nwords = "3.0 in all"\ncountry = "CHN"\npartner = "ROW"',
        ("claims[0].partner", "ROW stands for many states"),
    ),
    "a flow to nowhere": (
        'parts = ["out", "in"]',
        'parts = ["out", "in"]\ntable = { flows = [["USA", "EU"], ["USA"]] }',
        ("unknown country 'EU'", "a flow is [exporter, importer], not ['USA']"),
    ),
    "enforcement above 100 %": (
        'targets = ["target"]\n',
        'targets = ["target"]\nenforcement = '
        '{value = 120, unit = "%", period = "-", source = "-"}\n',
        ("line 27, threats.oil.then[0].enforcement: enforcement 120 % is outside 0 to 100 %",),
    ),
    "a negative share": (
        'value = 10, unit = "%", period = "y", source = "me", range = [5, 20]',
        'value = -1, unit = "%", period = "y", source = "me", range = [-5, 20]',
        ("min_share -1 % is outside 0 to 100 %",),
    ),
    "a negative threshold": (
        "value = 5, unit",
        "value = -5, unit",
        ("threats.oil.when.min_value: min_value -5 USD bn is below 0",),
    ),
    "a negative threshold in a scenario": (
        'named = ["CHN"]',
        'min_value = { value = -5, unit = "USD bn", period = "-", source = "-" }',
        ("scenarios.china.min_value: min_value -5 USD bn is below 0",),
    ),
    "nobody sells": (
        'from = ["RUS"]',
        "from = []",
        ("line 19, threats.oil.when.from: the list is",),
    ),
    "nothing is bought": (
        'buys = ["crude", "refined"]',
        "buys = []",
        ("line 18, threats.oil.when.buys: the list is empty",),
    ),
    "an empty list of names": (
        'unions = ["EU"]',
        'unions = ["EU"]\nnamed = []',
        ("threats.oil.named: the list is empty", "or leave the key out"),
    ),
    "names that are empty already": (
        'named = ["CHN"]',
        "named = []",
        ("scenarios.china.named: 'named' changes nothing: threat 'oil' says the same",),
    ),
    "the same direction": (
        'named = ["CHN"]',
        'direction = "both"\nsectors = ["goods"]',
        ("'direction' changes nothing", "'sectors' changes nothing"),
    ),
    "the same threshold in another unit": (
        'named = ["CHN"]',
        'min_value = { value = 5000, unit = "USD million", period = "-", source = "-" }',
        ("scenarios.china.min_value: 'min_value' changes nothing",),
    ),
    "neither a condition nor names": (
        '[threats.levy.when]\nbuys = ["crude"]\nfrom = ["RUS"]\n',
        "",
        ("threats.levy: rule 'levy': does not say who is hit", "`when`", "`named`"),
    ),
    "a date with points": ("date = 2025-03-31", "date = 31.03.2025", ("line 3", "as 2025-03-31,")),
    "a date that is none": ("2025-03-31", "2025-13-31", ("line 3", "write a date as 2025-03-31")),
    "a moment for a date": (
        "2025-03-31",
        "2025-03-31T10:00:00",
        ("line 3, situation.date: must be a date, written 2025-03-31 without quotes",),
    ),
    "a number for a date": ("2025-03-31", "20250331", ("must be a date, written 2025-03-31",)),
    "row 0": ("number = 1", "number = 0", ("rows[0].number: must be 1 or more, not 0",)),
    "a negative row": ("row = 1", "row = -1", ("claims[0].row: must be 1 or more, not -1",)),
    "a blank title": ('"A small stand-off"', '"  "', ("line 2, situation.title: is blank",)),
    "an escape character": (
        '"A small stand-off"',
        '"\\u001B[31mred"',
        ("line 2, situation.title: the text has a control character (U+001B)",),
    ),
    "a text that turns around": (
        '"Who loses?"',
        '"Who \u202eloses?"',
        ("line 4, situation.question: the text has right-to-left override (U+202E)",),
    ),
    "a control character in a key": (
        "[threats.levy.when]",
        '[threats.levy."wh\\u0007en"]',
        ("the key has a control character (U+0007)", "wh\\x07en"),
    ),
    "not TOML": ('main = "oil"', "main = oil", ("line 6", "not TOML")),
}

# name -> (what stands for `value = 3.0`, part of the message): once these hung or crashed
NUMBERS: dict[str, tuple[str, str]] = {
    "huge": ("1e999999999", "figures.total.value: 1e+999999999 is not within 1e-30 and 1e30"),
    "beyond decimals": ("1e99999999999999999999", "1e99999999999999999999 is too large"),
    "large": ("1e400", "figures.total.value: 1e+400 is not within"),
    "small": ("1e-400", "figures.total.value: 1e-400 is not within"),
    "nothing, exactly": ("0e-999999999", "has more than 60 decimals"),
    "integer": ("9" * 150, "figures.total.value: is too large"),
    "longer integer": (
        "9" * 5000,
        "line 48: a number of 5,000 characters; figures are at most 1e30",
    ),
    "hexadecimal": ("0x" + "f" * 6000, "line 48: a number of 6,002 characters"),
    "nested": ("[" * 2000, "line 48: lists or tables are nested too deep: more than 20 levels"),
    "nested and closed": ("[" * 2000 + "]" * 2000, "nested too deep"),
    "a key of many parts": ("3.0\n" + ".".join("a" * 3000) + " = 1", "more than 20 parts"),
    "a key of many quoted parts": ("3.0\n" + ".".join(['"a"'] * 3000) + " = 1", "more than 20"),
    "a long key": ("3.0\n" + "a" * 3000 + " = 1", "line 49: a word of 3,000 characters"),
    "a long text": ("'" + "a" * 20_000 + "'", "line 48: a text of 20,002 characters"),
}
