"""Customers: found, made, corrected, put together; what they bought, and what is known of them."""
