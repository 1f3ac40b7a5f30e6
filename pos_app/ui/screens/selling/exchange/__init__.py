"""Seats of an order against others: chosen on the same map, with the same hold, and settled by the difference."""
