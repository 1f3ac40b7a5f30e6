"""What a manager sets up. Each section is a package of its own and knows nothing of the others."""
