"""The tour of waiting lists and resale: sold out, joined, offered, sold, passed on; given back, resold, at the door."""
