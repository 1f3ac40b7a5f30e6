from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, PromoCode, PromoShare
from pos_app.domain.orders.changes import LineKind, LineState
from tests.services.orders.exchanging import ask_for, do, exchanged, preview, request_for, settings
from tests.services.orders.ledgers import live_lines, require_sound
from tests.services.promo_codes.test_redeeming import buy, make_code, uses_of
from tests.services.stories import sold

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from tests.houses import OpenHouse


def discounts(house: OpenHouse, order_id: int) -> dict[SeatKey, int]:
    """Return what is taken off each live seat line; what the shares of codes say of it must be the same."""
    lines = {line_id: seat for seat, line_id in live_lines(house, order_id).items()}
    rows = house.database.read(
        lambda session: session.execute(
            select(OrderLine.id, OrderLine.discount_minor, func.coalesce(func.sum(PromoShare.saved_minor), 0))
            .outerjoin(PromoShare, PromoShare.order_line_id == OrderLine.id)
            .where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.LIVE)
            .group_by(OrderLine.id, OrderLine.discount_minor)
        ).all()
    )
    assert all(discount == shares for _, discount, shares in rows)
    return {lines[line_id]: discount for line_id, discount, _ in rows}


def code(house: OpenHouse, **changes: Any) -> int:
    return house.database.transact(lambda session: make_code(session, **changes))


def test_a_percentage_counts_again_without_a_new_use_though_it_is_used_up(house: OpenHouse) -> None:
    small = house.small
    code_id = code(house, most_uses=1)
    sale = buy(house, small.seats_of(5, (1, 2)), "WINTER10")
    done = exchanged(house, sale, [small.seat(5, 1)], {small.seat(1, 1): small.adult_id})
    assert done.difference_minor == 3600 - 2250
    assert discounts(house, sale.order_id) == {small.seat(1, 1): 400, small.seat(5, 2): 250}
    assert house.database.read(uses_of, code_id) == 1
    require_sound(house)


def test_an_amount_off_the_order_is_what_the_kept_tickets_have_left_of_it(house: OpenHouse) -> None:
    small = house.small
    code(house, kind="amount", scope="order", value=1000, currency="EUR", least_spend_minor=5000)
    sale = buy(house, small.seats_of(5, (1, 2)), "WINTER10")
    # 500 stay with the seat that is kept; the least spend is measured with it.
    done = exchanged(house, sale, [small.seat(5, 1)], {small.seat(1, 1): small.adult_id})
    assert done.difference_minor == 3500 - 2000
    assert discounts(house, sale.order_id) == {small.seat(1, 1): 500, small.seat(5, 2): 500}
    require_sound(house)


def test_a_code_that_counts_no_more_is_told_and_given_back_with_its_last_line(house: OpenHouse) -> None:
    small = house.small
    code_id = code(house)
    sale = buy(house, small.seats_of(5, (1, 2)), "WINTER10")
    ended = update(PromoCode).where(PromoCode.id == code_id).values(ended_at=utc_now())
    house.database.transact(lambda session: session.execute(ended))
    for number, uses in ((1, 1), (2, 0)):
        ask = ask_for(house, sale, [small.seat(5, number)], {small.seat(5, number + 3): small.adult_id})
        told = preview(house, ask)
        assert (told.promo_kept, told.difference_minor) == (False, 250)
        assert "ended by the manager" in str(told.why)
        assert not told.needs_approval
        do(house, request_for(house, ask))
        assert house.database.read(uses_of, code_id) == uses
        require_sound(house)


def test_the_prices_of_now_count_for_new_lines_and_kept_ones_stay_as_paid(house: OpenHouse) -> None:
    small = house.small
    settings(house, refund_limit_minor=10_000)
    seats = small.seats_of(1, (1, 2), small.gala_id)
    sale = sold(house, seats)
    away = exchanged(house, sale, [seats[0]], {small.seat(1, 1): small.adult_id})
    # The fee of its ticket goes with the gala's ticket; the order's stays.
    assert away.difference_minor == -50
    back = exchanged(house, sale, [small.seat(1, 1)], {seats[0]: small.adult_id})
    assert back.difference_minor == 50
    require_sound(house)
