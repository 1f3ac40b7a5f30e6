"""Foyer: the box office of a venue."""

from __future__ import annotations

__version__ = "0.1.0"
