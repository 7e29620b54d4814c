"""Baqaee & Farhi (2019), the oil shock of the 1970s: first and second order."""

from validation.baqaee_farhi_2019.replicate import checks

__all__ = ["checks"]
