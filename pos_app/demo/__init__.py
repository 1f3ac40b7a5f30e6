"""The demo box office and the tour."""
