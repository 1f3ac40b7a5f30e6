"""Waiting lists: joined, served when seats come free, and their offers ended."""
