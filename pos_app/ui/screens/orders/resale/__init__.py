"""Tickets put on resale, and taken off it again."""
