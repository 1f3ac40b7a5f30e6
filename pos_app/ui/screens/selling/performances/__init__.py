"""The list of performances on sale."""
