"""The signing keys of a till, and a button that ends one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui.records.fields.field import FieldEditor
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from pos_app.domain.tills.records import TillKeyRecord, TillRecord


class KeysField(FieldEditor):
    """Shows keys; nobody types into it. Its value is None. Signals: revoke_asked(TillKeyRecord); see FieldEditor."""

    revoke_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.nothing = text_label(
            self.tr("No key: this till prints no tickets until a manager signs in there and enrols it."),
            "muted",
            wrap=True,
        )
        self._column.addWidget(self.nothing)

    def show_keys(self, till: TillRecord | None, time_zone: str, own: str) -> None:
        """Show the keys of a till; own: the first digits of the key of this computer."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        keys = till.keys if till is not None else ()
        self._rows = [self._row(key, time_zone, is_own=key.shown == own) for key in keys]
        for row in self._rows:
            self._column.addWidget(row)
        self.nothing.setVisible(not any(key.revoked_at is None for key in keys))

    def value(self) -> object:
        """Return nothing."""
        return None

    def show_value(self, value: object) -> None:
        """Keys are shown by show_keys."""

    def typed(self) -> object:
        """Return nothing: nobody types here."""
        return None

    def _row(self, key: TillKeyRecord, time_zone: str, *, is_own: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = self.tr("{0}… (this computer)").format(key.shown) if is_own else f"{key.shown}…"
        words.addWidget(text_label(name, "strong" if key.revoked_at is None else "muted"))
        words.addWidget(text_label(self._fate(key, time_zone), "small", wrap=True))
        line.addLayout(words, 1)
        if key.revoked_at is None:
            button = text_button(self.tr("Revoke…"), icon_name="prohibit", variant="ghost")
            button.clicked.connect(lambda _checked=False: self.revoke_asked.emit(key))
            line.addWidget(button)
        return row

    def _fate(self, key: TillKeyRecord, time_zone: str) -> str:
        who = key.enrolled_by or self.tr("the program")
        said = self.tr("Enrolled by {0}, {1}").format(who, shown_dated_moment(key.enrolled_at, time_zone))
        if key.revoked_at is None:
            return said
        return f"{said}. {self.tr('Revoked {0}').format(shown_dated_moment(key.revoked_at, time_zone))}"
