"""The tills of the house, and their keys."""
