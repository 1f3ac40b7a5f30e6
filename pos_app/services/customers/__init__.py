"""Customers: made and found at every counter, merged and erased at the office."""
