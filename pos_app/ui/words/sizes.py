"""How large a file is, as the person's country writes it."""

from __future__ import annotations

from typing import Final

from babel.units import format_unit

from pos_app.ui.words.ui_locale import ui_locale

_MEGABYTE: Final = 1_000_000
_KILOBYTE: Final = 1_000


def shown_size(size: int) -> str:
    """Return a number of bytes in a unit that suits it: "214 kB", "1.2 MB"; "" for nothing."""
    if size <= 0:
        return ""
    if size >= _MEGABYTE:
        return format_unit(round(size / _MEGABYTE, 1), "digital-megabyte", "short", locale=ui_locale())
    return format_unit(max(1, round(size / _KILOBYTE)), "digital-kilobyte", "short", locale=ui_locale())
