"""Writing a note of the house: to whom, what it says, and how it will read."""
