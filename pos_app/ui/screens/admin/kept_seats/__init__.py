"""House seats and blocked seats of a performance: chosen on its map, with a reason, until a time."""
