"""Tickets given back for resale, and taken off it again."""
