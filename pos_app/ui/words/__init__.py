"""How things are said to a person: amounts, times, directions, papers, messages, in the locale of the window."""
