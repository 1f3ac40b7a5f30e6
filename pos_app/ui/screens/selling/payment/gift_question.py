"""Complimentary tickets: why they are given, and who allows it, asked before anything else of the payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.errors import PosError
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.flows.sign_in import approve
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.office import Office
    from pos_app.ui.widgets.sheets.reason import Reason


class GiftQuestion(QObject):
    """Keeps the answer for as long as the same seats of the same basket are given away. No signals."""

    def __init__(self, screen: QWidget, office: Office) -> None:
        super().__init__(screen)
        self._screen = screen
        self._office = office
        self._gift: Gift | None = None
        self._for: tuple[str, tuple[SeatKey, ...]] = ("", ())

    def answer_for(self, basket: Basket) -> Gift | None:
        """Return why tickets of a basket are given away; None where none are, or nobody has said so yet."""
        return self._gift if basket.gifts() and self._for == (basket.key, basket.gifts()) else None

    def is_open_for(self, basket: Basket) -> bool:
        """Tell whether it is still to be asked."""
        return bool(basket.gifts()) and self.answer_for(basket) is None

    def ask(self, basket: Basket, go_on: Callable[[], object]) -> None:
        """Ask why, and where the person alone may not, who allows it; then go on."""
        seats = basket.gifts()
        choices = self._choices()
        may_give = self._office.actor.may(Permission.GIVE_AWAY)
        who = "" if may_give else self.tr("Only a manager may give them, or allow it here with name and PIN.")
        sheet = ReasonSheet(
            self._screen,
            self.tr("Complimentary tickets"),
            following(
                spoken_count("{count} ticket is given away.", "{count} tickets are given away.", len(seats)), who
            ),
            choices=tuple(choices.values()),
            yes=self.tr("Give away"),
            manager=not may_give,
        )

        def settle(reason: Reason, approver_id: int | None) -> None:
            kind = next((kind for kind, words in choices.items() if words == reason.text), GiftReason.OTHER)
            self._gift, self._for = Gift(kind, reason.text, approver_id), (basket.key, seats)
            sheet.close_sheet()
            go_on()

        def refused(error: Exception) -> None:
            if isinstance(error, PosError):
                sheet.show_refusal(error)
            else:
                sheet.show_problem(message_for(error).sentence)

        def given(reason: Reason) -> None:
            if may_give:
                settle(reason, None)
                return
            till_id = self._office.actor.till_id
            self._office.background.run_flow(self, approve, till_id, reason.manager, reason.pin).then(
                lambda approver_id: settle(reason, approver_id), refused
            )

        sheet.given.connect(given)
        sheet.open()

    def _choices(self) -> dict[GiftReason, str]:
        return {
            GiftReason.PRESS: self.tr("Press"),
            GiftReason.ARTIST: self.tr("Guest of the artists"),
            GiftReason.STAFF: self.tr("Staff"),
            GiftReason.SPONSOR: self.tr("Sponsor or partner"),
            GiftReason.GOODWILL: self.tr("Goodwill after a complaint"),
        }
