"""Looking for letters: one question at a time counts, the list goes on page by page, and is read again by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.services.letters.listing import PAGE

if TYPE_CHECKING:
    from pos_app.domain.letters.listing import LetterQuery, LettersPage
    from pos_app.ui.screens.letters.operations import LetterOperations

MOST: Final = 1_000
"""So many are listed; who looks for one of more has to say more of it."""
LOOK_MS: Final = 5_000
"""Tills send meanwhile: so often the list is read again."""


class Finding(QObject):
    """Asks for the first page of a query, and for the next ones as the list is scrolled.

    Signals: found(LettersPage): as much as is listed, read anew. more_found(LettersPage): the next page.
    failed(Exception): of the first page; of the others what is shown stays.
    """

    found = Signal(object)
    more_found = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: LetterOperations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._query: LetterQuery | None = None
        self._before: int | None = None
        self._listed = 0
        self._is_asking = False
        self.timer = QTimer(self, interval=LOOK_MS)
        self.timer.timeout.connect(self._look_by_itself)

    @property
    def has_more(self) -> bool:
        """Tell whether there are more than those that are listed."""
        return self._before is not None

    def look_for(self, query: LetterQuery) -> None:
        """Read the first page; an answer to what was asked before is dropped."""
        self._query, self._before, self._listed = query, None, 0
        self._ask(PAGE)

    def look_again(self) -> None:
        """Read again as much as is listed."""
        if self._query is not None:
            self._ask(max(PAGE, min(self._listed, MOST)))

    def read_on(self) -> None:
        """Read the next page, unless it is being read, or there is none, or it is enough."""
        if self._query is None or self._before is None or self._is_asking or self._listed >= MOST:
            return
        self._is_asking = True
        self._operations.find(self, self._query, self._before).then(self._on_more, self._on_no_more)

    def _ask(self, limit: int) -> None:
        if self._query is not None:
            self._is_asking = True
            self._operations.find(self, self._query, None, limit).then(self._on_found, self._on_failed)

    def _look_by_itself(self) -> None:
        """Read again what is listed; where that is not answered, what is shown stays."""
        if self._query is None or self._is_asking:
            return
        asked = self._query
        limit = max(PAGE, min(self._listed, MOST))

        def found(page: LettersPage) -> None:
            if asked == self._query and not self._is_asking:
                self._on_found(page)

        self._operations.look_again(self, asked, limit).then(found, lambda _error: None)

    def _on_found(self, page: LettersPage) -> None:
        self._is_asking = False
        self._before, self._listed = page.before, len(page.rows)
        self.found.emit(page)

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self.failed.emit(error)

    def _on_more(self, page: LettersPage) -> None:
        self._is_asking = False
        self._before, self._listed = page.before, self._listed + len(page.rows)
        self.more_found.emit(page)

    def _on_no_more(self, _error: Exception) -> None:
        self._is_asking = False
