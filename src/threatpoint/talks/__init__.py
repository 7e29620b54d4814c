"""The talks: ceasefire, commitment, delay, and what a threat does to them."""
