"""The windows of Foyer."""
