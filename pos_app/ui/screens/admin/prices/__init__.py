"""Prices of a performance: a grid of category by ticket type, and fees."""
