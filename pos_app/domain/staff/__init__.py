"""Who works here, their passwords, and signing in."""
