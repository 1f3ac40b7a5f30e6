"""Accounts of a server: what each kind of machine may, as data, and how it is given."""
