"""A person asks to be forgotten, and a manager does it knowingly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import update

from pos_app.db.models import OrderLine, Refund
from pos_app.domain.customers.mentions import Mentions
from pos_app.domain.customers.privacy import ErasedCustomer
from pos_app.domain.orders.changes import LineState
from pos_app.flows.erase_customer import ErasedHere
from pos_app.services.customers.privacy.erasing import erase_customer, preview_erasure
from pos_app.services.customers.records import load_customer
from pos_app.ui.screens.customers.privacy.erase_sheet import EraseSheet
from tests.kinds import SQLITE
from tests.services.orders.refunding import give_back, live_lines
from tests.ui.replies import Now
from tests.ui.screens.customers.conftest import words_in

if TYPE_CHECKING:
    from tests.ui.screens.customers.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def _ask(office: Desk) -> EraseSheet:
    office.press(Qt.Key.Key_F7)
    office.press(Qt.Key.Key_F11)
    office.settle()
    sheet = office.sheet()
    assert isinstance(sheet, EraseSheet)
    return sheet


def test_what_goes_and_what_stays_is_told_and_only_the_name_lets_it_happen(office: Desk) -> None:
    anna = office.add("Anna Novák", email="anna@example.org")
    office.buy(anna.customer_id, 1, 1, 2)
    office.press(Qt.Key.Key_F5)
    office.open("anna@example.org")
    sheet = _ask(office)
    told = words_in(sheet).replace("\N{ZERO WIDTH SPACE}", "")
    assert f"Erase Anna Novák (number {anna.customer_id})?" in told
    assert "Name, e-mail address, phone, note, marks and consent" in told
    assert "1 order stays without a name: the law makes the house keep" in told
    assert "Backups" in told
    QTest.keyClicks(sheet.line, "Anna")
    office.press(Qt.Key.Key_Return)
    office.control(Qt.Key.Key_Return)
    assert "neither the name above nor the number" in words_in(sheet)
    assert office.house.database.read(load_customer, office.house.small.manager, anna.customer_id).name
    sheet.line.selectAll()
    QTest.keyClicks(sheet.line, "anna novak")
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert sheet.is_open, "Enter alone is no answer"
    office.control(Qt.Key.Key_Return)
    assert office.sheet() is None
    assert "is erased" in words_in(office.page.banner)
    assert office.names == []
    record = office.page.record
    assert (record.name, record.email) == ("", "")
    assert record.erased_at is not None
    page = words_in(office.page.editor)
    assert f"Customer {anna.customer_id}" in page
    assert "Erased" in page
    assert not office.page.editor.restore_button.isVisible()
    assert office.page.office.erase_button.words == "Remove from this computer…"
    assert not office.line_of("name").isEnabled()
    assert office.page.parts.buttons[1].words == "Orders (1)"


def test_the_number_does_where_a_name_cannot_be_typed(office: Desk) -> None:
    somebody = office.add("עדי שפירא")
    office.press(Qt.Key.Key_F5)
    office.open(f"#{somebody.customer_id}")
    sheet = _ask(office)
    QTest.keyClicks(sheet.line, str(somebody.customer_id))
    office.control(Qt.Key.Key_Return)
    assert office.sheet() is None
    assert office.page.record.erased_at is not None


def test_who_has_money_to_get_is_not_erased_and_it_is_told_why(office: Desk) -> None:
    anna = office.add("Anna")
    sale = office.buy(anna.customer_id, 1, 1, 2)
    give_back(office.house, sale, live_lines(office.house, sale)[:1])
    office.house.database.transact(lambda session: session.execute(update(Refund).values(state="failed")))
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    office.press(Qt.Key.Key_F7)
    office.press(Qt.Key.Key_F11)
    office.settle()
    assert office.sheet() is None
    assert "A refund of this customer is not paid out yet" in words_in(office.page.banner)
    assert "Pay it out, then erase" in words_in(office.page.banner)


def test_who_has_seats_reserved_is_not_erased_either(office: Desk) -> None:
    anna = office.add("Anna")
    office.buy(anna.customer_id, 1, 1)
    reserved = update(OrderLine).values(state=LineState.RESERVED)
    office.house.database.transact(lambda session: session.execute(reserved))
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    office.press(Qt.Key.Key_F7)
    office.press(Qt.Key.Key_F11)
    office.settle()
    assert office.sheet() is None
    assert "Seats are still reserved for this customer" in words_in(office.page.banner)


def test_what_comes_between_is_told_in_the_sheet_and_it_can_be_tried_again(office: Desk) -> None:
    office.add("Anna")
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    sheet = _ask(office)
    QTest.keyClicks(sheet.line, "anna")
    office.line.cut = True
    office.control(Qt.Key.Key_Return)
    assert office.sheet() is sheet
    assert "cannot be reached" in words_in(sheet)
    assert sheet.line.text() == "anna"
    office.line.cut = False
    office.control(Qt.Key.Key_Return)
    assert office.sheet() is None
    assert office.page.record.erased_at is not None


def test_what_lies_on_another_computer_of_one_who_was_erased_is_removed_there(office: Desk, tmp_path: Path) -> None:
    anna = office.add("Anna")
    sale = office.buy(anna.customer_id, 1, 1)
    small = office.house.small
    office.house.database.transact(erase_customer, small.manager, anna.customer_id, request_id=uuid4().hex)
    tickets = tmp_path / "tickets" / f"{sale.number}.pdf"
    tickets.parent.mkdir()
    tickets.write_bytes(b"%PDF Anna")
    office.look_for(f"#{anna.customer_id}")
    assert office.names == [], "nobody finds who was erased, but by the number"
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert office.page.record.erased_at is not None
    office.press(Qt.Key.Key_F7)
    office.press(Qt.Key.Key_F11)
    assert "Remove what lies on this computer" in words_in(office.sheet())
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert not tickets.exists()
    assert "is erased" in words_in(office.page.banner)


def test_what_is_left_to_be_done_by_hand_is_told(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = office.add("Anna")
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    gone = ErasedCustomer(anna.customer_id, (anna.customer_id,), (), Mentions())
    here = ErasedHere(gone, 0, 0, is_wiped=False, left=(Path("/tickets/ABCD2345.pdf"),))
    monkeypatch.setattr(office.page._operations, "erase", lambda *_: Now(here))
    sheet = _ask(office)
    QTest.keyClicks(sheet.line, "anna")
    office.control(Qt.Key.Key_Return)
    told = words_in(office.page.banner).replace("\N{ZERO WIDTH SPACE}", "")
    assert "ABCD2345.pdf" in told
    assert "Close it, then do this once more" in told


def test_old_entries_of_the_audit_are_told_to_stay(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = office.add("Anna")
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    told = office.house.database.read(preview_erasure, office.house.small.manager, anna.customer_id)
    preview = replace(told, old_entries=3)
    monkeypatch.setattr(office.page._operations, "preview_erasure", lambda _owner, _customer: Now(preview))
    assert "3 old entries of the audit may name this person" in words_in(_ask(office))
