"""The table of another box office, and what it means here."""
