"""The inventory: who owns a place, taking and freeing it, what the map shows."""
