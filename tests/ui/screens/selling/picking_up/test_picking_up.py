"""What was reserved is paid at the window: all of it or some seats, at one till and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import update

from pos_app.db.models import Price
from pos_app.domain.errors import NotOnSale, OutcomeUnknown
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.ui.screens.selling.picking_up.words import refusal_message
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from tests.kinds import SQLITE
from tests.services.orders.reserving import move_release, opened, reserved

if TYPE_CHECKING:
    import pytest

    from pos_app.domain.orders.reservations import OpenReservation, Reservation
    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def _reserve(till: Till, *numbers: int, name: str = "Zoë Novák") -> Reservation:
    return reserved(till.house, [till.house.small.seat(1, number) for number in numbers], name)


def _open(till: Till, made: Reservation) -> None:
    till.screen.picking_up.open(made.order_id)
    till.wait(lambda: till.screen.picking_up.is_active)


def _listed(till: Till) -> tuple[OpenReservation, ...]:
    return till.house.database.read(list_reservations, till.house.small.cashier)


def _pay(till: Till) -> None:
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.picking_up.paying.sheet
    till.wait(lambda: sheet.is_open)
    QTest.keyClick(sheet, Qt.Key.Key_Return)


def _press_all(till: Till) -> None:
    QTest.keyClick(till.screen.picking_up.panel.seats, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def _make_dearer(till: Till) -> None:
    till.house.database.transact(
        lambda session: session.execute(update(Price).values(amount_minor=Price.amount_minor + 500))
    )


def test_all_is_paid_and_its_tickets_are_set(till: Till) -> None:
    made = _reserve(till, 3, 4)
    _open(till, made)
    panel = till.screen.picking_up.panel
    assert panel.isVisible()
    assert panel.words.endswith("Zoë Novák")
    assert panel.total_words == "€80.00"
    _pay(till)
    till.wait(lambda: till.screen.tickets.is_open)
    assert not panel.isVisible()
    till.wait(lambda: till.screen.tickets.printed is not None)
    assert till.screen.tickets.printed is not None
    assert len(till.screen.tickets.printed.faces) == 2
    assert _listed(till) == ()
    till.press(Qt.Key.Key_Return)
    assert till.screen.basket_panel.isVisible()


def test_a_seat_is_left_out_by_the_space_bar_and_stays_reserved(till: Till) -> None:
    made = _reserve(till, 3, 4)
    _open(till, made)
    panel = till.screen.picking_up.panel
    assert panel.seats.hasFocus()
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Space)
    assert panel.total_words == "€40.00"
    assert panel._rest.text() == "1 seat stays reserved."
    till.wait(lambda: panel.performances.words.endswith("Stalls, row A, seat 3"))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.picking_up.paying.sheet
    till.wait(lambda: sheet.is_open)
    till.wait(lambda: sheet.performances.words.endswith("Stalls, row A, seat 3"))
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    (rest,) = _listed(till)
    assert (rest.seats, rest.owed_minor) == (1, 4000)
    done = till.screen.tickets.panel
    assert done._rows[0][1].words == "Zoë Novák"
    assert done._sentence.text().startswith("1 seat stays reserved until ")
    assert done._sentence.text().endswith("; €40.00 is to be paid for it.")


def test_nothing_is_paid_while_no_seat_is_chosen(till: Till) -> None:
    _open(till, _reserve(till, 3, 4))
    _press_all(till)
    panel = till.screen.picking_up.panel
    assert panel.total_words == "€0.00"
    assert not any(button.isEnabled() for button in panel.ways.values())
    _press_all(till)
    assert panel.total_words == "€80.00"


def test_esc_leaves_it_reserved_and_another_till_may_open_it(till: Till) -> None:
    made = _reserve(till, 3)
    _open(till, made)
    left: list[int] = []
    till.screen.picking_up.left.connect(left.append)
    till.press(Qt.Key.Key_Escape)
    assert not till.screen.picking_up.is_active
    assert left == [made.order_id]
    assert "stays reserved" in till.said
    till.settle()
    there = opened(till.house, made.order_id, till.house.small.elsewhere(till.house.small.cashier))
    assert there.order_id == made.order_id


def test_a_second_till_is_told_where_it_is_open(till: Till) -> None:
    made = _reserve(till, 3)
    opened(till.house, made.order_id, till.house.small.elsewhere(till.house.small.cashier))
    till.screen.picking_up.open(made.order_id)
    till.wait(lambda: "is open for paying at Till 2" in till.said)
    assert not till.screen.picking_up.is_active


def test_nobody_who_is_served_is_put_aside(till: Till) -> None:
    made = _reserve(till, 3)
    till.hold(till.house.small.seat(1, 5))
    till.screen.picking_up.open(made.order_id)
    assert "Somebody is being served here" in till.said
    assert not till.screen.picking_up.is_active


def test_no_seat_is_chosen_on_the_map_meanwhile(till: Till) -> None:
    _open(till, _reserve(till, 3))
    till.click(till.house.small.seat(1, 7))
    till.settle()
    assert not till.seats
    assert till.said.startswith("A reservation is being paid here.")
    till.press(Qt.Key.Key_F8)
    assert not till.is_asking(), "the basket's keys mean nothing now"


def test_todays_prices_are_shown_and_need_a_manager(till: Till) -> None:
    made = _reserve(till, 3, 4)
    _make_dearer(till)
    _open(till, made)
    panel = till.screen.picking_up.panel
    assert panel.total_words == "€80.00", "what was told holds"
    assert panel.prices.isVisible()
    assert "today €45.00" in panel.seats.item(0).text()
    panel.prices._buttons["now"].click()
    assert panel.total_words == "€90.00"
    till.press(Qt.Key.Key_F10)
    asked = till.sheet()
    assert isinstance(asked, ApprovalSheet)
    asked.cancel()
    assert not till.screen.picking_up.paying.is_open
    panel.prices._buttons["told"].click()
    _pay(till)
    till.wait(lambda: till.screen.tickets.is_open)
    assert till.screen.tickets.sale is not None
    assert till.screen.tickets.sale.total_minor == 8000


def test_a_lost_answer_is_found_out(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    _open(till, _reserve(till, 3))
    real = till.line.transact

    def lose(service: Any, /, *args: Any, **kwargs: Any) -> Any:
        done = real(service, *args, **kwargs)
        if service is pick_up:
            raise OutcomeUnknown(say("The connection broke."))
        return done

    monkeypatch.setattr(till.line, "transact", lose)
    till.screen.checkout.taking._again.setInterval(10)
    _pay(till)
    till.wait(lambda: till.screen.tickets.is_open)
    assert _listed(till) == ()


def test_seats_that_were_released_under_the_payment_are_told_of_with_the_money(till: Till) -> None:
    made = _reserve(till, 3)
    _open(till, made)
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.picking_up.paying.sheet
    till.wait(lambda: sheet.is_open)
    move_release(till.house, made.order_id, -10, open_too=True)
    till.house.database.transact(release_reservations)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    till.wait(lambda: not till.screen.picking_up.paying.is_open)
    assert "Give the money back" in till.said
    till.wait(lambda: not till.screen.picking_up.is_active)


def test_what_is_refused_before_money_was_taken_is_no_word_of_money(till: Till) -> None:
    words = "The gala is cancelled."
    error = NotOnSale(say(words), advice=say("Choose another performance."))
    assert not refusal_message(error, PaymentMethod.CASH, tendered=False).money
    assert refusal_message(error, PaymentMethod.CASH, tendered=True).money
    _open(till, _reserve(till, 3))
    till.screen.picking_up.paying.refused.emit(refusal_message(error, PaymentMethod.CASH, tendered=False))
    assert till.said.startswith(words)
    till.screen.notices.end_with_next()
    assert not till.said.startswith(words)
