"""What a till that was cut off left behind, and what becomes of it."""
