"""The front: who holds what, how fast it moves, and where it would go."""

MONTH = "2025-03"
"""The month that is shown unless another one is asked for."""
