"""Orders after the sale: what changes them, and what becomes of their lines and their money."""
