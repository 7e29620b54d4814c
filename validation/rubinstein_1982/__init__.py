"""Rubinstein (1982): alternating offers."""

from validation.rubinstein_1982.replicate import checks

__all__ = ["checks"]
