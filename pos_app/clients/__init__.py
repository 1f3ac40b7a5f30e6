"""One module per remote party."""
