"""The language and country in which numbers, money and dates are written: in the windows, and on the command line."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError, default_locale

FALLBACK = "en_GB"


class _Choice:
    """name: what was chosen, "" for the desktop's; desktop: what Qt knows of it, "" until it was asked."""

    name = ""
    desktop = ""


def ui_locale() -> str:
    """Return the locale as Babel names it ("de_DE"); British English where Babel does not know it."""
    return _known(_Choice.name or _Choice.desktop or _environment())


def choose_locale(name: str) -> None:
    """Write in another locale from now on; "": in that of the desktop. Windows use window_language.use_locale."""
    _Choice.name = name


def know_desktop(name: str) -> None:
    """Take the locale of the desktop from who knows it better than the variables of the environment."""
    _Choice.desktop = name


@cache
def _environment() -> str:
    try:
        return default_locale() or ""
    except ValueError:
        return ""


@cache
def _known(name: str) -> str:
    try:
        found = Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return FALLBACK
    # The locale of machines, “C”, writes for no person.
    return FALLBACK if found.variant == "POSIX" else name
