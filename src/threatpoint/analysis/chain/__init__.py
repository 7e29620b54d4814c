"""Chain: one set of draws through world, oil, game, support, front and talks, and what to expect."""
