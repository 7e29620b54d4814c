"""Talks: bargaining while the front moves."""
