"""Background threads without Qt."""
