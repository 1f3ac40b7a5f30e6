"""The language and country in which the windows write numbers, money and dates."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import QLocale

FALLBACK = "en_GB"


def ui_locale() -> str:
    """Return the locale as Babel names it ("de_DE"); British English where Babel does not know it."""
    return _known(QLocale().name())


def use_locale(name: str) -> None:
    """Write in another locale from now on; "": in that of the desktop."""
    QLocale.setDefault(QLocale(name) if name else QLocale.system())


@cache
def _known(name: str) -> str:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return FALLBACK
    return name
