"""A page of records that are too many to be read at once: the server finds them, and each is read when it is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.ui.records.found_list import FoundList
from pos_app.ui.records.page import RecordPage
from pos_app.ui.words.messages import failure_message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.ui.records.fields.base import Field
    from pos_app.ui.records.kind import Answer, AnyKeeper, AnyKind, AnySource
    from pos_app.ui.words.messages import Message


class Found(Protocol):
    """A part of what fits. rows: what is listed of each; more: there are others."""

    @property
    def rows(self) -> Sequence[Any]:
        """Return what is listed."""
        ...

    @property
    def more(self) -> bool:
        """Tell whether others fit, too."""
        ...


class FoundPage(RecordPage):
    """As RecordPage; what is looked for, and how one is read, is its heirs'.

    The kind's columns, search and key are asked of rows; the rest of it of records, the key of these too.
    Signals: those of RecordPage.
    """

    def __init__(
        self,
        kind: AnyKind,
        keeper: AnyKeeper,
        fields: Callable[[], Sequence[Field]],
        row_of: Callable[[Any], Any],
        *,
        nothing_fits: str,
    ) -> None:
        self._wanted: object = None
        self._goes_in = False
        self._not_read: Message | None = None
        # Nobody reads them all: refresh() is another here.
        super().__init__(
            kind, cast("AnySource", keeper), fields, list_of=lambda of_kind: FoundList(of_kind, row_of, nothing_fits)
        )
        self.found: FoundList = self.list  # type: ignore[assignment]  # as it was made above
        self.found.asked.connect(self.look)

    def ask_for_rows(self) -> Answer[Found]:
        """Ask for what is looked for; only the newest answer counts."""
        raise NotImplementedError

    def load(self, key: object) -> Answer[Any]:
        """Ask for one record; only the newest answer counts."""
        raise NotImplementedError

    def look(self) -> None:
        """Look for what is typed now."""
        self.ask_for_rows().then(self._on_found, self._on_unreadable)

    def refresh(self) -> None:
        """Look again, and read the record in the form again; what is unsaved stays as it is."""
        self.look()
        if self.record is not None and not self.form.is_dirty and not self.guard.is_busy:
            key = self.kind.key(self.record)
            self.load(key).then(partial(self._on_read_again, key), lambda _error: None)

    def open_key(self, key: object) -> None:
        """Show a record in the form, listed or not; asks first when something is unsaved."""
        self.leave(lambda: self._open_by_key(key))

    def begin_list(self) -> None:
        """Go to the search: whoever comes here looks for something."""
        self.found.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_form(self) -> None:
        """Go into the form, once the record that was chosen is in it."""
        if self._wanted is not None:
            self._goes_in = True
        else:
            super().begin_form()

    def _open_by_key(self, key: object) -> None:
        self._wanted, self._goes_in = key, False
        self.list.table.mark(key)
        self.load(key).then(partial(self._on_loaded, key), partial(self._on_not_loaded, key))

    def _on_found(self, page: Found) -> None:
        if self.banner.message.on_action == self.refresh:
            self.banner.dismiss()
        self.found.show_found(page.rows, more=page.more)

    def _on_loaded(self, key: object, record: Any) -> None:
        if key != self._wanted:
            return
        self._wanted = None
        if self.banner.message is self._not_read:
            self.banner.dismiss()
        if self.unsaved() or self.guard.is_busy:
            # Something was typed while it was read: that stays in front.
            self.list.table.mark(self.kind.key(self.record) if self.record is not None else None)
            return
        self._open(record)
        if self._goes_in:
            self._goes_in = False
            super().begin_form()

    def _on_not_loaded(self, key: object, error: Exception) -> None:
        if key == self._wanted:
            self._wanted = None
            self.list.table.mark(self.kind.key(self.record) if self.record is not None else None)
            self._not_read = failure_message(error, lambda: self.open_key(key))
            self.say(self._not_read)

    def _on_read_again(self, key: object, record: Any) -> None:
        is_same = self.record is not None and self.kind.key(self.record) == key
        if is_same and not self.form.is_dirty and not self.guard.is_busy:
            focused = QApplication.focusWidget()
            if focused is None or not self.form.isAncestorOf(focused):
                self._follow(record)

    def _start(self, values: Any) -> None:
        self._wanted = None
        super()._start(values)
