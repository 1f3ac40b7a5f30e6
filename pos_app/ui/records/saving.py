"""What happens to a record on its way to the database and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.ui.records.conflict_sheet import ConflictSheet, Difference
from pos_app.ui.records.merging import contested, merged
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.records.kind import Answer
    from pos_app.ui.records.merging import Values
    from pos_app.ui.records.page import RecordPage

_TOAST_SECONDS: Final = 12


class Saving(QObject):
    """Saves, archives and restores for a page of records: one change at a time, with an undo for each. No signals."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self._waiting: Callable[[], object] | None = None
        self._refusal: Message | None = None
        self.is_busy = False

    def wait(self, go_on: Callable[[], object]) -> None:
        """Go on when the change that is on its way has come to an end."""
        self._waiting = go_on

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what the form holds; then: what to do once it is stored."""
        page = self._page
        if self.is_busy:
            return
        try:
            values = self._sound_values()
        except FieldRefused as error:
            self._show_fields(error)
            return
        go_on = partial(self._send, page.record, values, then)
        warning = page.kind.warning(page.record, values)
        if not warning:
            go_on()
            return
        sheet = confirm(
            page,
            self.tr("Save it like this?"),
            warning,
            yes=self.tr("Save"),
            no=self.tr("Back to the form"),
            danger=False,
        )
        sheet.confirmed.connect(go_on)

    def archive(self) -> None:
        """Put the record in the form away; asks first when something is unsaved."""
        self._page.leave(lambda: self._archive(self._page.record))

    def restore(self) -> None:
        """Bring the record in the form back."""
        self._restore(self._page.record)

    def ask(self, answer: Answer[Any], on_done: Callable[[Any], object], again: Callable[[], object]) -> None:
        """Wait for a change of a screen's own; an error is said, with a button that tries again."""
        self._begin()

        def done(outcome: Any) -> None:
            self._end()
            on_done(outcome)

        def failed(error: Exception) -> None:
            self._end()
            self._say_failed(error, again)

        answer.then(done, failed)

    def forget_refusal(self) -> None:
        """Take away what was said of a change that failed: it is given up, or tried again."""
        if self._refusal is not None and self._page.banner.message is self._refusal:
            self._page.banner.dismiss()
        self._refusal = None

    def _sound_values(self) -> Values:
        """Return what the form holds. Raises FieldRefused with all that is wrong, as far as it is known here."""
        page, unread = self._page, dict[str, str]()
        try:
            values = page.form.values()
        except FieldRefused as error:
            unread, values = dict(error.fields), page.form.readable_values()
        problems = {**page.kind.problems(page.record, values), **unread}
        if problems:
            raise FieldRefused(problems)
        return values

    def _send(self, before: Any, values: Values, then: Callable[[], object] | None) -> None:
        self._begin()
        self._page.source.save(self._page, before, values).then(
            lambda stored: self._on_saved(before, stored, then),
            lambda error: self._on_refused(error, before, values, then),
        )

    def _begin(self) -> None:
        self.is_busy = True
        self.forget_refusal()
        self._page.show_busy(True)

    def _end(self) -> None:
        self.is_busy = False
        self._page.show_busy(False)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _on_saved(self, before: Any, stored: Any, then: Callable[[], object] | None) -> None:
        page = self._page
        page.show_stored(stored)
        self._end()
        page.saved.emit(stored)
        name = page.kind.title(stored)
        if before is None:
            self._toast(self.tr("“{0}” was made.").format(name), lambda: self._archive(stored))
        elif before != stored:
            self._toast(self.tr("“{0}” was saved.").format(name), lambda: self._put_back(stored, before))
        self._keep_keyboard()
        if then is not None:
            then()

    def _put_back(self, stored: Any, before: Any) -> None:
        """Undo a change by saving what was there before."""
        self._page.leave(lambda: self._send(stored, dict(self._page.kind.values(before)), None))

    def _toast(self, words: str, undo: Callable[[], object], advice: str = "") -> None:
        self._page.say(Message(words, advice, Level.OK, self.tr("Undo"), undo), seconds=_TOAST_SECONDS)

    def _on_refused(self, error: Exception, before: Any, values: Values, then: Callable[[], object] | None) -> None:
        self._end()
        if isinstance(error, FieldRefused):
            self._show_fields(error)
        elif isinstance(error, ChangedMeanwhile) and before is not None:
            self._settle(error.current, before, values, then)
        else:
            self._say_failed(error, lambda: self.save(then))

    def _show_fields(self, error: FieldRefused) -> None:
        elsewhere = self._page.form.show_problems(error.fields)
        if elsewhere:
            self._page.say(Message(" ".join(elsewhere), error.advice, Level.WARNING))
        else:
            self._page.banner.dismiss()

    def _say_failed(self, error: Exception, again: Callable[[], object]) -> None:
        message = message_for(error)
        kept = self.tr("What you typed is still here.") if self._page.unsaved() else ""
        advice = f"{message.advice} {kept}".strip()
        self._refusal = Message(message.text, advice, message.level, self.tr("Try again"), again)
        self._page.say(self._refusal)
        self._keep_keyboard()

    def _keep_keyboard(self) -> None:
        """Take it where the button that had it has gone: Qt gave it to another, and the next Space presses that."""
        page, focused = self._page, QApplication.focusWidget()
        places = (page.form, page.list.table, page.list.search)
        is_well = focused is not None and any(one is focused or one.isAncestorOf(focused) for one in places)
        if is_well or not page.isVisible():
            return
        if page.list.isVisible():
            page.list.begin()
        else:
            page.form.begin()

    def _settle(self, current: Any, before: Any, mine: Values, then: Callable[[], object] | None) -> None:
        """Put together what is stored now and what was typed; asks where both changed the same."""
        page = self._page
        if page.kind.is_archived(current):
            self._ask_about_archived(current, before, mine, then)
            return
        base, theirs = dict(page.kind.values(before)), dict(page.kind.values(current))
        names = contested(base, mine, theirs)
        if not names:
            self._send_merged(current, merged(base, mine, theirs, ()), then)
            return
        form = page.form
        differences = [
            Difference(
                name,
                form.label(name),
                form.words_of(name, mine[name]),
                form.words_of(name, theirs.get(name)),
                touched=mine[name] != base.get(name),
            )
            for name in names
        ]
        sentence = self.tr("“{0}” was changed by somebody else after you opened it. Choose what is to hold.")
        sheet = ConflictSheet(
            page, self.tr("Changed meanwhile"), sentence.format(page.kind.title(current)), differences
        )
        sheet.settled.connect(lambda keep: self._send_merged(current, merged(base, mine, theirs, keep), then))
        sheet.open()

    def _send_merged(self, current: Any, values: Values, then: Callable[[], object] | None) -> None:
        self._page.rebase(current)
        self._page.form.change_values(values)
        self._send(current, values, then)

    def _ask_about_archived(self, current: Any, before: Any, mine: Values, then: Callable[[], object] | None) -> None:
        page = self._page
        sheet = confirm(
            page,
            self.tr("Archived meanwhile"),
            self.tr("“{0}” was archived by somebody else after you opened it.").format(page.kind.title(current)),
            yes=self.tr("Restore it and save mine"),
            no=self.tr("Back to the form"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._restore_and_settle(current, before, mine, then))

    def _restore_and_settle(self, current: Any, before: Any, mine: Values, then: Callable[[], object] | None) -> None:
        """Whoever archived it may have changed it before, too."""
        page = self._page

        def restored(record: Any) -> None:
            page.list.put(record)
            self._settle(record, before, mine, then)

        self.ask(page.source.restore(page, current), restored, lambda: self.save(then))

    def _archive(self, record: Any) -> None:
        page = self._page

        def archived(stored: Any) -> None:
            page.list.put(stored)
            page.close_form()
            page.saved.emit(stored)
            words = self.tr("“{0}” was archived.").format(page.kind.title(stored))
            self._toast(words, lambda: self._restore(stored), page.kind.archived_advice(stored))
            self._keep_keyboard()

        self.ask(page.source.archive(page, record), archived, lambda: self._archive(record))

    def _restore(self, record: Any) -> None:
        page = self._page

        def restored(stored: Any) -> None:
            page.show_stored(stored)
            page.saved.emit(stored)
            self._toast(self.tr("“{0}” was restored.").format(page.kind.title(stored)), lambda: self._archive(stored))
            self._keep_keyboard()

        self.ask(page.source.restore(page, record), restored, lambda: self._restore(record))
