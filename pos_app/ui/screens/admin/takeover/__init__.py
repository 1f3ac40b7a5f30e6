"""The section in which a season that is on sale elsewhere is taken over."""
