"""What the model said of the threats of 2025, each on its date, against what happened."""

from validation.after_2025_03_31.score import dated, judge, lines, page, table
from validation.scored import Line

__all__ = ["Line", "dated", "judge", "lines", "page", "table"]
