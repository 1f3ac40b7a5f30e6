"""The work list of a cancelled or moved performance: its orders refunded, moved or kept, one by one or many at once."""
