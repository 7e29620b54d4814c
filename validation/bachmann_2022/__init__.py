"""Bachmann et al. (2022), "What if? ... a stop of energy imports from Russia": CES energy cut."""

from validation.bachmann_2022.replicate import checks

__all__ = ["checks"]
