"""The keys of waiting lists at the counter; each stands on a button, too."""

from __future__ import annotations

from typing import Final

JOIN_KEY: Final = "Shift+F6"
"""Beside F6, which reserves: both keep something under a name."""
OFFERS_KEY: Final = "Shift+F5"
"""Beside F5, which takes what is offered."""
QUEUE_KEY: Final = "Shift+F7"
