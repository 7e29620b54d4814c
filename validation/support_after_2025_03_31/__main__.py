"""Print the forecast against the record, and the scores."""

from threatpoint.analysis.ground import drawn_support
from threatpoint.support.support import solve_support
from validation.support_after_2025_03_31.replicate import DATE, checks, table, who_added

for case in table():
    low, middle, high = case.spread.low, case.spread.median, case.spread.high
    print(f"{case.months} months, loan {case.loan}: {low:.1f} {middle:.1f} {high:.1f} EUR bn; "
          f"came {case.seen:.1f} of {case.gap:.1f}")  # fmt: skip
    print("  CRPS", {name: round(score, 2) for name, score in case.scores.items()})
drawn = drawn_support(solve_support(date=DATE))
if drawn is not None:
    print(who_added(drawn))
for check in checks():
    print(check, f"{check.computed:.4f}", check.unit, "holds" if check.holds else "DOES NOT")
