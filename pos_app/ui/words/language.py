"""Which language is spoken now, and the texts of windows in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.catalogues import catalogue

if TYPE_CHECKING:
    from pos_app.catalogues import Catalogue


class _Choice:
    texts = catalogue("")


def texts_spoken() -> Catalogue:
    """Return the catalogue of the language that is spoken now."""
    return _Choice.texts


def speak(language: str) -> None:
    """Speak another language from now on: texts of windows that are built later, and sentences ("": English)."""
    _Choice.texts = catalogue(language)


def translate(context: str, text: str, note: str = "") -> str:
    """Return a text of a window, wherever it stands. note: which of its meanings."""
    del context
    return texts_spoken().say(text, note)
