"""The rule of the best seats together."""
