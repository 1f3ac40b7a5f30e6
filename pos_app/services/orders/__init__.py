"""Sales that were made: found again, reprinted, taken back."""
