"""Who is there: signing in, and unlocking."""

from __future__ import annotations
