"""What is done with a waiting list: a party moved up or taken off, an offer taken back, the list opened and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import InvalidInput, OutcomeUnknown, PosError, ServerBusy, ServerUnreachable
from pos_app.ui.waiting.length_sheet import LengthSheet
from pos_app.ui.waiting.words import wants_words
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count, spoken_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.waiting.rows import WaitingPage, WaitingRow
    from pos_app.ui.background import Reply
    from pos_app.ui.waiting.source import WaitingSource
    from pos_app.ui.widgets.sheets.reason import Reason

_TRY_AGAIN = (ServerUnreachable, ServerBusy, OutcomeUnknown)


class WaitingDeeds(QObject):
    """Asks before each deed, and tells what became of it. A repeat after a silence is the same request.

    Signals: done(Message): it is done, or refused because of what somebody else did: the list is to be read anew.
    """

    done = Signal(object)

    def __init__(self, asker: QWidget, source: WaitingSource) -> None:
        super().__init__(asker)
        self._asker = asker
        self._source = source

    def take_off(self, row: WaitingRow) -> None:
        """Take a party off the list, after a question."""
        name, request_id = row.entry.customer_name, new_request_id()
        lost = [side_by_side(name, wants_words(row))]
        if row.entry.offer is not None:
            lost.append(self.tr("What is offered goes to who waits next: {0}").format(spoken(row.spoken())))
        sheet = confirm(
            self._asker,
            self.tr("Take this party off the waiting list?"),
            self.tr("It is offered nothing any more, and loses its place."),
            yes=self.tr("Take it off"),
            no=self.tr("Leave it on"),
            lost=tuple(lost),
        )
        told = Message(self.tr("{0} is off the waiting list.").format(name), "", Level.OK)
        sheet.confirmed.connect(
            lambda: self._source.leave(self, request_id, row).then(
                lambda _entry: self.done.emit(told), lambda error: self.done.emit(message_for(error))
            )
        )

    def move_up(self, row: WaitingRow) -> None:
        """Let a party be the next one, with a reason."""
        name, request_id = row.entry.customer_name, new_request_id()
        choices = self.tr("Mistake of the house"), self.tr("Needs a wheelchair place"), self.tr("Wish of the artists")
        sheet = ReasonSheet(
            self._asker,
            self.tr("Why is this party the next one?"),
            self.tr("{0} is offered seats before all others that they fit.").format(name),
            choices=choices,
            yes=self.tr("Move it up"),
        )
        told = Message(self.tr("{0} is the next one.").format(name), "", Level.OK)
        self._ask_why(sheet, lambda reason: self._source.move_up(sheet, request_id, row, reason), told)

    def withdraw(self, row: WaitingRow) -> None:
        """Take an offer back, with a reason."""
        offer = row.entry.offer
        if offer is None:
            return
        name, request_id, offer_id = row.entry.customer_name, new_request_id(), offer.offer_id
        sheet = ReasonSheet(
            self._asker,
            self.tr("Why is this offer taken back?"),
            following(
                self.tr("{0} gets a letter, and waits no more.").format(name),
                self.tr("The seats go to who waits next: {0}").format(spoken(row.spoken())),
            ),
            choices=(self.tr("The party does not want them"), self.tr("Mistake of the house")),
            yes=self.tr("Take it back"),
            danger=True,
        )
        told = Message(self.tr("The offer to {0} is taken back.").format(name), "", Level.OK)
        self._ask_why(sheet, lambda reason: self._source.withdraw(sheet, request_id, offer_id, reason), told)

    def close_list(self, page: WaitingPage) -> None:
        """Close the list, with a reason, once it is told how many letters that means."""
        performance_id, request_id = page.evening.performance_id, new_request_id()
        letters = sum(1 for row in page.waiting if row.entry.email)
        offers = sum(1 for row in page.rows if row.entry.offer is not None)
        sheet = ReasonSheet(
            self._asker,
            self.tr("Why is the waiting list closed?"),
            following(
                spoken_count("{count} party waits no more.", "{count} parties wait no more.", len(page.waiting)),
                spoken_count("{count} letter goes out.", "{count} letters go out.", letters),
                _told_without(page.waiting),
                spoken_count(
                    "{count} open offer stands until it ends.", "{count} open offers stand until they end.", offers
                )
                if offers
                else "",
                self.tr("What comes free then is on sale at once."),
            ),
            choices=(self.tr("No more seats are expected"), self.tr("Enough parties wait")),
            yes=self.tr("Close the list"),
            danger=True,
        )
        told = Message(self.tr("The waiting list is closed."), "", Level.OK)
        self._ask_why(sheet, lambda reason: self._source.close_list(sheet, request_id, performance_id, reason), told)

    def open_list(self, page: WaitingPage) -> None:
        """Open the list, also while seats are still free."""
        performance_id, request_id = page.evening.performance_id, new_request_id()
        free = page.evening.free
        sentence = (
            spoken_count(
                "{count} seat that is still free stays on sale, unless somebody waits whom it fits.",
                "{count} seats that are still free stay on sale, unless somebody waits whom they fit.",
                free,
            )
            if free
            else self.tr("What comes free is offered to who waits, and not on sale before.")
        )
        sheet = LengthSheet(self._asker, self.tr("Open the waiting list"), sentence, page.offer_minutes)
        told = Message(self.tr("The waiting list is open."), "", Level.OK)
        self._ask_length(sheet, lambda least: self._source.open_list(sheet, request_id, performance_id, least), told)

    def change_length(self, page: WaitingPage) -> None:
        """Let offers stand longer or shorter from now on."""
        performance_id = page.evening.performance_id
        sentence = self.tr("Offers that are open already stand as they were told.")
        sheet = LengthSheet(
            self._asker, self.tr("How long an offer stands"), sentence, page.offer_minutes, yes=self.tr("Keep")
        )
        told = Message(self.tr("Offers stand as long from now on."), "", Level.OK)
        self._ask_length(sheet, lambda minutes: self._source.change_list(sheet, performance_id, minutes), told)

    def _ask_why(self, sheet: ReasonSheet, ask: Callable[[str], Reply[Any]], told: Message) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, (*_TRY_AGAIN, InvalidInput)) or not isinstance(error, PosError):
                sheet.show_message(message_for(error))
            else:
                sheet.close_sheet()
                self.done.emit(message_for(error))

        def given(reason: Reason) -> None:
            ask(reason.text).then(lambda _answer: self._close(sheet, told), failed)

        sheet.given.connect(given)
        sheet.open()

    def _ask_length(self, sheet: LengthSheet, ask: Callable[[int], Reply[Any]], told: Message) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, InvalidInput):
                sheet.show_wrong(spoken_error(error))
            else:
                sheet.show_message(message_for(error))

        sheet.given.connect(lambda minutes: ask(minutes).then(lambda _answer: self._close(sheet, told), failed))
        sheet.open()

    def _close(self, sheet: ReasonSheet | LengthSheet, told: Message) -> None:
        sheet.close_sheet()
        self.done.emit(told)


def _told_without(waiting: Sequence[WaitingRow]) -> str:
    """Say how many have no address for a letter: they are to be called."""
    without = sum(1 for row in waiting if not row.entry.email)
    if not without:
        return ""
    return spoken_count(
        "{count} has no e-mail address and is to be called.",
        "{count} have no e-mail address and are to be called.",
        without,
    )
