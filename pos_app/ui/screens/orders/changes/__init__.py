"""Changing an order without refunding it: places, ticket types, name and note."""
