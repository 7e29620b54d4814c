"""633 threats of sanctions, 1970 to 2000: their counts, and what makes a sender stand firm."""

from validation.threats_1970_2000.replicate import checks

__all__ = ["checks"]
