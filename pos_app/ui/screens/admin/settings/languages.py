"""The languages and countries in which money and dates can be written, by their own names."""

from __future__ import annotations

from functools import cache

from babel.localedata import locale_identifiers
from PySide6.QtCore import QLocale

from pos_app.ui.records.fields.choice_fields import Option


@cache
def languages() -> tuple[Option, ...]:
    """Return every locale of a language and a country, sorted by name: "Deutsch", "Österreich · German · de_AT".

    Qt knows the names without reading a file for each, Babel knows how to write in them.
    """
    known = set(locale_identifiers())
    found: dict[str, Option] = {}
    every = QLocale.matchingLocales(QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    for locale in every:
        name = locale.name()
        if name in known and "_" in name and locale.nativeLanguageName():
            words = locale.nativeLanguageName()
            found[name] = Option(
                name, words[:1].upper() + words[1:], f"{locale.nativeTerritoryName()} · {_english(locale)} · {name}"
            )
    return tuple(sorted(found.values(), key=lambda option: option.named().casefold()))


def _english(locale: QLocale) -> str:
    return QLocale.languageToString(locale.language())
