"""Gros (1987): the optimal tariff of a small economy with one sector."""

from validation.gros_1987.replicate import checks

__all__ = ["checks"]
