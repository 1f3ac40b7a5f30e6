"""Money that came in, and refunds: what is due, paid, or given up."""
