"""The way to a database: addresses, lines, engines, what a driver's failure means."""
