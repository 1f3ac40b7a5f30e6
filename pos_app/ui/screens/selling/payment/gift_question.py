"""Complimentary tickets: why they are given, and who allows it, asked before anything else of the payment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.flows.sign_in import approve
from pos_app.services.staff.choices import list_approvers
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.errors import ApprovalRefused
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
        self._asked: ApprovalSheet | None = None

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
        who = "" if may_give else self.tr("A manager has to allow it.")
        sheet = ReasonSheet(
            self._screen,
            self.tr("Complimentary tickets"),
            following(
                spoken_count("{count} ticket is given away.", "{count} tickets are given away.", len(seats)), who
            ),
            choices=tuple(choices.values()),
            yes=self.tr("Give away") if may_give else self.tr("Go on"),
        )

        def settle(reason: str, approval_id: int | None) -> None:
            kind = next((kind for kind, words in choices.items() if words == reason), GiftReason.OTHER)
            self._gift, self._for = Gift(kind, reason, approval_id), (basket.key, seats)
            go_on()

        def given(reason: Reason) -> None:
            sheet.close_sheet()
            if may_give:
                settle(reason.text, None)
            else:
                self._ask_manager(self._screen, reason.text, lambda approval_id: settle(reason.text, approval_id))

        sheet.given.connect(given)
        sheet.open()

    def ask_again(self, basket: Basket, over: QWidget, error: ApprovalRefused, go_on: Callable[[], object]) -> None:
        """Ask a manager once more for the same reason, over the open payment: what was allowed is not good any more."""
        gift = self.answer_for(basket)
        if gift is None or self._is_asking:
            return

        def settle(approval_id: int | None) -> None:
            self._gift = replace(gift, approval_id=approval_id)
            go_on()

        self._ask_manager(over, gift.words, settle).refuse(error)

    @property
    def _is_asking(self) -> bool:
        return self._asked is not None and isValid(self._asked) and self._asked.is_open

    def _ask_manager(self, over: QWidget, reason: str, allowed: Callable[[int | None], None]) -> ApprovalSheet:
        self._asked = sheet = ApprovalSheet(over, self.tr("Complimentary tickets"), reason, yes=self.tr("Give away"))

        def settle(approval_id: int | None) -> None:
            sheet.close_sheet()
            allowed(approval_id)

        sheet.given.connect(
            lambda approval: self._office.run_flow(sheet, approve, approval, Permission.GIVE_AWAY).then(
                settle, sheet.refuse
            )
        )
        sheet.open()
        self._office.background.read_latest(sheet, "approvers", list_approvers).then(sheet.show_managers, sheet.refuse)
        return sheet

    def _choices(self) -> dict[GiftReason, str]:
        return {
            GiftReason.PRESS: self.tr("Press"),
            GiftReason.ARTIST: self.tr("Guest of the artists"),
            GiftReason.STAFF: self.tr("Staff"),
            GiftReason.SPONSOR: self.tr("Sponsor or partner"),
            GiftReason.GOODWILL: self.tr("Goodwill after a complaint"),
        }
