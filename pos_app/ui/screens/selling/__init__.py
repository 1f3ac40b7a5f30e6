"""The screen where seats are chosen and sold."""
