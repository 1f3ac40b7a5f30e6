"""A note is written: to whom, what it says, and beside it the letter as it would arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.codes import new_request_id
from pos_app.domain.editing import FieldRefused
from pos_app.domain.letters.notes import LONGEST_SUBJECT, LONGEST_TEXT, HouseNote, sound_note
from pos_app.ui.records.fields.text_fields import TextAreaField
from pos_app.ui.screens.letters.note.preview import NotePreview, reach_words
from pos_app.ui.screens.letters.note.recipients import NOBODY, NoteTarget, Recipients
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import breakable, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from pos_app.services.orders.letters.note_drafts import NoteDraft
    from pos_app.ui.screens.letters.operations import LetterOperations
    from pos_app.ui.widgets.sheets.confirm import ConfirmSheet

_WIDTH: Final = 1120
_FORM: Final = 460
_HEIGHT: Final = 470
"""Of the form, pixels: the text takes what the rest leaves, so that no button moves under the hand."""
_LEAST_AREA: Final = 88


class NoteSheet(Sheet):
    """Writes a note after one question. What is typed stays until it is written, or thrown away on purpose.

    Keys: Ctrl+Enter sends it, Esc leaves. Signals: written(int): to so many.
    """

    written = Signal(int)

    def __init__(self, parent: QWidget, operations: LetterOperations, target: NoteTarget = NOBODY) -> None:
        super().__init__(parent, parent.tr("Write a note"), width=_WIDTH)
        self._operations = operations
        self._requests: dict[tuple[NoteTarget, str, str], str] = {}
        self._draft: NoteDraft | None = None
        self._drafted = NOBODY
        self._is_busy = False
        self.question: ConfirmSheet | None = None
        self.recipients = Recipients(operations, target)
        self.recipients.changed.connect(self._on_target)
        self.subject = QLineEdit()
        bound_line(self.subject, LONGEST_SUBJECT)
        self.subject.setAccessibleName(self.tr("Subject"))
        self.text = TextAreaField(longest=LONGEST_TEXT)
        self.text.set_name(self.tr("Text"))
        self.wrong = {name: ProblemLabel() for name in ("recipients", "subject", "text")}
        self.problem = ProblemLabel()
        self.recipients.failed.connect(lambda error: self.wrong["recipients"].tell_message(message_for(error)))
        self.preview = NotePreview(operations)
        self.subject.textChanged.connect(lambda: self._on_typed("subject"))
        self.text.edited.connect(lambda: self._on_typed("text"))
        self._arrange()
        self.yes, self.no = self.add_answers(self.tr("Send it…"), self._on_yes, deliberate=True)
        self._has_target = target.is_chosen

    def open(self) -> None:
        """Show it with the cursor where something is to be said."""
        super().open()
        self.recipients.read()
        if self._has_target:
            self.subject.setFocus()
            self._on_target()
        else:
            self.recipients.begin()

    def cancel(self) -> None:
        """Leave; what was typed is thrown away after a question, and not while it is being written."""
        if self._is_busy:
            return
        if not (self.subject.text().strip() or str(self.text.typed())):
            super().cancel()
            return
        self.question = confirm(
            self,
            self.tr("Throw this note away?"),
            self.tr("It was not sent, and what is typed is kept nowhere."),
            yes=self.tr("Throw it away"),
            no=self.tr("Write on"),
        )
        self.question.confirmed.connect(super().cancel)

    def _arrange(self) -> None:
        form = QWidget()
        form.setFixedWidth(_FORM)
        form.setMinimumHeight(_HEIGHT)
        self.text.area.setMinimumHeight(_LEAST_AREA)
        self.text.area.setMaximumHeight(_HEIGHT)
        column(
            text_label(self.tr("To"), "strong"),
            self.recipients,
            self.wrong["recipients"],
            text_label(self.tr("Subject"), "strong"),
            self.subject,
            self.wrong["subject"],
            text_label(self.tr("Text"), "strong"),
            (self.text, 1),
            self.wrong["text"],
            inside=form,
            spacing=6,
        )
        self.body.addLayout(row(form, (self.preview, 1), spacing=18))
        self.body.addWidget(self.problem)

    def _on_target(self) -> None:
        target = self.recipients.target
        if target == self._drafted and self._draft is not None:
            return
        self._drafted, self._draft = target, None
        self.wrong["recipients"].clear_problem()
        self.preview.show_draft(None)
        if target.performance_id is not None:
            answer = self._operations.draft_to_performance(self, target.performance_id)
        elif target.customer_id is not None:
            answer = self._operations.draft_to_customer(self, target.customer_id)
        else:
            return

        def show(draft: NoteDraft) -> None:
            if target == self._drafted:
                self._draft = draft
                self.preview.show_draft(draft)

        def refused(error: Exception) -> None:
            if target == self._drafted:
                self.wrong["recipients"].tell_message(message_for(error))

        answer.then(show, refused)

    def _on_typed(self, name: str) -> None:
        self._show_wrong(name, "")
        self.problem.clear_problem()
        self.preview.show_typed(self.subject.text(), str(self.text.typed()))

    def _on_yes(self) -> None:
        if self._is_busy:
            return
        target, draft = self.recipients.target, self._draft
        subject, text = self.subject.text(), str(self.text.typed())
        request_id = self._requests.setdefault((target, subject, text), new_request_id())
        note = HouseNote(request_id, subject, text)
        is_sound = self._require_sound(note)
        if draft is None or not draft.reach.reached:
            self._tell_unreached(target, draft)
        elif is_sound:
            self._ask(target, note, draft)

    def _require_sound(self, note: HouseNote) -> bool:
        try:
            sound_note(note)
        except FieldRefused as error:
            self._show_refused(error)
            return False
        return True

    def _tell_unreached(self, target: NoteTarget, draft: NoteDraft | None) -> None:
        wrong = self.wrong["recipients"]
        if draft is not None:
            wrong.tell(self.tr("This note reaches nobody."))
        elif not target.is_chosen:
            wrong.tell(self.tr("Choose whom the note goes to."))
        elif not wrong.text():
            wrong.tell(self.tr("It is still being read whom the note reaches."))
        self.recipients.begin()

    def _ask(self, target: NoteTarget, note: HouseNote, draft: NoteDraft) -> None:
        reached = draft.reach.reached
        title = (
            self.tr("Send this note to {0}?").format(breakable(draft.recipient))
            if target.customer_id is not None
            else spoken_count("Send this note to {count} customer?", "Send this note to {count} customers?", reached)
        )
        sentence = "" if target.customer_id is not None else reach_words(draft)
        lost = tuple(filter(None, (breakable(target.words), breakable(note.subject))))
        self.question = confirm(self, title, sentence, yes=self.tr("Send it"), lost=lost, danger=False)
        self.question.confirmed.connect(lambda: self._write(target, note))

    def _write(self, target: NoteTarget, note: HouseNote) -> None:
        self._show_busy(busy=True)
        if target.performance_id is not None:
            answer = self._operations.write_to_performance(self, target.performance_id, note)
        elif target.customer_id is not None:
            answer = self._operations.write_to_customer(self, target.customer_id, note)
        else:
            raise ValueError("a note goes to somebody")
        answer.then(self._on_written, self._on_refused)

    def _on_written(self, count: int) -> None:
        self._show_busy(busy=False)
        self.close_sheet()
        self.written.emit(count)

    def _on_refused(self, error: Exception) -> None:
        self._show_busy(busy=False)
        if isinstance(error, FieldRefused):
            self._show_refused(error)
        else:
            self.problem.tell_message(message_for(error))

    def _show_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        for part in (self.recipients, self.subject, self.text, self.yes, self.no):
            part.setEnabled(not busy)

    def _show_refused(self, error: FieldRefused) -> None:
        for name, sentence in error.fields.items():
            self._show_wrong(name, spoken(sentence))
        first = self.subject if "subject" in error.fields else self.text
        first.setFocus()

    def _show_wrong(self, name: str, sentence: str) -> None:
        """Say what is wrong beside its field; a card number is not left there."""
        if name == "subject":
            if sentence:
                hide_card_numbers(self.subject)
            set_look(self.subject, "wrong", "true" if sentence else "false")
        elif name == "text":
            self.text.show_wrong(bool(sentence))
        self.wrong[name].tell(sentence)
