"""The door: scanning, the verdict, guests by name."""
