"""Wachtmeister, Gars & Spiro (2022): less volume, or a lower price, of Russian oil."""

from validation.wachtmeister_2022.replicate import checks, explained

__all__ = ["checks", "explained"]
