"""Reservations at the order desk: listed, picked up, kept longer, given back, their slips printed."""
