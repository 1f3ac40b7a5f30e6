"""The language and country in which the windows write numbers, money and dates."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import QLocale

FALLBACK = "en_GB"


def ui_locale() -> str:
    """Return the locale as Babel names it ("de_DE"); British English where Babel does not know the desktop's."""
    return _known(QLocale().name())


@cache
def _known(name: str) -> str:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return FALLBACK
    return name
