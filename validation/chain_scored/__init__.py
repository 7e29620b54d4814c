"""What the draws said on each situation's date, against what came; one set of draws, one record."""

from validation.chain_scored.lines import lines

__all__ = ["lines"]
