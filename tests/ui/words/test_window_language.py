from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from pos_app.catalogues import PSEUDO
from pos_app.ui.words.language import speak
from pos_app.ui.words.ui_locale import FALLBACK, choose_locale, know_desktop, ui_locale
from pos_app.ui.words.window_language import Translator, speak_through, use_locale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_texts_of_widgets_are_said_in_the_language_that_is_spoken_now(qapp: QApplication) -> None:
    speak_through(qapp)
    speak_through(qapp)
    assert len(qapp.findChildren(Translator)) == 1
    assert QCoreApplication.translate("Anything", "Try again") == "Try again"
    speak(PSEUDO)
    assert QCoreApplication.translate("Anything", "Try again").startswith("[Try again ")


def test_what_qt_writes_follows_the_locale() -> None:
    use_locale("de_DE")
    assert (ui_locale(), QLocale().name()) == ("de_DE", "de_DE")
    use_locale(PSEUDO)
    assert (ui_locale(), QLocale().name()) == (FALLBACK, FALLBACK)
    use_locale("")
    assert QLocale() == QLocale.system()


def test_the_desktop_is_asked_where_nothing_was_chosen() -> None:
    before = ui_locale()
    know_desktop("fr_CH")
    assert ui_locale() == "fr_CH"
    choose_locale("de_AT")
    assert ui_locale() == "de_AT"
    choose_locale("")
    know_desktop("C")
    assert ui_locale() == FALLBACK
    know_desktop("")
    assert ui_locale() == before
