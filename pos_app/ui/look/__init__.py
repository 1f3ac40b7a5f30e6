"""What everything looks like: theme, colours, icons."""
