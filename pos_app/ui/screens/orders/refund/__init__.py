"""Giving tickets back, and taking a fresh sale back."""
