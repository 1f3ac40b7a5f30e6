"""A table of records beside a form of the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.records.change_guard import ChangeGuard
from pos_app.ui.records.editor_panel import EditorPanel
from pos_app.ui.records.keys import record_keys
from pos_app.ui.records.list import RecordList
from pos_app.ui.records.saving import Saving
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import Level, Message, failure_message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QShowEvent

    from pos_app.ui.records.fields.base import Field
    from pos_app.ui.records.kind import AnyKind, AnySource

_EDITOR_WIDTH: Final = 470
_DONE_SECONDS: Final = 12


class RecordPage(QWidget):
    """Search, sort and choose at the left; change, save, archive at the right. See pos_app.ui.records.

    Keys: Ctrl+N new, Ctrl+F search, Enter into the form, Esc back to the table, Ctrl+S save, Ctrl+D discard, F5 read
    again. Nothing unsaved is lost: `leave` asks first, a failed save keeps what was typed.
    Signals: opened(object): this record is in the form now, None for a new one or none. saved(object): a record as it
    is stored now. records_read(tuple): all records, read anew.
    """

    opened = Signal(object)
    saved = Signal(object)
    records_read = Signal(object)

    def __init__(
        self,
        kind: AnyKind,
        source: AnySource,
        fields: Callable[[], Sequence[Field]],
        *,
        editor_width: int = _EDITOR_WIDTH,
        list_of: Callable[[AnyKind], RecordList] = RecordList,
    ) -> None:
        super().__init__()
        self.kind = kind
        self.source = source
        self._record: Any = None
        self._is_open = False
        self._focused: QWidget | None = None
        self.list = list_of(kind)
        self.banner = Banner()
        self.editor = EditorPanel(fields(), kind.icon)
        self.editor.setFixedWidth(editor_width)
        self.form = self.editor.form
        question = self.tr("Save the changes first?")
        self.guard = ChangeGuard(self, question, unsaved=self.unsaved, save=self.save, discard=self.discard)
        self.saving = Saving(self, kind, source, self.form, self.banner, self.guard)
        tell_keys(self, record_keys)
        self._connect()
        self._arrange()
        self._show_nothing()

    @property
    def record(self) -> Any:
        """Return the record in the form as it was read, None for a new one or none."""
        return self._record

    @property
    def is_new(self) -> bool:
        """Tell whether a new record is being made."""
        return self._is_open and self._record is None

    def refresh(self) -> None:
        """Read the records again; what is unsaved stays as it is."""
        self.source.read_all(self).then(self._on_records, self._on_unreadable)

    def open_record(self, record: Any) -> None:
        """Show a record in the form; asks first when something is unsaved."""
        self.leave(lambda: self._open(record))

    def start_new(self, values: Mapping[str, object] | None = None) -> None:
        """Begin a new record, with these values in the form; asks first when something is unsaved."""
        self.leave(lambda: self._start(values))

    def unsaved(self) -> tuple[str, ...]:
        """Name the record with unsaved changes."""
        if not self._is_open or not self.form.is_dirty:
            return ()
        if self._record is None:
            return (self.kind.words.unsaved,)
        return (self.tr("Changes of “{0}”").format(self.kind.title(self._record)),)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else ask, and go on when it was saved or given up."""
        self.guard.leave(go_on)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what the form holds; then: what to do once it is stored."""
        self.saving.save(self._record, then)

    def discard(self) -> None:
        """Take back what is unsaved."""
        self.saving.forget_refusal()
        if self._record is None:
            self.close_form()
            self.list.begin()
        else:
            self._open(self._record)

    def show_stored(self, record: Any) -> None:
        """Show a record as it is stored now, in the table and in the form; nothing is unsaved then."""
        self.list.put(record)
        self.list.show_view_of(record)
        self._open(record)

    def close_form(self) -> None:
        """Show no record in the form."""
        self._record = None
        self._is_open = False
        self.list.table.mark(None)
        self._show_nothing()
        self.opened.emit(None)

    def begin_list(self) -> None:
        """Go to the records: somebody came here."""
        self.list.begin()

    def begin_form(self) -> None:
        """Go into the form."""
        self.form.begin()

    def rebase(self, record: Any) -> None:
        """Take a record as the one that was read, and keep what is typed."""
        typed = self.form.readable_values()
        self._record = record
        self._show_values(self.kind.values(record))
        self.form.change_values(typed)
        self.list.put(record)

    def prepare(self, values: Mapping[str, object]) -> None:
        """Set up editors that depend on another field's value, before the form shows these. For pages of a kind."""

    def say(self, message: Message, seconds: int = 0) -> None:
        """Say something below the table."""
        self.banner.show_message(message, seconds=seconds)

    def say_done(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say for a while that something was done; undo: what takes it back."""
        self.say(Message(words, "", Level.OK, self.tr("Undo") if undo else "", undo), _DONE_SECONDS)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """While a change is on its way, the form waits; afterwards the keyboard is where it was."""
        focused = QApplication.focusWidget()
        if busy:
            self._focused = focused if focused is not None and self.form.isAncestorOf(focused) else None
        self.form.set_open(not busy and not self._is_archived())
        if not busy and self._focused is not None and self._focused.isEnabled() and self.isVisible():
            self._focused.setFocus()
        self.editor.save_button.set_words(self.tr("Saving…") if busy else self.tr("Save"))
        self._show_possible()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.begin_form)
        self.list.new_asked.connect(self.start_new)
        self.list.retry_asked.connect(self.refresh)
        self.editor.save_asked.connect(self.save)
        self.editor.discard_asked.connect(self.discard)
        self.editor.archive_asked.connect(lambda: self.leave(lambda: self.saving.archive(self._record)))
        self.editor.restore_asked.connect(lambda: self.saving.restore(self._record))
        self.editor.edited.connect(self._show_possible)
        self.guard.busy_changed.connect(self.show_busy)
        self.saving.stored.connect(self.show_stored)
        self.saving.rebased.connect(self.rebase)
        self.saving.archived.connect(self._on_archived)
        self.saving.listed.connect(self.list.put)
        self.saving.saved.connect(self.saved)
        self.saving.ended.connect(self._keep_keyboard)
        self._refresh_key = QShortcut(QKeySequence("F5"), self, self.refresh)
        self._back_key = QShortcut(QKeySequence("Esc"), self, self._on_back)
        for key in (self._refresh_key, self._back_key):
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _arrange(self) -> None:
        row((column((self.list, 1), self.banner, spacing=10), 1), self.editor, inside=self, spacing=14)

    def _open(self, record: Any) -> None:
        is_same = self._record is not None and self.kind.key(self._record) == self.kind.key(record)
        bar = self.form.verticalScrollBar()
        scrolled = bar.value() if is_same else 0
        self._record = record
        self._is_open = True
        self.list.table.mark(self.kind.key(record))
        self._show_values(self.kind.values(record))
        self.form.set_open(not self._is_archived())
        self.editor.show_title(self.kind.title(record), *self.kind.status(record))
        self._show_possible()
        # Saved, or given up: a person goes on where they were.
        bar.setValue(scrolled)
        self.opened.emit(record)

    def _start(self, values: Mapping[str, object] | None) -> None:
        self._record = None
        self._is_open = True
        self.list.table.mark(None)
        self._show_values(self.kind.fresh())
        self.form.set_open(True)
        self.form.change_values(values or {})
        self.editor.show_title(self.kind.words.new, self.tr("Not saved yet"), "warn")
        self._show_possible()
        self.form.begin()
        self.opened.emit(None)

    def _show_values(self, values: Mapping[str, object]) -> None:
        self.prepare(values)
        self.form.show_values(values)

    def _show_nothing(self) -> None:
        self.editor.show_nothing(self.tr("Nothing chosen"), self.kind.words.choose)

    def _is_archived(self) -> bool:
        return self._record is not None and self.kind.is_archived(self._record)

    def _show_possible(self) -> None:
        idle, dirty, archived = not self.guard.is_busy, self.form.is_dirty, self._is_archived()
        stored = self._record is not None
        self.editor.show_possible(
            can_save=self._is_open and idle and (dirty or not stored),
            can_discard=self._is_open and idle and (dirty or not stored),
            can_archive=stored and idle and not archived and self.kind.can_archive,
            can_restore=stored and idle and archived,
        )

    def _on_chosen(self, key: object) -> None:
        if self.unsaved() or self.guard.is_busy:
            self.list.table.mark(self.kind.key(self._record) if self._record is not None else None)
        self.leave(lambda: self._open_by_key(key))

    def _open_by_key(self, key: object) -> None:
        record = self.list.table.record(key)
        if record is not None:
            self._open(record)

    def _on_records(self, records: Sequence[Any]) -> None:
        if self.banner.message.on_action == self.refresh:
            self.banner.dismiss()
        self.list.show_records(records)
        if self._record is not None and not self.form.is_dirty and not self.guard.is_busy:
            self._follow(self.list.table.record(self.kind.key(self._record)))
        self.records_read.emit(tuple(records))

    def _follow(self, record: Any) -> None:
        """Show what others made of the record in the form."""
        if record is not None and record != self._record:
            self._open(record)

    def _on_unreadable(self, error: Exception) -> None:
        if self.list.table.records:
            self.say(failure_message(error, self.refresh))
        else:
            self.list.show_unreadable(message_for(error))

    def _on_archived(self, record: Any) -> None:
        self.list.put(record)
        self.close_form()

    def _keep_keyboard(self) -> None:
        """Take it where the button that had it has gone: Qt gave it to another, and the next Space presses that."""
        focused = QApplication.focusWidget()
        places = (self.form, self.list.table, self.list.search)
        is_well = focused is not None and any(one is focused or one.isAncestorOf(focused) for one in places)
        if is_well or not self.isVisible():
            return
        if self.list.isVisible():
            self.list.begin()
        else:
            self.form.begin()

    def _on_back(self) -> None:
        if self.list.table.hasFocus():
            self.banner.dismiss()
        self.list.begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the records, and let the arrow keys walk them."""
        super().showEvent(event)
        self.refresh()
        if not self._is_open:
            QTimer.singleShot(0, self, self.begin_list)
