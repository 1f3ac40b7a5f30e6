"""A page with a form on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from pos_app.domain.editing import FieldRefused
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.setup.page import SetupPage
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.ui.records.fields.base import Field


class FormPage(SetupPage):
    """Fields with what is wrong beside each. Signals: see SetupPage."""

    def __init__(self, title: str, sentence: str, fields: Sequence[Field], *, go_on: str) -> None:
        super().__init__(title, sentence, go_on=go_on)
        self.form = RecordForm(fields, side=0)
        self.body.addWidget(self.form, 1)
        # A sentence below a field lengthens what is scrolled, of which nobody else is told.
        self.form.inside.installEventFilter(self)

    def wanted_height(self) -> int:
        """Return how high the page is when nothing of its form is scrolled away."""
        around, inside = self.layout(), self.form.inside.layout()
        if around is None or inside is None:
            return 0
        content = inside.totalHeightForWidth(self.form.viewport().width())
        return around.totalHeightForWidth(self.width()) - self.form.sizeHint().height() + content

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the form has more or less to show."""
        if watched is self.form.inside and event.type() == QEvent.Type.LayoutRequest:
            self.room_changed.emit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Tell when the rest of the page has more or less to show."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.room_changed.emit()
        return super().event(event)

    def begin(self) -> None:
        """Put the cursor into the first field that is still empty."""
        for name in self.form.names:
            if not self.form.editor(name).typed():
                self.form.editor(name).setFocus()
                return
        self.on_button.setFocus()

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Let a person change the fields, or not."""
        self.form.set_open(is_open)

    def read(self) -> dict[str, object] | None:
        """Return what was typed; None when a field cannot be read, which is said beside it."""
        self.form.show_problems({})
        try:
            return self.form.values()
        except FieldRefused as refused:
            self.show_fields_refused(refused.fields)
            return None

    def show_fields_refused(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong beside the fields, and the rest below."""
        others = self.form.show_problems(problems)
        if others:
            self.outcome.show_problem(" ".join(spoken(other) for other in others))
