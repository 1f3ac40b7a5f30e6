"""How long something is, in words."""

from __future__ import annotations

from typing import Final

from babel.units import format_unit

from pos_app.ui.words.ui_locale import ui_locale

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def shown_span(seconds: float) -> str:
    """Return a length of time in its two largest units: "1 hour 30 minutes", "365 days"; at least "0 seconds"."""
    rest = round(abs(seconds))
    words: list[str] = []
    for name, size in _UNITS:
        count, left = divmod(rest, size)
        if count or (name == "second" and not words):
            words.append(format_unit(count, f"duration-{name}", locale=ui_locale()))
            rest = left
        elif words:
            break
        if len(words) == 2:
            break
    return " ".join(words)
