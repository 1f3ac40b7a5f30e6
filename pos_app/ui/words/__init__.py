"""How things are said to a person, in the locale of the window."""
