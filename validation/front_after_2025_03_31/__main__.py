"""Print the record against the band, day by day, and the score; with --write, ship the score."""

import sys

from validation import happened
from validation.front_after_2025_03_31.replicate import checks, table

for day, *numbers, hit in table():
    print(day, *(f"{value:10,.0f}" for value in numbers), "inside" if hit else "OUTSIDE")
for check in checks():
    print(check, f"{check.computed:.4f}", check.unit, "holds" if check.holds else "DOES NOT")
if "--write" in sys.argv:
    print(f"written: {happened.write().name}")
