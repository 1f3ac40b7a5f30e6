"""Choosing on the map: seats, best seats, places of areas, seats held elsewhere."""
