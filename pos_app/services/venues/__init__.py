"""Venues and their seating plans, kept in versions."""
