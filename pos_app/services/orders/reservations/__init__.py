"""Seats under a name until a time, unpaid: made, picked up, kept longer, given up and released."""
