"""Holds, baskets, and sales."""
