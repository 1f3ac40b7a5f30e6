"""The question that stands before the money: whether the server would sell this basket for this total."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.services.selling.quotes import confirm_basket

if TYPE_CHECKING:
    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.selling.sales import SaleRequest
    from pos_app.ui.office import Office


class _Stage(Enum):
    OPEN = auto()
    ASKED = auto()
    CONFIRMED = auto()


class Confirming(QObject):
    """Asks for one payment after the other, off the thread of the window; an answer to an older question is dropped.

    Signals:
        confirmed(HouseSettings): it sells, as far as anybody knows now.
        refused(Exception): it does not, or the server did not answer.
    """

    confirmed = Signal(object)
    refused = Signal(object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._stage = _Stage.OPEN
        self._question = 0

    @property
    def is_asking(self) -> bool:
        """Tell whether the server was asked and has not answered."""
        return self._stage is _Stage.ASKED

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the server has said yes to the payment that is open."""
        return self._stage is _Stage.CONFIRMED

    def ask(self, request: SaleRequest) -> None:
        """Ask whether this would sell now."""
        self.forget()
        self._stage = _Stage.ASKED
        question = self._question
        self._office.read_latest(self, "confirm", confirm_basket, request).then(
            lambda settings: self._on_confirmed(settings, question), lambda error: self._on_refused(error, question)
        )

    def forget(self) -> None:
        """The payment is over, or another one."""
        self._question += 1
        self._stage = _Stage.OPEN

    def _on_confirmed(self, settings: HouseSettings, question: int) -> None:
        if question == self._question:
            self._stage = _Stage.CONFIRMED
            self.confirmed.emit(settings)

    def _on_refused(self, error: Exception, question: int) -> None:
        if question == self._question:
            self._stage = _Stage.OPEN
            self.refused.emit(error)
