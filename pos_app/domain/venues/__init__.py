"""Venues, and the drawing of seating plans."""
