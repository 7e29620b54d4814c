"""Models beside those that are shipped: other accounts of the same war, games in normal form."""
