"""Two customers side by side, with what is known of the kept one after they are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from pos_app.ui.customers.words import marks_words
from pos_app.ui.widgets.labels import breakable, rule, text_label
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following, listed
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.customers.merging import MergePreview
    from pos_app.domain.customers.records import CustomerDraft

_WIDTH: Final = 900
_HEIGHT: Final = 400
_SIDES: Final = 66


class ComparingSheet(Sheet):
    """Tells what moves, what is kept and what goes; both numbers stand on it. It stays open until it is closed.

    Signals: confirmed(int, int): the number that is kept, and the other. turned(int, int): these the other way round.
    """

    confirmed = Signal(int, int)
    turned = Signal(int, int)

    def __init__(self, parent: QWidget, preview: MergePreview) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.preview = preview
        self.sentence = text_label("", wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wrong = ProblemLabel()
        for widget in (self.sentence, self._area, self.wrong):
            self.body.addWidget(widget)
        self.yes, self.no = self.add_answers("", self._on_yes, no=self.tr("Back"), variant="danger", deliberate=True)
        self.turn = self.add_button("", "Ctrl+R")
        self.turn.clicked.connect(self._on_turn)
        self.show_preview(preview)

    def show_preview(self, preview: MergePreview) -> None:
        """Compare these."""
        self.preview = preview
        kept, other = preview.kept.customer_id, preview.other.customer_id
        self.set_title(self.tr("Merge number {1} into number {0}?").format(kept, other))
        self.sentence.setText(self._told())
        self.setAccessibleDescription(self._told())
        grid = self._grid()
        self._area.setWidget(grid)
        self.let_give_way(self._area, min(_HEIGHT, grid.heightForWidth(_WIDTH - _SIDES)))
        self.yes.set_words(self.tr("Merge {1} into {0}").format(kept, other))
        self.turn.set_words(self.tr("Keep number {0} instead").format(other))
        self.wrong.clear_problem()
        self._let_answer(may=True)

    def show_refusal(self, error: Exception) -> None:
        """Say why nothing was merged."""
        self.wrong.tell_message(message_for(error))
        self._let_answer(may=True)

    def _told(self) -> str:
        preview = self.preview
        moved = spoken_count(
            "{count} order of number {other} moves to number {kept}.",
            "{count} orders of number {other} move to number {kept}.",
            preview.orders,
            other=preview.other.customer_id,
            kept=preview.kept.customer_id,
        )
        waiting = spoken_count(
            "So does {count} entry of a waiting list.", "So do {count} entries of waiting lists.", preview.waiting
        )
        found = self.tr("Both numbers lead to the one who is kept. It cannot be undone.")
        return following(moved, waiting if preview.waiting else "", found)

    def _grid(self) -> QWidget:
        kept, other, wanted = self.preview.kept, self.preview.other, self.preview.wanted
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        heads = (
            "",
            self.tr("Kept: number {0}").format(kept.customer_id),
            self.tr("Goes: number {0}").format(other.customer_id),
            self.tr("Afterwards"),
        )
        for at, head in enumerate(heads):
            grid.addWidget(text_label(head, "small", wrap=True), 0, at)
        top = Qt.AlignmentFlag.AlignTop
        rows = zip(self._lines(kept.draft()), self._lines(other.draft()), self._lines(wanted), strict=True)
        for number, ((name, mine), (_, theirs), (_, after)) in enumerate(rows):
            row = 2 * number + 1
            grid.addWidget(rule(), row, 0, 1, 4)
            grid.addWidget(text_label(name, "strong", wrap=True), row + 1, 0, top)
            for at, (words, role) in enumerate(((mine, "body"), (theirs, "body"), (after, "strong")), 1):
                grid.addWidget(text_label(breakable(words) or "\N{EN DASH}", role, wrap=True), row + 1, at, top)
        last = grid.rowCount()
        if self.preview.former:
            words = self.tr("Stays with number {0}, and finds the kept one: {1}").format(
                other.customer_id, listed(self.preview.former)
            )
            grid.addWidget(rule(), last, 0, 1, 4)
            grid.addWidget(text_label(breakable(words), "muted", wrap=True), last + 1, 0, 1, 4)
        for at, share in enumerate((2, 4, 4, 4)):
            grid.setColumnStretch(at, share)
        grid.setRowStretch(grid.rowCount(), 1)
        return inside

    def _lines(self, draft: CustomerDraft) -> Iterator[tuple[str, str]]:
        yield self.tr("Name"), draft.name
        yield self.tr("E-mail"), draft.email
        yield self.tr("Phone"), draft.phone
        yield self.tr("Letters"), self.tr("Yes") if draft.letters else self.tr("No")
        yield self.tr("Marks"), marks_words(draft.marks)
        yield self.tr("Note"), draft.note

    def _let_answer(self, *, may: bool) -> None:
        self.yes.setEnabled(may)
        self.turn.setEnabled(may)

    def _on_yes(self) -> None:
        self._let_answer(may=False)
        self.wrong.clear_problem()
        self.confirmed.emit(self.preview.kept.customer_id, self.preview.other.customer_id)

    def _on_turn(self) -> None:
        self._let_answer(may=False)
        self.turned.emit(self.preview.other.customer_id, self.preview.kept.customer_id)
