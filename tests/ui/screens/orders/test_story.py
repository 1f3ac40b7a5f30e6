"""An evening at the order desk, with the real services on SQLite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.orders.exchanges import DetailsRequest
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.orders.details import correct_details
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from tests.services.orders.exchanging import scan, short_code
from tests.services.orders.ledgers import require_balance
from tests.services.orders.selling_to import sell_to
from tests.small_house import ADULT_MINOR, CHILD_MINOR, sell_seats
from tests.ui.screens.orders.conftest import allow_by_pin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.houses import OpenHouse

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]
Desk: TypeAlias = "Callable[[Actor], OrdersScreen]"


def _given_back(qtbot: QtBot, screen: OrdersScreen) -> GivenBackSheet:
    """Wait for what the customer is told."""
    qtbot.waitUntil(lambda: screen.findChild(GivenBackSheet) is not None)
    told = screen.findChild(GivenBackSheet)
    assert isinstance(told, GivenBackSheet)
    return told


def test_a_fresh_order_is_printed_anew_and_taken_back(
    qtbot: QtBot, house: OpenHouse, press: TicketPress, desk_of: Desk
) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
    screen = desk_of(small.cashier)
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    screen.panel.preview_button.click()
    qtbot.waitUntil(lambda: screen.findChild(PreviewSheet) is not None)
    preview = screen.findChild(PreviewSheet)
    assert isinstance(preview, PreviewSheet)
    assert len(preview.preview.images) == 2
    QTest.keyClick(preview, Qt.Key.Key_Escape)

    QTest.keyClick(screen, Qt.Key.Key_F6)
    why = screen.prints.sheet
    assert why is not None
    why.reason_field.setText("Paper jam")
    why.yes.click()
    qtbot.waitUntil(lambda: [row.words for row in screen.panel.rows.rows] == 2 * ["Adult · Print 2"])
    assert len(list(press.folder.glob(f"{sale.number}-print-2-*.pdf"))) == 1

    QTest.keyClick(screen, Qt.Key.Key_F8)
    wrong = screen.voiding.sheet
    assert wrong is not None
    wrong.reason_field.setText("Wrong seats")
    wrong.yes.click()
    asked = screen.voiding.approving.sheet
    assert asked is not None
    assert asked.accessibleName() == f"Void order {sale.number[:4]}-{sale.number[4:]}: €80.00 goes back"
    allow_by_pin(qtbot, asked)
    assert _given_back(qtbot, screen).amount.text == "€80.00"
    qtbot.waitUntil(lambda: screen.table.orders[0].standing is OrderStanding.VOID)
    qtbot.waitUntil(lambda: not screen.action_row.refund_button.isEnabled())
    house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
    require_balance(house)


def test_one_ticket_is_refunded_with_its_fee_left_due_and_paid_out_later(
    qtbot: QtBot, house: OpenHouse, desk_of: Desk
) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, (1, 2), small.gala_id))
    screen = desk_of(small.cashier)
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    screen.panel.rows.toggle(1)
    QTest.keyClick(screen, Qt.Key.Key_F7)
    sheet = screen.refunding.sheet
    assert sheet is not None
    qtbot.waitUntil(sheet.yes.isEnabled)
    assert sheet.amount.text == "€40.00"
    assert sheet.why.text() == "Each refund needs a manager."
    QTest.keyClick(sheet, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: sheet.amount.text == "€40.50")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text() == "Choose or type a reason."
    sheet.reason.choices[0].click()
    sheet.pay_now.box.click()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    asked = screen.refunding.approving.sheet
    assert asked is not None
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert sheet.problem.text() == "Nothing was refunded: no manager has allowed it."
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    allow_by_pin(qtbot, screen.refunding.approving.sheet)
    told = _given_back(qtbot, screen)
    assert told.sentences[0] == "€40.50 will be given back later."
    QTest.keyClick(told, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.panel.owed.text() == "€40.50 is still to be paid out.")
    assert screen.panel.standing.text() == "Part refunded"

    QTest.keyClick(screen, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    due = screen.paying.list
    assert due is not None
    qtbot.waitUntil(lambda: due.chosen is not None)
    assert due.summary.text() == "1 refund: €40.50."
    due.pay.click()
    pay = screen.paying.sheet
    assert pay is not None
    pay.yes.click()
    qtbot.waitUntil(lambda: screen.paying.approving.sheet is not None)
    allow_by_pin(qtbot, screen.paying.approving.sheet)
    qtbot.waitUntil(due.empty.isVisible)
    assert due.empty._title.text() == "Nothing is due"
    assert f"{sale.number[:4]}-{sale.number[4:]}" in due.said.text()
    assert "€40.50 back in cash." in due.said.text()
    qtbot.waitUntil(screen.panel.owed.isHidden)
    require_balance(house)


def test_what_another_till_did_meanwhile_is_told_and_the_refund_of_what_is_left_goes_on(
    qtbot: QtBot, house: OpenHouse, desk_of: Desk
) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
    screen = desk_of(small.manager)
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    QTest.keyClick(screen, Qt.Key.Key_F7)
    sheet = screen.refunding.sheet
    assert sheet is not None
    qtbot.waitUntil(sheet.yes.isEnabled)
    sheet.reason.line.setText("Is ill")
    elsewhere = small.elsewhere(small.cashier)
    house.database.transact(correct_details, elsewhere, DetailsRequest(uuid4().hex, sale.order_id, None, "Bea", ""))
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.panel.customer.text() == "Bea")
    assert sheet.is_open
    assert sheet.reason.text == "Is ill"
    qtbot.waitUntil(sheet.yes.isEnabled)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert _given_back(qtbot, screen).amount.text == "€80.00"
    require_balance(house)


def test_two_guests_swap_one_becomes_a_child_and_the_name_is_mended(
    qtbot: QtBot, house: OpenHouse, press: TicketPress, desk_of: Desk
) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
    screen = desk_of(small.cashier)
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    QTest.keyClick(screen, Qt.Key.Key_F12)
    details = screen.correcting.sheet
    assert details is not None
    details.name.line.setText("Zoë Müller")  # type: ignore[union-attr]
    QTest.keyClick(details, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.panel.customer.text() == "Zoë Müller")

    QTest.keyClick(screen, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: screen.retyping.sheet is not None)
    types = screen.retyping.sheet
    assert types is not None
    assert not types.yes.isEnabled()
    box = next(iter(types.rows.boxes.values()))
    box.setCurrentIndex(box.findData(small.child_id))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(types.yes.isEnabled)
    back = ADULT_MINOR["A"] - CHILD_MINOR["A"]
    assert types.amount.text == f"€{back // 100}.00"
    assert types.caption.text() == "Goes back"
    types.reason.line.setText("Is a child")
    QTest.keyClick(types, Qt.Key.Key_Return)
    asked = screen.retyping.approving.sheet
    assert asked is not None
    number = f"{sale.number[:4]}-{sale.number[4:]}"
    assert asked.accessibleName() == f"Other ticket types: €{back // 100}.00 goes back, order {number}"
    allow_by_pin(qtbot, asked)
    told = _given_back(qtbot, screen)
    assert told.amount.text == f"€{back // 100}.00"
    QTest.keyClick(told, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Child · First print" in [row.words for row in screen.panel.rows.rows])

    QTest.keyClick(screen, Qt.Key.Key_F10)
    swap = screen.correcting.sheet
    assert swap is not None
    assert swap.told.text().endswith("change places.")  # type: ignore[union-attr]
    QTest.keyClick(swap, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(screen.panel.rows.rows) == 5)
    assert [row.line.is_live for row in screen.panel.rows.rows] == [True, True, False, False, False]
    # On a till without a printer the file is the ticket: what the change of types has made lies beside the swap's.
    files = [press.folder / f"{sale.number}{end}.pdf" for end in ("", "-2")]
    qtbot.waitUntil(lambda: screen.banner.message.text.startswith(f"Saved as {files[1].name}"))
    assert sorted(press.folder.glob("*.pdf")) == sorted(files)
    new = screen.panel.order.live_seats[0].ticket if screen.panel.order else None
    assert new is not None
    assert scan(house, short_code(house, new.ticket_id)).verdict == "admitted"
    assert scan(house, short_code(house, sale.ticket_ids[0])).verdict == "refused"
    require_balance(house)


def test_what_waits_at_the_window_is_found_by_name_and_its_first_print_is_none_anew(
    qtbot: QtBot, house: OpenHouse, press: TicketPress, desk_of: Desk
) -> None:
    small = house.small
    house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))

    def sell_by_phone(session: Session) -> None:
        seat, key = small.seat(2, 5), uuid4().hex
        place_hold(session, small.cashier, key, [seat])
        line, cash = SaleLine(seat, small.adult_id), Tender(PaymentMethod.CASH, 4000, 4000)
        asked = SaleRequest(uuid4().hex, key, (line,), 4000, cash, customer_name="Ólafur Jónsson")
        sell(session, small.cashier, replace(asked, collect=True))

    house.database.transact(sell_by_phone)
    screen = desk_of(small.cashier)
    qtbot.waitUntil(lambda: len(screen.table.orders) == 2)
    QTest.keyClicks(screen.search.field, "jonsson")
    qtbot.waitUntil(lambda: len(screen.table.orders) == 1)
    qtbot.waitUntil(lambda: screen.action_row.print_button.words == "Hand over 1 ticket")
    assert screen.table.orders[0].waits
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: [row.words for row in screen.panel.rows.rows] == ["Adult · First print"])
    qtbot.waitUntil(lambda: screen.banner.message.text.startswith("Saved as"))
    assert len(list(press.folder.glob("*.pdf"))) == 1
    QTest.keyClick(screen, Qt.Key.Key_F4)
    qtbot.waitUntil(screen.search.empty.isVisible)
    assert screen.search.empty._title.text() == "Nothing waits at the window"


def test_guests_who_have_no_paper_yet_swap_and_change_types_and_nothing_is_printed(
    qtbot: QtBot, house: OpenHouse, press: TicketPress, desk_of: Desk
) -> None:
    small = house.small
    house.database.transact(sell_to, house, small.seats_of(1, (1, 2)), "Zoë", collect=True)
    screen = desk_of(small.manager)
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    QTest.keyClick(screen, Qt.Key.Key_F10)
    swap = screen.correcting.sheet
    assert swap is not None
    assert swap.told.text().endswith("Type and price are the same.")  # type: ignore[union-attr]
    QTest.keyClick(swap, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(screen.panel.rows.rows) == 4)
    assert screen.banner.message.advice == "Their new tickets wait at the window."
    QTest.keyClick(screen, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: screen.retyping.sheet is not None)
    types = screen.retyping.sheet
    assert types is not None
    box = next(iter(types.rows.boxes.values()))
    box.setCurrentIndex(box.findData(small.child_id))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(types.yes.isEnabled)
    types.reason.line.setText("Is a child")
    QTest.keyClick(types, Qt.Key.Key_Return)
    told = _given_back(qtbot, screen)
    assert told.sentences[-1] == "The new ticket waits at the window."
    QTest.keyClick(told, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.action_row.print_button.words == "Hand over 2 tickets")
    assert not list(press.folder.glob("*.pdf"))
    require_balance(house)


def test_what_is_listed_is_exported(
    qtbot: QtBot, house: OpenHouse, desk_of: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
    screen = desk_of(small.cashier)
    qtbot.waitUntil(lambda: len(screen.table.orders) == 1)
    path = tmp_path / "orders.csv"
    monkeypatch.setattr("pos_app.ui.save_file.ask_path", lambda *_args: str(path))
    screen.search.export_button.click()
    qtbot.waitUntil(lambda: screen.banner.message.text == "The orders were exported.")
    head, row = path.read_text("utf-8-sig").splitlines()
    assert head.startswith("Order,")
    assert row.startswith(f"{sale.number[:4]}-{sale.number[4:]},")
    assert "80.00" in row
