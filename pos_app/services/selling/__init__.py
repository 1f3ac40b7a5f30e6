"""Holding, pricing and selling seats."""
