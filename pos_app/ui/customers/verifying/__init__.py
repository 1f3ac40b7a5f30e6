"""Showing, at the counter, that an e-mail address is the customer's: a code is sent, and typed."""
