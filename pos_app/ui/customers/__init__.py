"""Customers wherever a screen needs one: found while somebody types, chosen, or made."""
