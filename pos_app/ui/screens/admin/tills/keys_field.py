"""The signing keys of a till, and a button that ends one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column, row
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
        self.nothing = text_label(
            self.tr("No key: this till prints no tickets until a manager signs in there and enrols it."),
            "muted",
            wrap=True,
        )
        self._column = column(self.nothing, inside=self, spacing=8)

    def show_keys(self, till: TillRecord | None, time_zone: str, own: str) -> None:
        """Show the keys of a till; own: the first digits of the key of this computer."""
        for shown in self._rows:
            self._column.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        keys = till.keys if till is not None else ()
        self._rows = [self._row(key, time_zone, is_own=key.shown == own) for key in keys]
        for shown in self._rows:
            self._column.addWidget(shown)
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
        name = self.tr("{0}… (this computer)").format(key.shown) if is_own else f"{key.shown}…"
        words = column(
            text_label(name, "strong" if key.revoked_at is None else "muted"),
            text_label(self._fate(key, time_zone), "small", wrap=True),
            spacing=0,
        )
        shown = QWidget()
        line = row((words, 1), inside=shown, spacing=10)
        if key.revoked_at is None:
            button = text_button(self.tr("Revoke…"), icon_name="prohibit", variant="ghost")
            button.clicked.connect(lambda _checked=False: self.revoke_asked.emit(key))
            line.addWidget(button)
        return shown

    def _fate(self, key: TillKeyRecord, time_zone: str) -> str:
        who, enrolled = key.enrolled_by, shown_dated_moment(key.enrolled_at, time_zone)
        if key.revoked_at is None:
            words = self.tr("Enrolled by {who}, {when}") if who else self.tr("Enrolled by the program, {when}")
            return words.format(who=who, when=enrolled)
        words = (
            self.tr("Enrolled by {who}, {when}. Revoked {revoked}")
            if who
            else self.tr("Enrolled by the program, {when}. Revoked {revoked}")
        )
        return words.format(who=who, when=enrolled, revoked=shown_dated_moment(key.revoked_at, time_zone))
