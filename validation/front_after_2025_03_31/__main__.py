"""Print months and days against what was expected, and the scores; with --write, ship the lines."""

import sys

from validation import happened
from validation.front_after_2025_03_31.increments import by_afp, recorded, scores
from validation.front_after_2025_03_31.replicate import checks, months, table

for month, *numbers in months():
    print(month, *(f"{value:8,.0f}" for value in numbers))
for name, seen in (("record", recorded()), ("AFP", by_afp())):
    for forecast, score in scores(seen).items():
        print(name, forecast, f"{score.log_score:.3f} {score.crps:.1f} {score.inside}")
for day, *numbers, hit in table():
    print(day, *(f"{value:10,.0f}" for value in numbers), "inside" if hit else "OUTSIDE")
for check in checks():
    print(check, f"{check.computed:.4f}", check.unit, "holds" if check.holds else "DOES NOT")
if "--write" in sys.argv:
    print(f"written: {happened.write().name}")
