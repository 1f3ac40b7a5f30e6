"""A letter tells what the books say when it is sent: good tickets alone, and money as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.models import Order, Performance, Refund
from pos_app.domain.errors import NotFound
from pos_app.domain.letters.contents import LetterMoney
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.orders.refunds import PayOut
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.orders.refunds.due import pay_out
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.season.cancellations import cancel_performance
from tests.services.orders.exchanging import exchanged
from tests.services.orders.letters.outbox import about, anna, last_change, told
from tests.services.orders.refunding import give_back, live_lines
from tests.services.orders.reserving import move_release, picked_up, reserved
from tests.services.stories import sold
from tests.small_house import allow

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

CASH = PaymentMethod.CASH


def tickets(sale: Sale, issue: int = 1) -> dict[str, Any]:
    return {"tickets": [[ticket, issue] for ticket in sale.ticket_ids]}


def decide(house: OpenHouse, **changes: Any) -> None:
    before = house.database.read(load_house_settings)
    house.database.transact(save_house_settings, house.small.manager, before, replace(before, **changes))


def release_of(house: OpenHouse, order_id: int) -> datetime:
    at = house.database.read(lambda s: s.execute(select(Order.release_at).where(Order.id == order_id)).scalar_one())
    assert at is not None
    return at


def refund_of(house: OpenHouse, sale: Sale) -> int:
    last = select(Refund.id).where(Refund.order_id == sale.order_id).order_by(Refund.id.desc()).limit(1)
    return house.database.read(lambda session: session.execute(last).scalar_one())


def test_a_confirmation_tells_tickets_fees_and_payment(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2), small.gala_id)
    sale = sold(house, seats)
    content = about(house, LetterKind.CONFIRMATION, sale.order_id, tickets(sale), customer_id=anna(house))
    assert [face.ticket_id for face in content.faces] == list(sale.ticket_ids)
    assert [place.place.number for place in content.places] == ["1", "2"]
    assert [place.short_code for place in content.places] == [face.short_code for face in content.faces]
    assert content.paid == (LetterMoney(CASH, sale.total_minor),)
    assert (content.total_minor, content.currency) == (sale.total_minor, sale.currency)
    assert content.fee_minor == sale.total_minor - sum(place.price_minor for place in content.places)
    assert content.fee_minor > 0
    assert (content.customer_name, content.order_number, content.left_out) == ("Anna Novák", sale.number, 0)
    assert [evening.performance_id for evening in content.evenings] == [small.gala_id]
    assert not content.is_untrue


def test_what_was_voided_meanwhile_is_left_out_and_counted(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    change = last_change(house, sale.order_id)
    give_back(house, sale, live_lines(house, sale)[:1])
    content = about(house, LetterKind.CONFIRMATION, sale.order_id, tickets(sale), change_id=change)
    assert [face.ticket_id for face in content.faces] == [sale.ticket_ids[1]]
    assert [place.place.number for place in content.places] == ["2"]
    assert content.left_out == 1
    assert (content.total_minor, content.fee_minor) == (sale.total_minor, 0)
    assert not content.is_untrue
    give_back(house, sale, live_lines(house, sale))
    assert about(house, LetterKind.CONFIRMATION, sale.order_id, tickets(sale), change_id=change).is_untrue


def test_a_ticket_that_was_printed_anew_is_left_out(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    lost, cashier = sale.ticket_ids[:1], house.small.cashier
    house.database.transact(reissue_tickets, cashier, lost, request_id=uuid4().hex, reason="lost")
    content = about(house, LetterKind.CONFIRMATION, sale.order_id, tickets(sale))
    assert [face.ticket_id for face in content.faces] == [sale.ticket_ids[1]]
    assert content.left_out == 1
    facts = {"tickets": [[sale.ticket_ids[0], 2]]}
    assert about(house, LetterKind.CONFIRMATION, sale.order_id, facts).left_out == 0


def test_a_part_of_many_tickets_tells_no_fees_of_its_own(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1, 2), small.gala_id))
    facts = {"tickets": [[sale.ticket_ids[0], 1]]}
    content = about(house, LetterKind.CONFIRMATION, sale.order_id, facts, part=1, parts=2)
    assert len(content.places) == 1
    assert content.fee_minor == 0


def test_a_reservation_tells_what_is_reserved_still(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2, 3), small.gala_id)
    order = reserved(house, seats)
    change = last_change(house, order.order_id)
    until = release_of(house, order.order_id)
    facts = {"release_at": until.isoformat()}
    content = about(house, LetterKind.RESERVATION, order.order_id, facts)
    assert [place.place.number for place in content.places] == ["1", "2", "3"]
    assert content.release_at == until
    assert content.total_minor == content.fee_minor + sum(place.price_minor for place in content.places)
    assert content.fee_minor > 0
    assert all(not place.short_code for place in content.places)
    picked_up(house, order.order_id, seats[:1])
    later = about(house, LetterKind.RESERVATION, order.order_id, facts, change_id=change)
    assert [place.place.number for place in later.places] == ["2", "3"]
    picked_up(house, order.order_id)
    assert about(house, LetterKind.RESERVATION, order.order_id, facts, change_id=change).is_untrue


def test_what_is_about_to_lapse_is_told_by_its_seats(house: OpenHouse) -> None:
    small = house.small
    order = reserved(house, small.seats_of(1, (1, 2)))
    facts = {"seats": [[small.performance_id, small.seat_id(1, 2)]], "release_at": "2027-03-06T17:30:00"}
    content = told(house, LetterKind.LAPSE_SOON, facts, order_id=order.order_id)
    assert [place.place.number for place in content.places] == ["2"]


def test_what_lapsed_is_told_by_what_was_given_back(house: OpenHouse) -> None:
    order = reserved(house, house.small.seats_of(1, (1, 2)))
    move_release(house, order.order_id, -60)
    house.database.transact(release_reservations)
    content = about(house, LetterKind.LAPSED, order.order_id)
    assert [place.place.number for place in content.places] == ["1", "2"]
    assert [evening.performance_id for evening in content.evenings] == [house.small.performance_id]


def test_a_pick_up_tells_what_was_paid_of_it(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2), small.gala_id)
    sale = picked_up(house, reserved(house, seats).order_id, seats[:1])
    content = about(house, LetterKind.CONFIRMATION, sale.order_id, tickets(sale))
    assert [place.place.number for place in content.places] == ["1"]
    assert content.paid == (LetterMoney(CASH, sale.total_minor),)
    assert content.fee_minor == sale.total_minor - content.places[0].price_minor


def test_a_refund_tells_seats_and_how_the_money_goes_back(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    done = give_back(house, sale, live_lines(house, sale)[:1])
    content = about(house, LetterKind.REFUND, sale.order_id)
    assert [place.place.number for place in content.places] == ["1"]
    assert content.back == (LetterMoney(CASH, done.amount_minor),)
    assert content.faces == ()


def test_a_refund_that_is_due_is_told_as_due_until_it_is_paid(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1,)))
    done = give_back(house, sale, live_lines(house, sale), pay_now=False)
    change = last_change(house, sale.order_id)
    assert about(house, LetterKind.REFUND, sale.order_id).back == (LetterMoney(CASH, done.amount_minor, is_due=True),)
    refund_id = refund_of(house, sale)
    approval = house.database.transact(allow, house.small, Permission.REFUND)
    asked = PayOut(uuid4().hex, refund_id, CASH, approval_id=approval)
    house.database.transact(pay_out, house.small.cashier, asked)
    paid = (LetterMoney(CASH, done.amount_minor),)
    assert about(house, LetterKind.REFUND, sale.order_id, change_id=change).back == paid
    paid_out = about(house, LetterKind.REFUND, sale.order_id)
    assert paid_out.back == paid
    assert [place.place.number for place in paid_out.places] == ["1"]


def test_money_that_goes_another_way_since_is_told_once_and_as_it_goes(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1,)))
    done = give_back(house, sale, live_lines(house, sale), pay_now=False)
    change = last_change(house, sale.order_id)
    approval = house.database.transact(allow, house.small, Permission.REFUND)
    asked = PayOut(uuid4().hex, refund_of(house, sale), PaymentMethod.CARD, "123456", approval, "no cash here")
    house.database.transact(pay_out, house.small.cashier, asked)
    by_card = (LetterMoney(PaymentMethod.CARD, done.amount_minor),)
    assert about(house, LetterKind.REFUND, sale.order_id, change_id=change).back == by_card
    assert about(house, LetterKind.REFUND, sale.order_id).back == by_card


def test_an_exchange_tells_the_new_tickets_and_the_difference(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1, 2)))
    old, new = small.seat(1, 1), small.seat(small.rows, 1)
    done = exchanged(house, sale, [old], {new: small.adult_id})
    facts = {"tickets": [[ticket, 1] for ticket in done.ticket_ids]}
    content = about(house, LetterKind.EXCHANGE, sale.order_id, facts)
    assert [(place.place.row, place.place.number) for place in content.places] == [
        (content.faces[0].place.row, content.faces[0].place.number)
    ]
    assert [face.ticket_id for face in content.faces] == list(done.ticket_ids)
    assert sum(money.amount_minor for money in content.back) > 0


def test_a_cancelled_performance_is_told_as_cancelled_and_why(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1,)))
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The stage was flooded")
    give_back(house, sale, live_lines(house, sale))
    content = about(house, LetterKind.CANCELLED, sale.order_id, performance_id=small.performance_id)
    (evening,) = content.evenings
    assert (evening.is_cancelled, evening.cancel_reason) == (True, "The stage was flooded")
    assert content.back
    assert content.places


def test_guests_who_were_moved_are_told_when_it_should_have_begun(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1,), small.gala_id))
    facts = tickets(sale) | {"from_performance": small.performance_id}
    content = about(house, LetterKind.MOVED, sale.order_id, facts, performance_id=small.performance_id)
    (evening,) = content.evenings
    assert evening.performance_id == small.gala_id
    begins = select(Performance.starts_at).where(Performance.id == small.performance_id)
    assert evening.starts_was == house.database.read(lambda s: s.execute(begins).scalar_one())


def test_a_performance_at_another_time_is_told_with_its_seats_and_codes(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, (*small.seats_of(1, (1, 2)), small.seat(1, 3, small.gala_id)))
    begins = select(Performance.starts_at).where(Performance.id == small.performance_id)
    was = house.database.read(lambda s: s.execute(begins).scalar_one())
    later = update(Performance).where(Performance.id == small.performance_id).values(starts_at=was + timedelta(hours=2))
    house.database.transact(lambda session: session.execute(later))
    facts = {"starts_was": was.isoformat()}
    content = told(house, LetterKind.MOVED, facts, order_id=sale.order_id, performance_id=small.performance_id)
    assert [place.place.number for place in content.places] == ["1", "2"]
    assert all(place.short_code for place in content.places)
    assert content.evenings[0].starts_was == was


def test_a_note_tells_what_was_typed_and_of_which_performance(house: OpenHouse) -> None:
    small = house.small
    facts = {"subject": "Tonight", "text": "We begin later."}
    content = told(house, LetterKind.NOTE, facts, performance_id=small.performance_id, customer_id=anna(house))
    assert (content.subject, content.text, content.customer_name) == ("Tonight", "We begin later.", "Anna Novák")
    assert [evening.performance_id for evening in content.evenings] == [small.performance_id]
    assert content.places == ()


def test_a_code_is_told_and_the_house_without_a_name_is_its_venue(house: OpenHouse) -> None:
    content = told(house, LetterKind.VERIFICATION, {"code": "012345"}, customer_id=anna(house))
    assert content.code == "012345"
    sale = sold(house, house.small.seats_of(1, (1,)))
    venue = about(house, LetterKind.CONFIRMATION, sale.order_id, tickets(sale)).evenings[0].venue
    assert content.organisation == venue
    decide(house, organisation="The Little House")
    assert told(house, LetterKind.TEST).organisation == "The Little House"


@pytest.mark.parametrize(
    ("asked", "of_house", "language"),
    [
        ("", "", "en_GB"),
        ("", "de_AT", "de_AT"),
        ("az", "de_AT", "az"),
        ("az-AZ", "", "az_AZ"),
        ("klingon", "de_AT", "de_AT"),
        ("xx", "", "xx"),
    ],
)
def test_a_letter_is_in_its_language_else_in_that_of_the_house(
    house: OpenHouse, asked: str, of_house: str, language: str
) -> None:
    decide(house, language=of_house)
    assert told(house, LetterKind.TEST, language=asked).language == language


def test_damaged_facts_are_refused_and_a_letter_that_is_not_there(house: OpenHouse) -> None:
    with pytest.raises(ValueError, match="damaged"):
        told(house, LetterKind.NOTE, "{")
    with pytest.raises(NotFound):
        house.database.read(load_content, 999_999)
