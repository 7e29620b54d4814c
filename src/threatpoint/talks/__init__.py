"""The talks: the front, the ceasefire, support and territory."""
