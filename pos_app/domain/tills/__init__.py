"""What a till is."""
