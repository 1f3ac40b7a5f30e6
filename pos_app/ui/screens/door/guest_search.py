"""Looking for a guest who has no ticket at hand: what is asked, and what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import PosError
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from pos_app.domain.door.finding import FoundGuests
    from pos_app.ui.screens.door.find_guests import FindGuests
    from pos_app.ui.screens.door.operations import DoorOperations


class GuestSearch(QObject):
    """Asks for the guests of one performance as they are typed; a late answer to an earlier question is passed over.

    Signals: failed(Exception): the search was not answered.
    """

    failed = Signal(object)

    def __init__(self, operations: DoorOperations, finder: FindGuests, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._finder = finder
        self._performance_id: int | None = None
        self.query = ""
        finder.query_changed.connect(self.ask)

    def begin(self, performance_id: int | None) -> None:
        """Look among the guests of another performance from now on."""
        self._performance_id = performance_id
        self._finder.clear()

    def ask(self, query: str) -> None:
        """Look for a name, a number or a seat."""
        if self._performance_id is None:
            return
        self.query = query
        self._finder.show_searching()
        self._operations.find_guests(self, self._performance_id, query).then(
            lambda found: self._on_found(query, found), self._on_failed
        )

    def ask_again(self) -> None:
        """Ask once more what could not be answered."""
        if self._finder.isVisible() and self.query:
            self.ask(self.query)

    def _on_found(self, query: str, found: FoundGuests) -> None:
        if query == self.query:
            self._finder.show_guests(found)

    def _on_failed(self, error: Exception) -> None:
        mistake = self.tr("The program made a mistake.")
        self._finder.show_nobody(spoken_error(error) if isinstance(error, PosError) else mistake)
        self.failed.emit(error)
