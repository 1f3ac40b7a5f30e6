"""The manager's tour: a season is set up from nothing, and its first ticket sold."""

from __future__ import annotations
