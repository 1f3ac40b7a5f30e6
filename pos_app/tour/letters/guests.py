"""Guests whom the house writes to, in the tour: one reads out a code and gets tickets, another one is reminded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.tour.hands import Hands
from pos_app.tour.letters.receiver import SENT_WITHIN
from pos_app.tour.stage import fail
from pos_app.ui.customers.verifying.sheet import VerifySheet
from pos_app.ui.screens.selling.basket.order_sheet import OrderSheet
from pos_app.ui.screens.selling.reserving.sheet import ReserveSheet

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pos_app.app import Foyer
    from pos_app.tour.letters.receiver import Receiver
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage
    from pos_app.ui.customers.finder import CustomerFinder
    from pos_app.ui.screens.customers.page import CustomerRecords

BUYER: Final = "Anna Nowak"
_BUYER_ADDRESS: Final = "anna.nowak@example.org"
_FORGETFUL: Final = "Ingrid S\N{LATIN SMALL LETTER O WITH STROKE}rensen"
"""Is known without an address."""
_FORGETFUL_ADDRESS: Final = "ingrid.sorensen@example.org"
_CODE: Final = re.compile(r"\b\d{6}\b")


class Guests:
    """Looks customers up at the till, and into their mail."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling, receiver: Receiver) -> None:
        self._stage = stage
        self._foyer = foyer
        self._selling = selling
        self._receiver = receiver
        self._hands = Hands(stage, foyer.window)
        self._seen = 0

    def sell(self) -> None:
        """Press Alt+1, and choose a performance."""
        self._hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        self._selling.choose_performance()

    def ask_to_reserve(self) -> None:
        """Press F6, and choose one who is known without an address."""
        self._hands.key(Qt.Key.Key_F6)
        sheet = self._hands.wait_for_sheet(ReserveSheet)
        self._choose(sheet.finder, _FORGETFUL)
        self._stage.wait_for("it is told until when", lambda: sheet.until is not None and sheet.yes.isEnabled())

    def reserve(self) -> None:
        """Press Enter: the seats are kept, and the slip is set."""
        self._hands.key(Qt.Key.Key_Return)
        self._hands.wait_for_no_sheet()
        tickets = self._selling.sell.tickets
        self._stage.wait_for("it is reserved", lambda: tickets.sale is not None)
        self._stage.wait_for("the slip is set", lambda: tickets.printed is not None)

    def type_address(self) -> None:
        """Press Alt+3, look the guest up, type the address that was missing, and save it."""
        self._hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        page = self._page
        self._hands.write(page.found.search, _FORGETFUL)
        self._stage.wait_for("the guest is found", lambda: [one.name for one in page.found.table.shown] == [_FORGETFUL])
        self._hands.choose_row(page.found.table, _FORGETFUL)
        QTest.keyClick(page.found.table, Qt.Key.Key_Return)
        self._stage.wait_for("the guest is shown", lambda: page.record is not None and page.record.name == _FORGETFUL)
        self._hands.fill(email=_FORGETFUL_ADDRESS)
        self._hands.save()

    def ask_customer(self) -> None:
        """Press F8 over the basket, and choose whose it is; then F9, for the address is not verified."""
        self._seen = len(self._receiver.letters_to(_BUYER_ADDRESS))
        self._hands.key(Qt.Key.Key_F8)
        sheet = self._hands.wait_for_sheet(OrderSheet)
        self._choose(sheet.finder, BUYER)
        self._hands.key(Qt.Key.Key_F9)
        self._hands.wait_for_sheet(VerifySheet)

    def send_code(self) -> None:
        """Press F8: a letter brings six digits; type them as the guest reads them out."""
        sheet = self._hands.wait_for_sheet(VerifySheet)
        self._hands.key(Qt.Key.Key_F8)
        letter = self.wait_for_letter()
        told = letter.get_body(("plain",))
        found = _CODE.search(told.get_content() if told is not None else "")
        if found is None:
            fail("there is no code in the letter")
        self._stage.wait_for("it is said that a code is on its way", sheet.send.isEnabled)
        self._hands.write(sheet.field, found[0])

    def verify(self) -> None:
        """Press Enter: the address is theirs, and the card of the customer says so."""
        self._hands.key(Qt.Key.Key_Return)
        finder = self._hands.wait_for_sheet(OrderSheet).finder
        self._stage.wait_for(
            "the address is verified", lambda: finder.customer is not None and finder.customer.verified
        )

    def keep_customer(self) -> None:
        """Press Enter: the basket is theirs."""
        self._hands.key(Qt.Key.Key_Return)
        self._hands.wait_for_no_sheet()
        basket = self._selling.sell.hold.basket
        self._stage.wait_for("the basket has the name", lambda: basket.customer_name == BUYER)

    def get_tickets(self) -> None:
        """Wait until the tickets of what was just sold or exchanged have come, as a PDF and for the calendar."""
        self._require_tickets(self.wait_for_letter())

    def wait_for_letter(self) -> EmailMessage:
        """Wait until one more letter has come for who buys here, and return it."""
        self._stage.wait_for(
            "a letter has come", lambda: len(self._receiver.letters_to(_BUYER_ADDRESS)) > self._seen, SENT_WITHIN
        )
        self._seen += 1
        return self._receiver.letters_to(_BUYER_ADDRESS)[self._seen - 1]

    def get_reminded(self) -> None:
        """Press Alt+4, and look for the other guest: housekeeping tells them by itself that the time is near."""
        self._stage.wait_for(
            "the reminder has come", lambda: self._receiver.letters_to(_FORGETFUL_ADDRESS), SENT_WITHIN
        )
        self._hands.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        letters = self._foyer.workplace.letters if self._foyer.workplace is not None else None
        if letters is None:
            fail("the letters are not open")
        self._hands.press("All", letters.search.views)
        self._hands.write(letters.search.field, _FORGETFUL_ADDRESS)
        wanted = (LetterKind.LAPSE_SOON, LetterState.SENT)
        self._stage.wait_for(
            "it is told as sent", lambda: [(one.kind, one.state) for one in letters.search.table.shown] == [wanted]
        )

    @property
    def _page(self) -> CustomerRecords:
        workplace = self._foyer.workplace
        if workplace is None or workplace.customers is None:
            fail("the customers are not open")
        return workplace.customers.page

    def _choose(self, finder: CustomerFinder, name: str) -> None:
        """Type a name, walk to the one who has it by the arrow key, and press Enter."""
        self._hands.write(finder.line, name)
        self._stage.wait_for(
            f"{name} is offered", lambda: [one.name for one in finder.suggestions.customers][:1] == [name]
        )
        self._hands.key(Qt.Key.Key_Down)
        self._hands.key(Qt.Key.Key_Return)
        self._stage.wait_for(f"{name} is chosen", lambda: finder.customer is not None and finder.customer.name == name)

    @staticmethod
    def _require_tickets(letter: EmailMessage) -> None:
        kinds = {part.get_content_type() for part in letter.walk()}
        if missing := {"application/pdf", "text/calendar"} - kinds:
            fail(f"the letter brings no {' and no '.join(sorted(missing))}")
