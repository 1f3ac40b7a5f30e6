"""An address is verified beside its customer: a code is sent, typed, and what came of it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.db.clock import utc_plus
from pos_app.db.models import EmailVerification
from pos_app.domain.letters.verification import MOST_TRIES
from pos_app.services.customers.records import load_customer
from pos_app.ui.customers.verifying.sheet import VerifySheet
from tests.services.letters.codes import another_than, sent_codes, set_back, set_mail_server
from tests.ui.screens.customers.conftest import words_in

if TYPE_CHECKING:
    from tests.ui.screens.customers.conftest import Desk


@pytest.fixture
def asked(desk: Desk) -> VerifySheet:
    """Open a customer whose address is not verified, and press the key."""
    desk.add("Anna Novak", email="anna@example.org")
    desk.open("anna")
    assert "E-mail address not verified" in words_in(desk.page.facts)
    desk.press(Qt.Key.Key_F8)
    desk.wait(desk.sheet)
    sheet = desk.sheet()
    assert isinstance(sheet, VerifySheet)
    return sheet


def _send(desk: Desk) -> str:
    """Send a code; return the one that the letter brings."""
    desk.press(Qt.Key.Key_F8)
    desk.settle()
    return (sent_codes(desk.house.database, _number(desk)) or [""])[-1]


def _type(desk: Desk, sheet: VerifySheet, code: str) -> None:
    sheet.field.selectAll()
    QTest.keyClicks(sheet.field, code)
    desk.press(Qt.Key.Key_Return)
    desk.settle()


def _number(desk: Desk) -> int:
    assert desk.page.record is not None
    return int(desk.page.record.customer_id)


def test_the_code_of_the_letter_verifies_the_address(desk: Desk, asked: VerifySheet) -> None:
    desk.house.database.transact(set_mail_server)
    code = _send(desk)
    assert asked.told.text() == "A code is on its way to anna@example.org. It is good for 15 minutes."
    _type(desk, asked, code)
    assert desk.sheet() is None
    assert desk.page.banner.message.text == "The e-mail address of Anna Novak is verified."
    assert "E-mail address verified" in words_in(desk.page.facts)
    assert not desk.page.facts.verify.isVisible()
    stored = desk.house.database.read(load_customer, desk.house.small.cashier, _number(desk))
    assert stored.verified_at is not None


def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_stays(desk: Desk, asked: VerifySheet) -> None:
    desk.house.database.transact(set_mail_server)
    code = _send(desk)
    _type(desk, asked, "123")
    assert asked.told.text() == "A code has 6 digits."
    _type(desk, asked, another_than(code))
    assert asked.told.text() == "This is not the code. It can be typed 4 times more."
    assert asked.field.text() == another_than(code)
    assert asked.field.property("wrong") == "true"
    for _ in range(MOST_TRIES - 1):
        _type(desk, asked, another_than(code))
    assert "too often" in asked.told.text()
    desk.press(Qt.Key.Key_F8)
    desk.settle()
    assert asked.told.text().startswith("A code was sent to this address a moment ago.")
    desk.house.database.transact(set_back, EmailVerification, created_at=utc_plus(-61))
    second = _send(desk)
    desk.house.database.transact(set_back, EmailVerification, expires_at=utc_plus(-1))
    _type(desk, asked, second)
    assert asked.told.text() == "The code was good for 15 minutes, and that is over. Send a new one."


def test_without_a_mail_server_it_is_told_who_can_set_one(desk: Desk, asked: VerifySheet) -> None:
    assert _send(desk) == ""
    assert asked.told.text() == (
        "This house sends no letters yet: no mail server is set. A manager sets one under Manage, Letters."
    )
    desk.press(Qt.Key.Key_Escape)
    assert desk.sheet() is None


def test_a_server_that_does_not_answer_is_told_and_the_same_code_is_asked_for_again(
    desk: Desk, asked: VerifySheet
) -> None:
    desk.house.database.transact(set_mail_server)
    desk.line.cut = True
    desk.press(Qt.Key.Key_F8)
    desk.settle()
    assert asked.told.text() == "The server cannot be reached. Try again in a moment."
    desk.line.cut = False
    assert _send(desk)
    assert len(sent_codes(desk.house.database, _number(desk))) == 1
