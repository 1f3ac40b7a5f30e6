"""The settings of a house, and setting one up."""
