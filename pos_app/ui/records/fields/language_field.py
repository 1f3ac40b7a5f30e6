"""A language and its country, for words, money and dates: one of many hundred, so it is searched for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.localedata import locale_identifiers
from PySide6.QtCore import QLocale

from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.option_sheets import PickSheet
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.lists import labelled
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Mapping


class LanguageField(FieldEditor):
    """Shows the language that is chosen, and a button; its value is a locale, "" for none.

    title: what is asked when one is chosen. none: how it is called that none is.
    Signals: see FieldEditor.
    """

    def __init__(self, title: str, none: str) -> None:
        super().__init__()
        self._title, self._none = title, none
        self._name = ""
        self._known: Mapping[object, str] = {option.key: option.named() for option in self._options()}
        self._shown = text_label("", wrap=True)
        self.choose_button = text_button(self.tr("Choose…"))
        self.choose_button.clicked.connect(self.choose)
        row((self._shown, 1), self.choose_button, inside=self, spacing=10)
        self.setFocusProxy(self.choose_button)

    def value(self) -> object:
        """Return the locale."""
        return self._name

    def show_value(self, value: object) -> None:
        """Show a locale by the name that it has for itself."""
        self._name = str(value or "")
        self._shown.setText(self.words_of(self._name))

    def typed(self) -> object:
        """Return the locale."""
        return self._name

    def words_of(self, value: object) -> str:
        """Return the name that the language has for itself."""
        return self._known.get(value, str(value or ""))

    def set_name(self, name: str) -> None:
        """Name the button for screen readers."""
        self.choose_button.setAccessibleName(labelled(name, self.choose_button.text()))

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Let a person choose, or not."""
        self.choose_button.setEnabled(is_open)

    def choose(self) -> None:
        """Ask which."""
        sheet = PickSheet(self, self._title, self._options(), yes=self.tr("Take it"), nothing="")
        sheet.picked.connect(self._on_picked)
        sheet.open()

    def _options(self) -> tuple[Option, ...]:
        return (Option("", self._none), *_languages(ui_locale()))

    def _on_picked(self, name: object) -> None:
        self.show_value(name)
        self.edited.emit()


@cache
def _languages(reader: str) -> tuple[Option, ...]:
    """Return every locale of a language and a country, sorted by name: "Deutsch", "Österreich · German · de_AT".

    reader: the locale of whoever reads their names. Qt knows what they call themselves without reading a file for each,
    Babel knows how to write in them.
    """
    known, names = set(locale_identifiers()), Locale.parse(reader).languages
    found: dict[str, Option] = {}
    every = QLocale.matchingLocales(QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    for locale in every:
        name = locale.name()
        if name in known and "_" in name and locale.nativeLanguageName():
            words = locale.nativeLanguageName()
            called = names.get(name.partition("_")[0]) or QLocale.languageToString(locale.language())
            found[name] = Option(
                name, words[:1].upper() + words[1:], f"{locale.nativeTerritoryName()} · {called} · {name}"
            )
    return tuple(sorted(found.values(), key=lambda option: option.named().casefold()))
