"""The waiting list of a performance, as a manager keeps it."""
