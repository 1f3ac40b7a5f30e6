"""Who works here: accounts, signing in, closed accounts."""
