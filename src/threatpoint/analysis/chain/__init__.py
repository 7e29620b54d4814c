"""Chain: one set of draws through all rooms, and what to expect."""
