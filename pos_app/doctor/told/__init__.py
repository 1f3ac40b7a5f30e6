"""What the audit tells, and whether the house stands as it tells: what a stranger wrote past the program is found."""
