"""The tour of letters: sent for real, to a mail server that the tour starts on this very computer."""
