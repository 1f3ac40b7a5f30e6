"""Printers, scanners, sound."""
