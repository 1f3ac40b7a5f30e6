"""Tickets as PDF, on every paper."""
