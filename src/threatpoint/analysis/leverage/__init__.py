"""Leverage: which flow of trade, cut a little, hurts whom how much, at what cost to who cuts it."""

from threatpoint.analysis.leverage.found import Leverage, leverage

__all__ = ["Leverage", "leverage"]
