"""Letters to customers: what waits, what went out, what failed, and what is done about it."""
