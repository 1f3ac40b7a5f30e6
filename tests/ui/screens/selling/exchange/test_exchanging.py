"""Seats of an order against others, on the selling map: from the first click to the new tickets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import select, update

from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Price, Refund, TicketType
from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidInput
from pos_app.domain.orders.exchanges import ExchangePreview
from pos_app.domain.payments.giving_back import RefundPart
from pos_app.domain.seats import MapState
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.ui.screens.selling.exchange.back_sheet import ExchangeSheet
from pos_app.ui.screens.selling.exchange.words import may_go_on, refusal_message
from pos_app.ui.seat_map.model.board import RETURNED
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.words.messages import Level, Message
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.orders.exchanging import exchanged
from tests.services.orders.refunding import give_back
from tests.services.stories import put_hold_back, seat_row
from tests.small_house import PINS, sell_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.ui.screens.selling.conftest import Till


@dataclass
class Swap:
    """An order that was sold at the till, and the exchange of its seats there."""

    till: Till
    sale: Sale
    lines: tuple[int, ...]

    @property
    def strip_words(self) -> str:
        return self.till.screen.exchanging.strip.words

    @property
    def hint(self) -> str:
        return self.till.screen.exchanging.strip.hint

    def told(self) -> int:
        """Return the difference once it is told for what is chosen now."""
        asked = self.till.screen.exchanging.previewing
        self.till.wait(lambda: asked.is_settled)
        assert asked.preview is not None, asked.refusal
        return asked.preview.difference_minor

    def pay(self) -> ExchangeSheet:
        self.told()
        self.till.press(Qt.Key.Key_F10)
        sheet = self.till.sheet()
        assert isinstance(sheet, ExchangeSheet)
        return sheet

    def give_reason(self, words: str = "Other seats") -> None:
        sheet = self.pay()
        QTest.keyClicks(sheet.reason_field, words)
        QTest.keyClick(sheet.reason_field, Qt.Key.Key_Return)

    def made(self) -> None:
        self.till.wait(lambda: self.till.screen.tickets.printed is not None)
        self.till.settle()
        assert not self.till.screen.exchanging.is_active
        assert not self.till.screen.exchanging.strip.isVisible()
        assert not self.till.journal.pending()
        assert self.till.house.database.read(judge_database) == ()


def begin(
    till: Till,
    seats: Sequence[SeatKey],
    *,
    given: int | None = None,
    ticket_type_id: int | None = None,
    child_first: bool = False,
) -> Swap:
    """Sell seats, and begin to exchange the first ones of them. child_first: on the first one sits a child."""
    sale = till.house.database.transact(sell_seats, till.house.small, seats, ticket_type_id=ticket_type_id)
    if child_first:
        exchanged(till.house, sale, [seats[0]], {seats[0]: till.house.small.child_id})
    found = select(OrderLine.id).where(
        OrderLine.order_id == sale.order_id, OrderLine.kind == "seat", OrderLine.state == "live"
    )
    rows = till.house.database.read(lambda session: session.execute(found.order_by(OrderLine.seat_id)).scalars().all())
    lines = tuple(rows[:given])
    till.poll()
    till.screen.exchanging.exchange.start(sale.order_id, lines)
    till.wait(lambda: till.screen.exchanging.is_active)
    till.settle()
    return Swap(till, sale, lines)


def look(till: Till, seat: SeatKey) -> int:
    """Return how a seat is painted."""
    return int(till.screen.map_panel.map._shown_scene().board.looks[till.index(seat)])


def seats_marked(till: Till) -> list[int]:
    """Return the seats that are painted as the order's own."""
    looks = till.screen.map_panel.map._shown_scene().board.looks
    return [at for at, one in enumerate(looks.tolist()) if one == RETURNED]


def allow_by_manager(till: Till) -> None:
    sheet = till.sheet()
    assert isinstance(sheet, ApprovalSheet)
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.wait(sheet.pin.isVisible)
    QTest.keyClicks(QApplication.focusWidget() or till.window, PINS[till.house.small.manager.role])
    till.press(Qt.Key.Key_Return)


def exchanges(till: Till) -> int:
    """Return how often something was exchanged."""
    found = select(OrderChange.id).where(OrderChange.kind.in_(("exchange", "correction")))
    return len(till.house.database.read(lambda session: session.execute(found).all()))


def line_states(till: Till, order_id: int) -> list[str]:
    def read(session: Session) -> list[str]:
        rows = select(OrderLine.state).where(OrderLine.order_id == order_id, OrderLine.kind == "seat")
        return sorted(session.execute(rows).scalars())

    return till.house.database.read(read)


@SQLITE_FIRST
def test_dearer_seats_are_chosen_and_the_difference_is_paid_in_cash(till: Till) -> None:
    small = till.house.small
    old, new = small.seats_of(4, (5, 6)), small.seats_of(1, (5, 6))
    swap = begin(till, old)
    assert "Gives back Stalls, row D, seats 5\u20136: 2 Adult (€50.00)" in swap.strip_words
    assert swap.hint == "Choose 2 more seats."
    till.hold(new[0])
    assert swap.hint == "Choose 1 more seat."
    till.hold(new[1])
    assert swap.told() == 3000
    panel = till.screen.basket_panel
    assert (panel._total_caption.text(), panel.total_words) == ("To pay", "€30.00")
    assert panel.ring.isVisible()
    question = swap.pay()
    amounts = [label for label in question.findChildren(QLabel) if label.text().startswith("€")]
    assert [label.text() for label in amounts] == ["€50.00", "€80.00", "€30.00"]
    assert len({label.geometry().right() for label in amounts}) == 1
    assert all(label.width() == label.sizeHint().width() for label in amounts), "they stand at the right"
    sheet = till.screen.exchanging.settling.sheet
    QTest.keyClicks(question.reason_field, "4111 1111 1111 1111")
    QTest.keyClick(question.reason_field, Qt.Key.Key_Return)
    assert question._wrong.text().startswith("A whole card number stands in the reason.")
    assert question.reason_field.text() == "**** **** **** 1111"
    assert not sheet.is_open, "no money is taken for what could not be stored"
    question.reason_field.clear()
    QTest.keyClicks(question.reason_field, "Other seats")
    QTest.keyClick(question.reason_field, Qt.Key.Key_Return)
    till.wait(lambda: sheet.is_open)
    assert sheet.cash.total.text == "€30.00"
    till.type("50")
    till.press(Qt.Key.Key_Return)
    swap.made()
    assert sheet._waits_for.text() == "Storing the exchange…"
    sold = till.screen.tickets.panel
    assert sold.change.text == "€20.00"
    assert "exchanged tickets are void" in sold._sentence.text()
    assert line_states(till, swap.sale.order_id) == ["exchanged", "exchanged", "live", "live"]
    assert [seat_row(till.house, seat).state for seat in (*old, *new)] == ["free", "free", "sold", "sold"]
    till.wait(lambda: till.state(old[0]) == MapState.FREE)
    till.press(Qt.Key.Key_Return)
    assert till.screen.basket_panel.isVisible()
    till.hold(old[0])
    assert till.screen.basket_panel.promo.isVisible()


@SQLITE
def test_a_child_stays_a_child_on_a_new_seat_in_the_order_of_the_old_ones(till: Till) -> None:
    small = till.house.small
    old = small.seats_of(4, (5, 6))
    swap = begin(till, old, child_first=True)
    assert "seats 5\u20136: 1 Child, 1 Adult (" in swap.strip_words
    till.hold(small.seat(4, 2))
    till.hold(small.seat(4, 3))
    till.settle()

    def types() -> list[int]:
        return [line.ticket_type.ticket_type_id for line in till.screen.hold.basket.lines]

    assert types() == [small.child_id, small.adult_id]
    assert swap.told() == 0
    # The adult keeps the old seat after all, and one of the new ones goes back: the child still is one.
    till.screen.exchanging.strip.keep_buttons[1].click()
    till.screen.hold.give_back([small.seat(4, 3)])
    assert types() == [small.child_id]
    assert swap.told() == 0


@SQLITE
def test_own_seats_are_kept_by_the_keyboard_and_a_type_that_costs_less_goes_back_with_a_manager(till: Till) -> None:
    small = till.house.small
    old, seats = small.seats_of(1, (5, 6)), till.screen.map_panel.map
    letter = update(TicketType).where(TicketType.id == small.child_id).values(letter="C")
    till.house.database.transact(lambda session: session.execute(letter))
    swap = begin(till, old)
    till.wait(lambda: look(till, old[0]) == RETURNED)
    QTest.keyClick(seats, Qt.Key.Key_Right)
    assert seats._focused == till.index(old[0])
    QTest.keyClick(seats, Qt.Key.Key_Return)
    assert (look(till, old[0]), look(till, old[1])) == (MapState.MINE, RETURNED)
    assert [one.text() for one in till.screen.exchanging.strip.keep_buttons] == ["Keeps A 5", "Keep A 6"]
    till.press(Qt.Key.Key_C)
    assert till.screen.exchanging.exchange.kept.lines[0].ticket_type.ticket_type_id == small.child_id
    till.hold(small.seat(1, 4))
    assert swap.told() == -2000
    panel = till.screen.basket_panel
    assert (panel._total_caption.text(), panel.total_words) == ("To give back", "€20.00")
    assert not any(way.isVisible() for way in panel.ways.values())
    swap.give_reason()
    till.wait(lambda: isinstance(till.sheet(), ApprovalSheet))
    number = f"{swap.sale.number[:4]}-{swap.sale.number[4:]}"
    assert till.sheet().accessibleName() == f"Exchange: €20.00 goes back, order {number}"
    # No manager is there: the question is open still, with what was typed.
    till.press(Qt.Key.Key_Escape)
    question = till.sheet()
    assert isinstance(question, ExchangeSheet)
    assert question.reason_field.text() == "Other seats"
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: isinstance(till.sheet(), ApprovalSheet))
    allow_by_manager(till)
    swap.made()
    sold = till.screen.tickets.panel
    assert (sold.change.text, sold._well_caption.text()) == ("€20.00", "Give back")
    assert "From the drawer, in cash." in sold._sentence.text()
    back = till.house.database.read(lambda session: session.execute(select(Refund.amount_minor, Refund.state)).all())
    assert back == [(2000, "paid")]
    assert [seat_row(till.house, seat).state for seat in (*old, small.seat(1, 4))] == ["sold", "free", "sold"]


@SQLITE
def test_the_best_seats_are_as_many_as_are_wanted_beside_those_that_are_kept(till: Till) -> None:
    old, best = till.house.small.seats_of(1, (5, 6, 7)), till.screen.map_panel.best
    begin(till, old)
    exchange = till.screen.exchanging.exchange
    assert best.count.value == 3
    exchange.toggle(old[0])
    assert best.count.value == 2
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    till.settle()
    assert (exchange.missing, best.count.value) == (0, 2)
    exchange.toggle(old[1])
    assert (exchange.missing, best.count.value) == (-1, 1)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 1)
    assert exchange.missing == 0
    exchange.toggle(old[1])
    exchange.toggle(old[0])
    assert (exchange.missing, best.count.value) == (2, 2)


@SQLITE
def test_what_was_said_of_what_was_done_before_is_gone_when_an_exchange_begins(till: Till) -> None:
    notices = till.screen.notices
    notices.say(Message("The gala is cancelled.", "Choose another performance.", Level.WARNING))
    begin(till, till.house.small.seats_of(1, (5, 6)))
    assert till.screen.banner.isHidden()
    till.screen.exchanging.exchange.leave()
    notices.say_of_money(Message("Order 12 is not paid.", "Give the money back.", Level.WARNING))
    begin(till, till.house.small.seats_of(2, (5, 6)))
    assert till.screen.banner.message.text == "Order 12 is not paid.", "what becomes of money stays"


@SQLITE
def test_a_seat_for_the_same_money_in_another_performance_asks_only_why(till: Till) -> None:
    small = till.house.small
    swap = begin(till, small.seats_of(1, (1, 2)), given=1)
    till.screen.on_sale.open_first(small.begun_id)
    till.wait_open(small.begun_id)
    assert seats_marked(till) == []
    till.click(small.seat(1, 3, small.begun_id))
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats)
    assert swap.told() == 0
    swap.give_reason()
    swap.made()
    assert till.screen.tickets.sale is not None
    assert len(till.screen.tickets.sale.ticket_ids) == 1
    assert line_states(till, swap.sale.order_id) == ["exchanged", "live", "live"]


@SQLITE
def test_esc_leaves_with_nothing_changed_and_a_customer_at_the_counter_is_not_pushed_aside(till: Till) -> None:
    small = till.house.small
    left: list[int] = []
    old = small.seats_of(1, (1, 2))
    swap = begin(till, old)
    till.screen.exchanging.exchange.left.connect(left.append)
    till.hold(small.seat(2, 3))
    till.click(old[0])
    till.press(Qt.Key.Key_F8)
    assert not till.is_asking()
    till.press(Qt.Key.Key_Escape)
    assert left == [swap.sale.order_id]
    till.settle()
    assert (till.seats, till.screen.exchanging.is_active) == ((), False)
    assert seat_row(till.house, small.seat(2, 3)).state == "free"
    assert seats_marked(till) == []
    assert "nothing is changed" in till.said
    assert line_states(till, swap.sale.order_id) == ["live", "live"]
    till.hold(small.seat(2, 3))
    till.screen.exchanging.exchange.start(swap.sale.order_id, swap.lines)
    till.settle()
    assert "Somebody is being served here" in till.said
    assert not till.screen.exchanging.is_active
    # It is a sale again, with all that belongs to one.
    assert till.screen.basket_panel.promo.isVisible()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)


@SQLITE
def test_too_many_seats_and_none_at_all_are_told_and_open_no_question(till: Till) -> None:
    small = till.house.small
    swap = begin(till, small.seats_of(1, (1, 2)), given=1)
    till.screen.exchanging.key.press()
    assert till.said.startswith("Choose 1 more seat.")
    till.hold(*small.seats_of(2, (3, 4)))
    assert swap.hint == "1 seat too many: put one back."
    till.press(Qt.Key.Key_F9)
    assert "too many" in till.said
    assert not till.is_asking()


@SQLITE
def test_an_order_that_was_changed_meanwhile_is_told_with_the_money_and_read_anew(till: Till) -> None:
    small = till.house.small
    swap = begin(till, small.seats_of(4, (5, 6)), given=1)
    till.hold(small.seat(1, 3))
    swap.give_reason()
    sheet = till.screen.exchanging.settling.sheet
    till.wait(lambda: sheet.is_open)
    bump = update(Order).where(Order.id == swap.sale.order_id).values(revision=Order.revision + 1)
    till.house.database.transact(lambda session: session.execute(bump))
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not sheet.is_open)
    assert "was changed meanwhile" in till.said
    assert "Nothing was exchanged. Give the money back." in till.said
    till.settle()
    assert "Nothing was done" not in till.said
    assert till.seats == (small.seat(1, 3),)
    assert swap.told() == 1500
    # What was typed is there still.
    assert swap.pay().reason_field.text() == "Other seats"


@SQLITE
def test_what_another_till_took_out_of_the_exchange_is_told_by_whom_and_the_rest_goes_on(till: Till) -> None:
    small = till.house.small
    elsewhere = small.elsewhere(small.manager)
    swap = begin(till, small.seats_of(4, (5, 6)))
    till.hold(*small.seats_of(1, (3, 4)))
    swap.give_reason()
    sheet = till.screen.exchanging.settling.sheet
    till.wait(lambda: sheet.is_open)
    give_back(till.house, swap.sale, (swap.lines[0],), actor=elsewhere, allowed=False)
    till.press(Qt.Key.Key_Return)
    gone = f"Stalls, row D, seat 5: tickets refunded meanwhile, by {small.manager.name} at Till 2."
    till.wait(lambda: gone in till.said)
    assert "Nothing was exchanged. Give the money back. The exchange goes on" in till.said
    assert "Gives back Stalls, row D, seat 6:" in swap.strip_words
    assert len(till.screen.exchanging.strip.keep_buttons) == 1
    assert till.seats == small.seats_of(1, (3, 4))
    till.screen.hold.give_back([small.seat(1, 4)])
    assert swap.told() == 1500
    assert swap.pay().reason_field.text() == "Other seats"
    till.press(Qt.Key.Key_Escape)
    # The last one goes too: the price that is asked for anew finds out.
    give_back(till.house, swap.sale, (swap.lines[1],), actor=elsewhere, allowed=False)
    till.screen.exchanging.previewing.look_again()
    till.wait(lambda: not till.screen.exchanging.is_active)
    assert "seat 6: tickets refunded meanwhile" in till.said
    assert "Nothing of it is left to exchange" in till.said
    till.settle()
    assert seat_row(till.house, small.seat(1, 3)).state == "free"


@SQLITE
def test_another_price_is_told_before_money_moves_and_a_seat_that_is_gone_by_its_name(till: Till) -> None:
    small = till.house.small
    swap = begin(till, small.seats_of(4, (5, 6)), given=1)
    till.hold(small.seat(1, 3))
    assert swap.told() == 1500
    dearer = update(Price).where(Price.ticket_type_id == small.adult_id, Price.amount_minor == 4000)
    till.house.database.transact(lambda session: session.execute(dearer.values(amount_minor=4500)))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: "The price has changed" in till.said)
    assert "€15.00" in till.said
    assert "€20.00" in till.said
    assert not till.is_asking()
    assert swap.told() == 2000
    swap.give_reason()
    sheet = till.screen.exchanging.settling.sheet
    till.wait(lambda: sheet.is_open)
    put_hold_back(till.house, till.screen.hold.basket.key, made=1000, left=-10)
    till.elsewhere(small.seat(1, 3))
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not sheet.is_open)
    assert "row A, seat 3" in till.said
    assert "Nothing was exchanged. Give the money back. Choose other seats." in till.said
    assert till.seats == ()
    assert till.screen.exchanging.is_active
    assert line_states(till, swap.sale.order_id) == ["live", "live"]


@SQLITE
def test_a_server_that_goes_away_loses_nothing_and_enter_tries_the_same_again(till: Till) -> None:
    small = till.house.small
    swap = begin(till, small.seats_of(4, (5, 6)), given=1)
    till.hold(small.seat(1, 3))
    swap.give_reason()
    sheet = till.screen.exchanging.settling.sheet
    till.wait(lambda: sheet.is_open)
    till.line.cut = True
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.says_unreachable)
    assert "If you give up, give the money back." in sheet.problem.message.advice
    till.line.cut = False
    till.press(Qt.Key.Key_Return)
    swap.made()
    assert exchanges(till) == 1


@SQLITE_FIRST
@pytest.mark.parametrize("is_made", [True, False])
def test_an_exchange_in_doubt_is_found_out_and_never_made_twice(till: Till, is_made: bool) -> None:  # noqa: FBT001
    small = till.house.small
    swap = begin(till, small.seats_of(4, (5, 6)), given=1)
    till.hold(small.seat(1, 3))
    swap.give_reason()
    till.wait(lambda: till.screen.exchanging.settling.sheet.is_open)
    till.line.loses_sales, till.line.sells_before_the_loss = True, is_made
    till.press(Qt.Key.Key_Return)
    taking = till.screen.checkout.taking
    till.wait(lambda: taking.is_in_doubt)
    assert not till.is_asking()
    assert [one.order_id for one in till.journal.pending()] == [swap.sale.order_id]
    till.screen.exchanging.key.press()
    assert not till.is_asking()
    till.line.cut = till.line.loses_sales = False
    taking.resolve()
    till.wait(lambda: not taking.is_in_doubt)
    if is_made:
        swap.made()
        assert "is exchanged" in till.said
    else:
        assert "was not made. The old tickets are still good." in till.said
        assert "Give the money back" in till.said
        till.settle()
        swap.give_reason()
        till.wait(lambda: till.screen.exchanging.settling.sheet.is_open)
        till.press(Qt.Key.Key_Return)
        swap.made()
    assert exchanges(till) == 1
    paid = till.house.database.read(lambda session: session.execute(select(Payment.amount_minor)).scalars().all())
    assert sorted(paid) == [1500, 5000]


def test_what_goes_back_to_a_card_stays_due_until_its_reference_is_typed(themed: QApplication, qtbot: QtBot) -> None:
    parts = (RefundPart(2, PaymentMethod.CARD, 2400), RefundPart(1, PaymentMethod.CASH, 2600))
    preview = ExchangePreview(1, 8000, 3000, 0, -5000, "EUR", parts, needs_approval=False)
    window = QWidget()
    qtbot.addWidget(window)
    sheet = ExchangeSheet(window, "ABCD2345", preview, ())
    due = "€50.00 stands under Refunds due until it is paid out (Card: €24.00 · Cash: €26.00)."
    assert (sheet.told.text(), sheet._caption.text(), sheet.yes.words) == (due, "Still to be given back", "Exchange")
    sheet.reference_field.setText("4711")
    now = "€24.00: On the card terminal, to the card that paid.\n€26.00: From the drawer, in cash."
    assert (sheet.told.text(), sheet._caption.text()) == (now, "To give back")
    assert sheet.yes.words == "Exchange and give back €50.00"
    sheet.reference_field.setText(" ")
    assert sheet.told.text() == due


def test_a_reason_that_is_refused_after_money_was_taken_lets_nobody_try_the_same_again() -> None:
    refused = InvalidInput(say("That reason cannot be kept."), field="reason")
    assert may_go_on(refused, None), "the question is open: another one can be typed"
    assert "Nothing was exchanged. Give the money back." in refusal_message(refused, PaymentMethod.CASH).advice
    reference = InvalidInput(say("That looks like a whole card number."), field="reference")
    assert "Enter tries again" in refusal_message(reference, PaymentMethod.CARD).advice


@SQLITE
def test_a_ticket_type_that_costs_more_is_paid_by_card_without_a_question_and_the_other_ticket_stays(
    till: Till,
) -> None:
    small = till.house.small
    old = small.seats_of(1, (5, 6))
    swap = begin(till, old, ticket_type_id=small.child_id)
    for button in till.screen.exchanging.strip.keep_buttons:
        button.click()
    assert till.screen.basket_panel.headline.text() == "These seats are the order's own: no time runs."
    till.wait(lambda: "Nothing would change" in swap.hint)
    till.press(Qt.Key.Key_F9)
    till.wait(lambda: "Nothing would change" in till.said)
    till.screen.basket_panel.type_chosen.emit((old[1],), small.adult_id)
    assert swap.told() == 2000
    till.press(Qt.Key.Key_F9)
    sheet = till.screen.exchanging.settling.sheet
    till.wait(lambda: sheet.is_open)
    till.type("4711")
    till.press(Qt.Key.Key_Return)
    swap.made()
    assert "stay good" in till.screen.tickets.panel._sentence.text()
    assert till.screen.tickets.sale is not None
    assert len(till.screen.tickets.sale.ticket_ids) == 1
    assert line_states(till, swap.sale.order_id) == ["exchanged", "live", "live"]
    kinds = select(OrderChange.kind).where(OrderChange.order_id == swap.sale.order_id).order_by(OrderChange.id)
    found = till.house.database.read(lambda session: session.execute(kinds).scalars().all())
    assert found == ["sale", "correction"]
