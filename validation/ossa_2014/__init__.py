"""Ossa (2014): how large optimal tariffs are; a comparison, not a check."""
