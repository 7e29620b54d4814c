"""Every threat of the built-in situations at each day on which it was due: money alone, scored."""

from validation.threats_on_record.score import Clock, clocks, found, page, rows, write

__all__ = ["Clock", "clocks", "found", "page", "rows", "write"]
