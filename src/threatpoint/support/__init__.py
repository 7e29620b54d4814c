"""Support: what the others must give if one donor leaves, and whether they can and will."""
