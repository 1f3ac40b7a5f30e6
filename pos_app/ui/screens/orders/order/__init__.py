"""One order: what it is, what became of it, what can be done with it."""
