"""Finding orders: what is typed, the filters, the list."""
