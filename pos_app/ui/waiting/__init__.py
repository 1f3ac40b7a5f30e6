"""Waiting lists as every screen shows them: what a party wants, how it stands, and the queue of a performance."""
