"""The house itself: its settings, and the look of its tickets."""
