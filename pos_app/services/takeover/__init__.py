"""Taking over the sales of another box office."""
