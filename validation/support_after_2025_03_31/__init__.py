"""Support after 31 March 2025 against what announcements said on that day; never fitted to."""

from validation.support_after_2025_03_31.replicate import checks, lines

__all__ = ["checks", "lines"]
