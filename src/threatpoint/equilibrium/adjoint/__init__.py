"""Derivatives of an outcome to everything that was given, by one solve of the adjoint system."""
