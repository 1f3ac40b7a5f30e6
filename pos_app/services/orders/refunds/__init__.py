"""Money given back: single tickets, whole orders, refunds that are due."""
