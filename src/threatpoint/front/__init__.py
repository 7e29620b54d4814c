"""The front: who holds what, how fast it moves, and where it would go."""
