"""How a box office is opened, found, or set up."""
