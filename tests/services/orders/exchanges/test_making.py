from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.clock import utc_plus
from pos_app.db.models import Hold, OrderChange, OrderLine, Payment, Refund
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.errors import (
    ApprovalRefused,
    ExchangeRefused,
    HoldExpired,
    InvalidInput,
    NotFound,
    NotOnSale,
    NotPermitted,
    OrderChanged,
    OtherCurrency,
    PaymentRefused,
    PriceChanged,
    SaleAfterStart,
    SeatsTaken,
)
from pos_app.domain.orders.changes import ChangeKind, LineState
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.exchanges.making import preview_exchange
from tests.abroad import open_barn
from tests.services.orders.exchanging import (
    ask_for,
    do,
    exchanged,
    last_entry,
    preview,
    request_for,
    scan,
    settings,
    short_code,
)
from tests.services.orders.ledgers import live_lines, require_balance, require_sound, revision_of
from tests.services.stories import change_performance, change_seat, hold, run_out, seat_row, signed_code, sold
from tests.small_house import allow, sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import ExchangeRequest
    from pos_app.domain.seats import SeatKey
    from tests.houses import OpenHouse


def moved_to_gala(house: OpenHouse) -> tuple[int, SeatKey, ExchangeRequest]:
    """Sell two seats of the evening for B, and ask for the gala's first seat of A instead of one of them."""
    small = house.small
    sale = sold(house, small.seats_of(5, (1, 2)))
    wanted = small.seat(1, 1, small.gala_id)
    return sale.order_id, wanted, request_for(house, ask_for(house, sale, [small.seat(5, 1)], {wanted: small.adult_id}))


def test_one_of_two_goes_to_another_evening_and_pays_the_difference(house: OpenHouse) -> None:
    small = house.small
    settings(house, exchange_fee_minor=200)
    sale = sold(house, small.seats_of(5, (1, 2)))
    old = signed_code(house, sale.ticket_ids[0])
    wanted = small.seat(1, 1, small.gala_id)
    ask = ask_for(house, sale, [small.seat(5, 1)], {wanted: small.adult_id})
    told = preview(house, ask)
    # The gala's fee of a ticket, and that of the exchange; never another fee of the order.
    assert (told.old_minor, told.new_minor, told.fee_minor, told.difference_minor) == (2500, 4050, 200, 1750)
    assert not told.needs_approval
    done = do(house, request_for(house, ask))
    assert (done.number, done.difference_minor, done.change_minor, done.parts) == (sale.number, 1750, 500, ())
    require_sound(house)
    assert (seat_row(house, small.seat(5, 1)).state, seat_row(house, wanted).state) == ("free", "sold")
    assert set(live_lines(house, sale.order_id)) == {small.seat(5, 2), wanted}
    assert scan(house, old).verdict is Verdict.REFUSED
    assert scan(house, short_code(house, done.ticket_ids[0]), small.gala_id).verdict is Verdict.ADMITTED
    assert scan(house, signed_code(house, sale.ticket_ids[1])).verdict is Verdict.ADMITTED
    payment = house.database.read(lambda session: session.scalars(select(Payment).order_by(Payment.id.desc())).first())
    assert payment is not None
    assert (payment.amount_minor, payment.made_by_id) == (1750, done.change_id)
    entry = last_entry(house, "exchange")
    assert entry["paid"] == [[payment.id, "cash", 1750]]
    assert "sit together" not in str(entry)
    assert sorted(minor for *_, minor in entry["made"]) == [50, 200, 4000]


def test_a_repeat_answers_and_a_stale_picture_is_refused(house: OpenHouse) -> None:
    order_id, wanted, request = moved_to_gala(house)
    done = do(house, request)
    assert do(house, request) == done
    assert do(house, replace(request, difference_minor=1, tender=None)) == done
    require_balance(house)
    other = replace(request, request_id=uuid4().hex)
    with pytest.raises(OrderChanged, match="seats exchanged"):
        do(house, other)
    with pytest.raises(OrderChanged):
        do(house, replace(other, revision=revision_of(house, order_id)))
    assert seat_row(house, wanted).order_line_id == live_lines(house, order_id)[wanted]
    require_sound(house)


def test_guests_move_up_by_one_seat_of_their_own(house: OpenHouse) -> None:
    small = house.small
    first, second, third = small.seats_of(1, (1, 2, 3))
    sale = sold(house, [first, second])
    settings(house, exchange_fee_minor=200)
    done = exchanged(house, sale, [first, second], {second: small.adult_id, third: small.adult_id})
    # Who had the second seat keeps it: nothing of theirs ends, and only one ticket is exchanged.
    assert (done.difference_minor, len(done.ticket_ids)) == (200, 1)
    assert [seat_row(house, seat).state for seat in (first, second, third)] == ["free", "sold", "sold"]
    assert scan(house, signed_code(house, sale.ticket_ids[1])).verdict is Verdict.ADMITTED
    require_sound(house)


def test_a_seat_of_their_own_goes_to_another_guest_and_is_never_free(house: OpenHouse) -> None:
    small = house.small
    first, second, third = small.seats_of(1, (1, 2, 3))
    sale = sold(house, [first, second])
    done = exchanged(house, sale, [first, second], {second: small.child_id, third: small.adult_id})
    assert done.difference_minor == -2000
    assert len(done.ticket_ids) == 2
    lines = live_lines(house, sale.order_id)
    assert {seat: seat_row(house, seat).order_line_id for seat in (second, third)} == lines
    require_sound(house)


def test_money_goes_back_only_with_a_manager_above_the_limit(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1, 2)))
    ask = ask_for(house, sale, [small.seat(1, 1)], {small.seat(5, 1): small.adult_id})
    request = request_for(house, ask)
    assert request.difference_minor == -1500
    for refused in (
        replace(request, approval_id=None),
        replace(request, approval_id=house.database.transact(allow, small, Permission.VOID)),
    ):
        with pytest.raises((NotPermitted, ApprovalRefused)):
            do(house, refused)
    with pytest.raises(InvalidInput, match="reason"):
        do(house, replace(request, reason=" "))
    assert seat_row(house, small.seat(5, 1)).state == "claimed"
    done = do(house, request)
    assert (done.difference_minor, done.paid, [part.amount_minor for part in done.parts]) == (-1500, True, [1500])
    require_balance(house)
    change = house.database.read(lambda session: session.get_one(OrderChange, done.change_id))
    assert (change.approval_id, change.reason) == (request.approval_id, "sit together")
    settings(house, refund_limit_minor=1500)
    sale = sold(house, [small.seat(1, 3)])
    ask = ask_for(house, sale, [small.seat(1, 3)], {small.seat(5, 3): small.adult_id})
    assert not preview(house, ask).needs_approval
    assert do(house, request_for(house, ask)).difference_minor == -1500
    require_sound(house)


def test_an_adult_becomes_a_child_and_the_difference_goes_back_to_the_card(house: OpenHouse) -> None:
    small = house.small
    seat = small.seat(1, 1)
    settings(house, exchange_fee_minor=200)
    for reference, state in (("auth 7781", "paid"), ("", "due")):
        sale = sold(house, [seat])
        house.database.transact(_by_card, sale.order_id)
        ask = ask_for(house, sale, [seat], {seat: small.child_id})
        request = request_for(house, ask, kind=ChangeKind.CORRECTION, reference=reference)
        done = do(house, request)
        assert (done.difference_minor, done.paid) == (-2000, state == "paid")
        refund = house.database.read(lambda session: session.scalars(select(Refund).order_by(Refund.id.desc())).first())
        assert refund is not None
        assert (refund.state, refund.method, refund.reference) == (state, "card", reference)
        assert do(house, request) == done
        require_sound(house)
        seat = small.seat(1, 2)
    assert last_entry(house, "correction")["refunds"][0][3:] == [2000, "due"]


def _by_card(session: Session, order_id: int) -> None:
    payment = session.scalars(select(Payment).where(Payment.order_id == order_id)).one()
    payment.method = PaymentMethod.CARD


def test_what_goes_back_is_taken_from_the_last_payment_first(house: OpenHouse) -> None:
    small = house.small
    cheap, dear, last = small.seat(5, 1), small.seat(1, 1), small.seat(5, 2)
    sale = sold(house, [cheap])
    card = Tender(PaymentMethod.CARD, 1500, reference="auth 1")
    exchanged(house, sale, [cheap], {dear: small.adult_id}, tender=card)
    done = exchanged(house, sale, [dear], {last: small.child_id}, reference="auth 2")
    assert [(part.method, part.amount_minor) for part in done.parts] == [("card", 1500), ("cash", 1250)]
    assert (done.difference_minor, done.paid) == (-2750, True)
    require_sound(house)


def test_a_correction_moves_nobody_and_a_gift_needs_a_manager(house: OpenHouse) -> None:
    small = house.small
    seat = small.seat(1, 1)
    sale = sold(house, [seat])
    ask = ask_for(house, sale, [seat], {small.seat(1, 2): small.child_id})
    assert [str(one) for one in preview(house, ask).why] == ["Each refund needs a manager."]
    by_manager = house.database.read(preview_exchange, small.manager, ask)
    assert (by_manager.needs_approval, by_manager.why) == (True, ())
    with pytest.raises(ExchangeRefused):
        do(house, request_for(house, ask, kind=ChangeKind.CORRECTION))
    settings(house, refund_limit_minor=10_000)
    gift = request_for(house, ask_for(house, sale, [seat], {seat: small.complimentary_id}))
    with pytest.raises(NotPermitted):
        do(house, replace(gift, approval_id=None))
    assert do(house, gift).difference_minor == -4000
    require_sound(house)


def test_a_used_ticket_needs_a_manager_and_its_seat_does_not_return(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    ask = ask_for(house, sale, [small.seat(1, 1)], {small.seat(1, 2): small.adult_id})
    early = request_for(house, ask)
    assert early.approval_id is None
    assert scan(house, signed_code(house, sale.ticket_ids[0])).verdict is Verdict.ADMITTED
    with pytest.raises(NotPermitted):
        do(house, early)
    assert preview(house, ask).why
    done = do(house, request_for(house, ask))
    assert [seat_row(house, small.seat(1, at)).state for at in (1, 2)] == ["sold", "sold"]
    assert scan(house, signed_code(house, done.ticket_ids[0])).verdict is Verdict.ADMITTED
    require_sound(house)


def test_a_guest_who_came_in_after_the_preview_is_told_of_before_anything_is_done(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    ask = ask_for(house, sale, [small.seat(1, 1)], {small.seat(1, 2): small.adult_id})
    decided = replace(request_for(house, ask), approval_id=house.database.transact(allow, small, Permission.REFUND))
    assert scan(house, signed_code(house, sale.ticket_ids[0])).verdict is Verdict.ADMITTED
    with pytest.raises(OrderChanged, match="came in"):
        do(house, decided)
    assert [seat_row(house, small.seat(1, at)).state for at in (1, 2)] == ["sold", "claimed"]
    do(house, replace(decided, used=preview(house, ask).used))
    require_sound(house)


def test_what_changed_meanwhile_is_told_before_money_moves(house: OpenHouse) -> None:
    small = house.small
    order_id, wanted, request = moved_to_gala(house)
    with pytest.raises(PriceChanged) as changed:
        do(house, replace(request, difference_minor=1000))
    assert changed.value.total_minor == 1550
    for tender in (
        None,
        Tender(PaymentMethod.CASH, 1550, 1000),
        Tender(PaymentMethod.CARD, 1550),
        Tender(PaymentMethod.ELSEWHERE, 1550),
        Tender(PaymentMethod.CASH, 1000, 1000),
    ):
        with pytest.raises(PaymentRefused):
            do(house, replace(request, tender=tender))
    with pytest.raises(InvalidInput):
        do(house, replace(request, reason="4111 1111 1111 1111"))
    change_seat(house, wanted, state="sold", claim_kind=None, claim_id=None, claim_until=None, order_line_id=987_654)
    with pytest.raises(SeatsTaken) as taken:
        do(house, request)
    assert taken.value.seats == ((wanted.performance_id, wanted.seat_id),)
    assert set(live_lines(house, order_id)) == set(small.seats_of(5, (1, 2)))
    with pytest.raises(SeatsTaken):
        preview(house, request.ask)


def test_a_basket_that_ran_out_still_serves_and_a_spent_one_does_not(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(5, (1, 2)))
    held = hold(house, small.seats_of(5, (4, 5)))
    run_out(house, held)
    lines = live_lines(house, sale.order_id)
    request = request_for(house, ask_for(house, sale, [small.seat(5, 1)], {small.seat(5, 1): small.child_id}))
    request = replace(
        request, difference_minor=0, new=(SaleLine(small.seat(5, 4), small.adult_id),), basket_key=held.basket_key
    )
    do(house, request)
    # What the basket held beyond is free again, and the basket is spent.
    assert [seat_row(house, small.seat(5, at)).state for at in (1, 4, 5)] == ["free", "sold", "free"]
    again = replace(
        request,
        request_id=uuid4().hex,
        revision=None,
        ended=(lines[small.seat(5, 2)],),
        new=(SaleLine(small.seat(5, 5), small.adult_id),),
    )
    with pytest.raises(HoldExpired):
        do(house, again)
    with pytest.raises(NotFound):
        do(house, replace(again, basket_key=None))
    require_sound(house)


def test_what_can_never_be_exchanged_is_refused(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1, 2)))
    other = sold(house, [small.seat(2, 1)])
    request = request_for(house, ask_for(house, sale, [small.seat(1, 1)], {small.seat(1, 3): small.adult_id}))
    line, seat = request.ended[0], request.new[0]
    kept = SaleLine(small.seat(1, 1), small.adult_id)
    for wrong in (
        {"ended": ()},
        {"ended": (line, line), "new": (seat, kept)},
        {"new": (seat, kept)},
        {"new": (kept,)},
        {"new": (SaleLine(small.seat(1, 3), small.companion_id),)},
        {"new": (SaleLine(small.seat(1, 3), 987_654),)},
        {"kind": ChangeKind.REFUND},
    ):
        with pytest.raises(InvalidInput):
            do(house, replace(request, **wrong))
    with pytest.raises(OrderChanged):
        do(house, replace(request, ended=tuple(live_lines(house, other.order_id).values())))
    with pytest.raises(SeatsTaken):
        do(house, replace(request, new=(SaleLine(small.seat(1, 2), small.adult_id),)))
    with pytest.raises(NotFound):
        do(house, replace(request, order_id=987_654))
    with pytest.raises(NotPermitted):
        do(house, request, small.steward)
    assert revision_of(house, sale.order_id) == request.revision
    require_sound(house)


def test_nobody_goes_to_a_cancelled_evening_or_pays_in_another_currency(house: OpenHouse) -> None:
    small, barn = house.small, open_barn(house)
    sale = sold(house, [small.seat(1, 1)])
    abroad = ask_for(house, sale, [small.seat(1, 1)], {barn.seat(0): small.adult_id})
    with pytest.raises(OtherCurrency):
        preview(house, abroad)
    _, _, away = moved_to_gala(house)
    here = request_for(house, ask_for(house, sale, [small.seat(1, 1)], {small.seat(1, 2): small.adult_id}))
    own = request_for(house, ask_for(house, sale, [small.seat(1, 1)], {small.seat(1, 1): small.child_id}))
    change_performance(house, state="cancelled")
    for request in (here, own):
        with pytest.raises(NotOnSale, match="cancelled"):
            do(house, request)
    # Who has a ticket of the cancelled evening may take another one instead.
    do(house, away)
    assert seat_row(house, away.new[0].seat).state == "sold"


def test_after_the_start_only_when_the_cashier_says_so_and_the_seat_does_not_return(house: OpenHouse) -> None:
    small = house.small
    seat, wanted = small.seat(1, 1), small.seat(1, 1, small.gala_id)
    sale = house.database.transact(sell_seats, small, [seat])
    request = request_for(house, ask_for(house, sale, [seat], {wanted: small.adult_id}))
    change_performance(house, starts_at=utc_plus(-60))
    with pytest.raises(SaleAfterStart):
        do(house, request)
    do(house, replace(request, after_start=True))
    assert [seat_row(house, one).state for one in (seat, wanted)] == ["sold", "sold"]
    assert set(live_lines(house, sale.order_id)) == {wanted}
    require_sound(house)


def test_the_lines_tell_by_which_change_they_came_and_went(house: OpenHouse) -> None:
    order_id, wanted, request = moved_to_gala(house)
    done = do(house, request)
    rows = house.database.read(
        lambda session: session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).all()
    )
    ended = [line for line in rows if line.ended_by_id == done.change_id]
    made = [line for line in rows if line.made_by_id == done.change_id]
    assert [line.state for line in ended] == [LineState.EXCHANGED]
    assert {(line.kind, line.seat_id) for line in made} == {("seat", wanted.seat_id), ("fee", None)}
    closed = house.database.read(
        lambda session: session.scalars(select(Hold.closed_as).where(Hold.basket_key == request.basket_key)).one()
    )
    assert closed == "exchanged"
