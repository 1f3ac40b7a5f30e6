"""Events and their performances."""
