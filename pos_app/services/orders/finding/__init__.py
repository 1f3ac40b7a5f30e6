"""Orders looked for: one field, filters, pages, a file of what is shown."""
