"""Published ranges for real episodes, and where this model lands: a comparison, not a check."""
