"""The slip that a reservation is picked up by."""
