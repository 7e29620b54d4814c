"""Designing a threat: what should be threatened, and by whom."""
