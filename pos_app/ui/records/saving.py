"""What happens to a record on its way to the database and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.sentences import Sentence
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, failure_message
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.ui.records.change_guard import ChangeGuard, Values
    from pos_app.ui.records.form import RecordForm
    from pos_app.ui.records.kind import Answer, AnyKeeper, AnyKind
    from pos_app.ui.widgets.banner import Banner

_TOAST_SECONDS: Final = 12


class Saving(QObject):
    """Saves what a form holds, archives records and restores them: one at a time, with an undo for each.

    Signals, each with a record as it is stored now: stored: it belongs into the form, where nothing is unsaved then.
    rebased: it is to count as the one that was read, and what is typed stays. archived: it was put away. listed:
    it belongs on the list, the form stays as it is. saved: it is all done. ended(): what was asked for is done, or
    refused, and said: buttons that had the keyboard may be gone.
    """

    stored = Signal(object)
    rebased = Signal(object)
    archived = Signal(object)
    listed = Signal(object)
    saved = Signal(object)
    ended = Signal()

    def __init__(
        self, page: QWidget, kind: AnyKind, source: AnyKeeper, form: RecordForm, banner: Banner, guard: ChangeGuard
    ) -> None:
        super().__init__(page)
        self._page = page
        self._kind = kind
        self._source = source
        self._form = form
        self._banner = banner
        self._guard = guard
        self._refusal: Message | None = None

    def save(self, record: Any, then: Callable[[], object] | None = None) -> None:
        """Save what the form holds of a record (None: a new one); then: what to do once it is stored."""
        if self._guard.is_busy:
            return
        try:
            values = self._sound_values(record)
        except FieldRefused as error:
            self._show_fields(error)
            return
        go_on = partial(self._send, record, values, then)
        warning = self._kind.warning(record, values)
        if not warning:
            go_on()
            return
        sheet = confirm(
            self._page,
            self.tr("Save it like this?"),
            warning,
            yes=self.tr("Save"),
            no=self.tr("Back to the form"),
            danger=False,
        )
        sheet.confirmed.connect(go_on)

    def archive(self, record: Any) -> None:
        """Put a record away."""

        def archived(stored: Any) -> None:
            self.archived.emit(stored)
            self.saved.emit(stored)
            words = self.tr("“{0}” was archived.").format(self._kind.title(stored))
            self._toast(words, lambda: self.restore(stored), self._kind.archived_advice(stored))
            self.ended.emit()

        self.ask(self._source.archive(self._page, record), archived, lambda: self.archive(record))

    def restore(self, record: Any) -> None:
        """Bring a record back."""

        def restored(stored: Any) -> None:
            self.stored.emit(stored)
            self.saved.emit(stored)
            self._toast(self.tr("“{0}” was restored.").format(self._kind.title(stored)), lambda: self.archive(stored))
            self.ended.emit()

        self.ask(self._source.restore(self._page, record), restored, lambda: self.restore(record))

    def ask(self, answer: Answer[Any], on_done: Callable[[Any], object], again: Callable[[], object]) -> None:
        """Wait for a change of a screen's own; an error is said, with a button that tries again."""
        self._begin()

        def done(outcome: Any) -> None:
            self._guard.end()
            on_done(outcome)

        def failed(error: Exception) -> None:
            self._guard.end()
            self._say_failed(error, again)

        answer.then(done, failed)

    def forget_refusal(self) -> None:
        """Take away what was said of a change that failed: it is given up, or tried again."""
        if self._refusal is not None and self._banner.message is self._refusal:
            self._banner.dismiss()
        self._refusal = None

    def _sound_values(self, record: Any) -> Values:
        """Return what the form holds. Raises FieldRefused with all that is wrong, as far as it is known here."""
        unread = dict[str, Sentence]()
        try:
            values = self._form.values()
        except FieldRefused as error:
            unread, values = dict(error.fields), self._form.readable_values()
        problems = {**self._kind.problems(record, values), **unread}
        if problems:
            raise FieldRefused(problems)
        return values

    def _begin(self) -> None:
        self.forget_refusal()
        self._guard.begin()

    def _send(self, before: Any, values: Values, then: Callable[[], object] | None) -> None:
        self._begin()
        self._source.save(self._page, before, values).then(
            lambda stored: self._on_saved(before, stored, then),
            lambda error: self._on_refused(error, before, values, then),
        )

    def _on_saved(self, before: Any, stored: Any, then: Callable[[], object] | None) -> None:
        self.stored.emit(stored)
        self._guard.end()
        self.saved.emit(stored)
        name = self._kind.title(stored)
        if before is None:
            self._toast(self.tr("“{0}” was made.").format(name), lambda: self.archive(stored))
        elif before != stored:
            self._toast(self.tr("“{0}” was saved.").format(name), lambda: self._put_back(stored, before))
        self.ended.emit()
        if then is not None:
            then()

    def _put_back(self, stored: Any, before: Any) -> None:
        """Undo a change by saving what was there before."""
        self._guard.leave(lambda: self._send(stored, dict(self._kind.values(before)), None))

    def _toast(self, words: str, undo: Callable[[], object], advice: str = "") -> None:
        self._banner.show_message(Message(words, advice, Level.OK, self.tr("Undo"), undo), seconds=_TOAST_SECONDS)

    def _on_refused(self, error: Exception, before: Any, values: Values, then: Callable[[], object] | None) -> None:
        self._guard.end()
        if isinstance(error, FieldRefused):
            self._show_fields(error)
        elif isinstance(error, ChangedMeanwhile) and before is not None:
            self._settle(error.current, before, values, then)
        else:
            self._say_failed(error, lambda: self._guard.save(then))

    def _show_fields(self, error: FieldRefused) -> None:
        elsewhere = self._form.show_problems(error.fields)
        if elsewhere:
            self._banner.show_message(Message(following(*elsewhere), spoken(error.advice), Level.WARNING))
        else:
            self._banner.dismiss()

    def _say_failed(self, error: Exception, again: Callable[[], object]) -> None:
        kept = self.tr("What you typed is still here.") if self._guard.unsaved() else ""
        self._refusal = failure_message(error, again, kept)
        self._banner.show_message(self._refusal)
        self.ended.emit()

    def _settle(self, current: Any, before: Any, mine: Values, then: Callable[[], object] | None) -> None:
        """Put together what is stored now and what was typed; asks where both changed the same."""
        if self._kind.is_archived(current):
            self._ask_about_archived(current, before, mine, then)
            return
        sentence = self.tr("“{0}” was changed by somebody else after you opened it. Choose what is to hold.")
        self._guard.settle(
            sentence.format(self._kind.title(current)),
            self._kind.values(before),
            mine,
            self._kind.values(current),
            label=self._form.label,
            words=self._form.words_of,
            take=lambda values: self._send_merged(current, values, then),
        )

    def _send_merged(self, current: Any, values: Values, then: Callable[[], object] | None) -> None:
        self.rebased.emit(current)
        self._form.change_values(values)
        self._send(current, values, then)

    def _ask_about_archived(self, current: Any, before: Any, mine: Values, then: Callable[[], object] | None) -> None:
        sheet = confirm(
            self._page,
            self.tr("Archived meanwhile"),
            self.tr("“{0}” was archived by somebody else after you opened it.").format(self._kind.title(current)),
            yes=self.tr("Restore it and save mine"),
            no=self.tr("Back to the form"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._restore_and_settle(current, before, mine, then))

    def _restore_and_settle(self, current: Any, before: Any, mine: Values, then: Callable[[], object] | None) -> None:
        """Whoever archived it may have changed it before, too."""

        def restored(record: Any) -> None:
            self.listed.emit(record)
            self._settle(record, before, mine, then)

        self.ask(self._source.restore(self._page, current), restored, lambda: self._guard.save(then))
