"""The question before a customer is erased: what goes, what stays and why, and the name typed to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from pos_app.domain.searching import folded
from pos_app.ui.screens.customers.kind import customer_name
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import breakable, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.customers.privacy import ErasurePreview

_WIDTH: Final = 720
_HEIGHT: Final = 400
_SIDES: Final = 66
_LONGEST: Final = 400
_BETWEEN: Final = 10


class EraseSheet(Sheet):
    """Names what is blanked and what the house has to keep. It stays open until it is done or refused.

    Signals: confirmed(): the name, or the number, was typed.
    """

    confirmed = Signal()

    def __init__(self, parent: QWidget, preview: ErasurePreview) -> None:
        self._customer = preview.customer
        self._name = customer_name(preview.customer)
        title = self.tr("Erase {0} (number {1})?").format(self._name, preview.customer.customer_id)
        super().__init__(parent, title, width=_WIDTH)
        erased = [spoken(sentence) for sentence in preview.erased]
        kept = [spoken(sentence) for sentence in preview.kept]
        if preview.old_entries:
            kept.append(
                spoken_count(
                    "{count} old entry of the audit may name this person. It was written before such words stood"
                    " beside the audit, and stays as it is: else nobody could tell any more that nothing was changed.",
                    "{count} old entries of the audit may name this person. They were written before such words stood"
                    " beside the audit, and stay as they are: else nobody could tell any more that nothing was"
                    " changed.",
                    preview.old_entries,
                )
            )
        self.setAccessibleDescription(following(*erased, *kept))
        area = QScrollArea()
        told = self._told(erased, kept)
        area.setWidget(told)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.line = QLineEdit(placeholderText=self._name)
        bound_line(self.line, _LONGEST)
        self.line.textEdited.connect(self._on_typed)
        asked = self.tr("It cannot be undone. Type the name, or the number, to confirm:")
        self.line.setAccessibleName(asked)
        self.wrong = ProblemLabel()
        question = text_label(asked, "strong", wrap=True)
        question.setContentsMargins(0, _BETWEEN, 0, 0)
        for widget in (area, question, self.line, self.wrong):
            self.body.addWidget(widget)
        self.let_give_way(area, min(_HEIGHT, told.heightForWidth(_WIDTH - _SIDES)))
        self.yes, self.no = self.add_answers(
            self.tr("Erase"), self._on_yes, no=self.tr("Do not erase"), variant="danger", deliberate=True
        )

    def open(self) -> None:
        """Show it with the cursor where the name is typed."""
        super().open()
        self.line.setFocus()

    def show_refusal(self, error: Exception) -> None:
        """Say why nothing was erased, and what is to be done first."""
        self.yes.set_words(self.tr("Erase"))
        self._let_answer(may=True)
        self.wrong.tell_message(message_for(error))
        self.line.setFocus()

    def _told(self, erased: Sequence[str], kept: Sequence[str]) -> QWidget:
        inside = QWidget()
        goes = text_label(self.tr("This is blanked, for good:"), "strong", wrap=True)
        stays = text_label(self.tr("This stays:"), "strong", wrap=True)
        lines = column(goes, inside=inside, margins=(0, 0, 8, 0), spacing=6)
        for words in erased:
            lines.addWidget(text_label(breakable(f"•  {words}"), wrap=True))
        lines.addSpacing(_BETWEEN)
        lines.addWidget(stays)
        for words in kept:
            lines.addWidget(text_label(breakable(f"•  {words}"), wrap=True))
        lines.addStretch(1)
        return inside

    def _let_answer(self, *, may: bool) -> None:
        self.yes.setEnabled(may)
        self.no.setEnabled(may)
        self.line.setEnabled(may)

    def _on_typed(self) -> None:
        set_look(self.line, "wrong", "false")
        self.wrong.clear_problem()

    def _is_meant(self) -> bool:
        typed = self.line.text().strip()
        is_number = typed.removeprefix("#").strip() == str(self._customer.customer_id)
        is_name = typed == self._name or (bool(folded(typed)) and folded(typed) == folded(self._name))
        return is_number or is_name

    def _on_yes(self) -> None:
        if not self._is_meant():
            set_look(self.line, "wrong", "true")
            self.wrong.tell(self.tr("This is neither the name above nor the number. Nothing was erased."))
            self.line.setFocus()
            return
        self._let_answer(may=False)
        self.yes.set_words(self.tr("Erasing…"))
        self.wrong.clear_problem()
        self.confirmed.emit()
