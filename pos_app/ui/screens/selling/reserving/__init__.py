"""Seats of the basket kept under a name, to be paid later."""
