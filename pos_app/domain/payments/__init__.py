"""Money that came in, and how it goes back."""
