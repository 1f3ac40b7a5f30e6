"""How a map is painted, from one seat to the whole scene."""
