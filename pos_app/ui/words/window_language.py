"""What Qt writes by itself: texts of widgets by tr(), and dates in its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTranslator

from pos_app.ui.words.language import translate
from pos_app.ui.words.ui_locale import choose_locale, know_desktop, ui_locale

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def speak_through(app: QCoreApplication) -> None:
    """Let Qt ask for the texts of widgets where sentences are asked for, and learn what the desktop speaks; once."""
    know_desktop(QLocale.system().name())
    if not app.findChildren(Translator):
        app.installTranslator(Translator(app))


def use_locale(name: str) -> None:
    """Write in another locale from now on; "": in that of the desktop."""
    choose_locale(name)
    QLocale.setDefault(QLocale(ui_locale()) if name else QLocale.system())


class Translator(QTranslator):
    """Answers tr() of widgets in the language of the windows, whichever that is when it is asked."""

    def isEmpty(self) -> bool:
        """Tell Qt to ask."""
        return False

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str:
        """Return a text of a widget; whichever widget it is."""
        del n
        return translate(context, text, note or "")
