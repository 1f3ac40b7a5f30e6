"""How the house sends its letters, and how it words them."""
