"""One user action on the database: one function, one transaction. Services never commit."""
