"""Seats and ticket types exchanged, and guests who change places."""
