"""The commands of foyer."""
