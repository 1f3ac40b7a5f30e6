"""What a cashier finds of a sale that was cut off, whatever happened to its seats, prices and people meanwhile."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select, update

from pos_app.db.models import Hold, Order, OrderLine, Price, PromoCode
from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.services.selling.holds import place_hold, release_seats
from pos_app.services.selling.sales import sell
from pos_app.ui.screens.selling.basket.row import Stripe
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.times import shown_time
from tests.kinds import BOTH, SQLITE
from tests.services.promo_codes.test_redeeming import make_code
from tests.services.stories import cash_request, put_hold_back
from tests.ui.screens.selling.cut_off.conftest import CutOff, finish, settled, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.evening import Evening

pytestmark = pytest.mark.usefixtures("themed")


@BOTH
def test_seats_that_are_held_no_longer_are_taken_again_by_one_key(left: CutOff, enter: Callable[[], Evening]) -> None:
    note = left.hold(left.house.small.seats_of(1, [3, 4]), total=8000)
    put_hold_back(left.house, note.basket_key, made=910, left=-10)
    left.leave(note)
    evening = enter()
    assert told(evening) == (
        "The sale was cut off before it was paid. Its seats are not held now: F5 takes them again."
    )
    assert evening.sell.basket_panel.retake.isVisible()
    assert evening.sell.hold.is_expired
    evening.press(Qt.Key.Key_F5)
    evening.wait(lambda: not evening.sell.hold.is_expired and evening.sell.hold.placed is not None)
    assert evening.sell.hold.seconds_left > 880
    finish(evening, left)


@BOTH
def test_seats_that_somebody_else_has_now_are_named_and_the_others_can_be_taken(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    small = left.house.small
    note = left.hold(small.seats_of(1, [3, 4]), total=8000)
    left.house.database.transact(release_seats, note.basket_key)
    left.house.database.transact(place_hold, small.elsewhere(small.cashier), "other", [small.seat(1, 4)])
    left.leave(note)
    evening = enter()
    words = told(evening)
    assert "Its seat was given back: F5 takes it again." in words
    assert "Gone meanwhile: Stalls, row A, seat 4." in words
    assert evening.sell.hold.basket.seats == (small.seat(1, 3),)


@SQLITE
def test_seats_that_are_all_gone_are_named(left: CutOff, enter: Callable[[], Evening]) -> None:
    small = left.house.small
    seats = small.seats_of(1, [3, 4])
    note = left.hold(seats, total=8000, paying="card")
    left.house.database.transact(release_seats, note.basket_key)
    left.house.database.transact(place_hold, small.elsewhere(small.cashier), "other", list(seats))
    left.leave(note)
    evening = enter()
    words = told(evening)
    assert words.startswith(
        "The sale was cut off before it was paid, and its seats are gone: "
        "Stalls, row A, seat 3; Stalls, row A, seat 4. Look at the terminal"
    )
    assert words.endswith("Choose other seats for the customer.")
    assert evening.sell.banner.message.level is Level.ERROR
    assert not evening.sell.has_basket
    evening.wait(lambda: not left.notes())
    evening.hold_a_seat()


@SQLITE
def test_a_price_and_a_code_that_changed_meanwhile_are_told(left: CutOff, enter: Callable[[], Evening]) -> None:
    small, database = left.house.small, left.house.database
    left.leave(left.hold(small.seats_of(1, [3])))
    dearer = update(Price).where(Price.ticket_type_id == small.adult_id).values(amount_minor=4500)
    database.transact(lambda session: session.execute(dearer))
    evening = enter()
    assert "The price has changed: it was €40.00 and is €45.00 now. Tell the customer." in told(evening)
    assert evening.sell.basket_panel.total_words == "€45.00"
    evening.sell.hold.give_all_back()
    settled(evening)
    database.transact(make_code)
    left.leave(left.hold(small.seats_of(1, [3]), total=4050, promo_code="WINTER10"))
    database.transact(lambda session: session.execute(update(PromoCode).values(most_uses=0)))
    evening.window.lock()
    evening.window.lock_screen.somebody_else.click()
    evening.sign_in(Role.CASHIER)
    assert "WINTER10 is used up" in told(evening)
    assert evening.sell.basket_panel.total_words == "€45.00"


@SQLITE
def test_another_person_takes_the_basket_over_and_a_steward_leaves_it_alone(
    left: CutOff, enter: Callable[[Role], Evening]
) -> None:
    left.leave(left.hold(left.house.small.seats_of(1, [3]), customer_name="Anna Guest"))
    evening = enter(Role.DOOR_STEWARD)
    settled(evening)
    assert len(left.notes()) == 1
    evening.window.lock()
    evening.window.lock_screen.somebody_else.click()
    evening.sign_in(Role.MANAGER)
    assert "Carla Cash began it; the sale is yours now." in told(evening)
    assert evening.sell.basket_panel.order_words.words == "For Anna Guest"
    finish(evening, left)
    order = left.house.database.read(lambda session: session.get(Order, 1))
    assert order is not None
    assert (order.staff_id, order.customer_name) == (left.house.small.manager.staff_id, "Anna Guest")


@SQLITE
def test_while_the_server_is_silent_the_sale_stays_open_and_is_said(
    left: CutOff, enter: Callable[[], Evening], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> None:
        raise ServerUnreachable(say("The server cannot be reached."))

    left.leave(left.hold(left.house.small.seats_of(1, [3]), paying="cash"))
    monkeypatch.setattr("pos_app.ui.screens.selling.cut_off.sales.ASK_AGAIN_MS", 50)
    monkeypatch.setattr("pos_app.flows.find_cut_off.look_at_basket", silent)
    evening = enter()
    assert told(evening) == (
        "A sale was cut off at this till: Stalls, row A, €40.00. "
        "The server does not answer. Foyer keeps asking; take no money for it before it is known."
    )
    assert evening.sell.checkout.taking.is_in_doubt
    assert len(left.notes()) == 1
    monkeypatch.undo()
    evening.wait(lambda: evening.sell.has_basket)
    assert "still held" in told(evening)
    evening.wait(lambda: not evening.sell.checkout.taking.is_in_doubt)
    finish(evening, left)


@SQLITE
def test_the_sentence_counts_down_with_the_ring_and_says_when_the_time_is_up(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    note = left.hold(left.house.small.seats_of(1, (3, 4)), paying="cash")
    left.leave(note)
    evening = enter()
    cash = told(evening).partition(". No money")[2]
    clock, banner, ring = evening.sell.hold._clock, evening.sell.banner, evening.sell.basket_panel.ring

    def agrees(begins: str) -> bool:
        return ring.digits.startswith(begins) and f"The seats are still held for {ring.digits}." in banner.message.text

    for minutes, begins in ((4, "10:"), (9, "1:")):
        clock._ends -= 60 * minutes
        evening.wait(partial(agrees, begins))
        assert banner.message.text in banner.accessibleName()
        assert banner.message.advice.endswith(cash)
    put_hold_back(left.house, note.basket_key, made=910, left=-10)
    clock._ends = 0.0
    evening.wait(lambda: "Its seats are not held now: F5 takes them again." in banner.message.text)
    assert banner.message.advice.endswith(cash)
    evening.press(Qt.Key.Key_F5)
    evening.wait(lambda: not evening.sell.hold.is_expired and evening.sell.hold.basket.key != note.basket_key)
    evening.wait(lambda: not banner.message.text)


@SQLITE
def test_the_sentence_goes_with_the_seats_and_leaves_what_is_said_later_alone(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    left.leave(left.hold(left.house.small.seats_of(1, (3, 4))))
    evening = enter()
    told(evening)
    hold, banner = evening.sell.hold, evening.sell.banner
    hold.give_back(hold.basket.seats[:1])
    assert "The seat is still held for" in banner.message.text
    hold.give_all_back()
    assert banner.isHidden()
    other = Message("Something else.")
    evening.sell.map_panel.say(other)
    hold.ticked.emit()
    assert banner.message == other


@SQLITE
def test_a_customer_who_waits_is_told_of_with_the_time_until_which_the_seats_are_held(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    notes = [left.hold([left.house.small.seat(row, 3)], paying="cash") for row in (1, 2)]
    for note in notes:
        left.leave(note)
    evening = enter()
    evening.wait(lambda: "It comes back when this customer is served." in evening.sell.banner.message.advice)
    hold = evening.sell.hold
    (waiting,) = (note.basket_key for note in notes if note.basket_key != hold.basket.key)
    ends = left.house.database.read(
        lambda session: session.execute(select(Hold.expires_at).where(Hold.basket_key == waiting)).scalar_one()
    )
    zone = hold.basket.offers[left.house.small.performance_id].time_zone
    until = f"The seat is still held until {shown_time(ends, zone)}."
    assert evening.sell.banner.message.text == f"The sale was cut off before it was paid. {until}"
    hold.ticked.emit()
    assert until in evening.sell.banner.message.text


@BOTH
def test_a_sale_that_was_taken_back_meanwhile_is_said(left: CutOff, enter: Callable[[], Evening]) -> None:
    seat = left.house.small.seat(1, 3)
    held = left.house.database.transact(place_hold, left.house.small.cashier, "basket", [seat])
    left.house.database.transact(sell, left.house.small.cashier, cash_request(left.house, held))
    left.house.database.transact(lambda session: session.execute(update(OrderLine).values(state="void")))
    left.leave(replace(left.hold([left.house.small.seat(2, 3)]).as_sold(), basket_key="basket"))
    evening = enter()
    assert "was sold before Foyer was cut off, and has been taken back since" in told(evening)
    assert not evening.sell.tickets.is_open
    evening.wait(lambda: not left.notes())


@SQLITE
def test_a_basket_that_comes_back_before_its_plan_has_the_colours_of_its_categories(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    left.leave(left.hold(left.house.small.seats_of(1, [3])))
    evening = enter()
    evening.wait(lambda: evening.sell.has_basket and evening.sell.live.plan is not None)
    (row,) = evening.sell.basket_panel.rows()
    color = evening.sell.map_panel.category_color(left.house.small.category_a_id)
    assert [stripe.color for stripe in row.findChildren(Stripe)] == [color]


@SQLITE
def test_that_a_card_may_have_been_charged_is_remembered_until_the_person_has_gone_on(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    note = left.hold(left.house.small.seats_of(1, [3, 4]), total=8000, paying="card")
    left.leave(note)
    evening = enter()
    assert "Look at the terminal" in told(evening)
    settled(evening)
    # Cut off once more here, the next window has to say it again.
    assert b"card" in left.notes()[0].read_bytes()
    evening.open_cash()
    evening.press(Qt.Key.Key_Escape)
    evening.wait(lambda: not evening.sell.checkout.sheet.is_open)
    evening.wait(lambda: b"card" not in left.notes()[0].read_bytes())
    finish(evening, left)


@SQLITE
def test_a_basket_that_is_given_back_takes_the_doubt_with_it(left: CutOff, enter: Callable[[], Evening]) -> None:
    left.leave(left.hold(left.house.small.seats_of(1, [3, 4]), total=8000, paying="card"))
    evening = enter()
    assert "Look at the terminal" in told(evening)
    evening.sell.hold.give_all_back()
    evening.wait(lambda: not left.notes())
    evening.hold_a_seat()
    evening.wait(left.notes)
    settled(evening)
    assert b"card" not in left.notes()[0].read_bytes()
