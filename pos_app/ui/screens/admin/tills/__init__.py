"""Tills: names, papers, printers, and the keys that gates trust."""
