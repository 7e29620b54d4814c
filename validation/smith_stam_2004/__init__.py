"""Smith & Stam (2004): war as a random walk over forts."""

from validation.smith_stam_2004.replicate import checks

__all__ = ["checks"]
