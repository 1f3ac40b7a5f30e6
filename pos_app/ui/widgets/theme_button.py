"""Light or dark, by a click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.look.theme_choice import toggle_theme


class ThemeButton(QPushButton):
    """Shows a moon in the light and a sun in the dark. Signals: clicked() of QPushButton."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("variant", "ghost")
        self.setStyleSheet("padding: 0")
        self.setFixedWidth(44)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)
        theme_notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        dark = current_theme().dark
        words = self.tr("Light colours") if dark else self.tr("Dark colours")
        self.setIcon(icon("sun" if dark else "moon", role="muted"))
        self.setToolTip(words)
        self.setAccessibleName(words)

    def _on_clicked(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            toggle_theme(app)
