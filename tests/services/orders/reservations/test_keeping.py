"""A reservation is kept longer, or given up in part: the story of the customer who rings once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidInput, NotPermitted, OrderChanged, PickUpElsewhere
from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.reservations.terms import load_terms
from tests.services.orders.ledgers import require_sound, revision_of
from tests.services.orders.reserving import opened, reserved
from tests.services.stories import seat_row

if TYPE_CHECKING:
    from pos_app.domain.orders.reservations import Reservation
    from tests.houses import OpenHouse


def ask_longer(house: OpenHouse, made: Reservation, **more: Any) -> KeepLongerRequest:
    at = made.release_at + timedelta(minutes=10)
    asked = KeepLongerRequest(uuid4().hex, made.order_id, revision_of(house, made.order_id), at, "is on the tram")
    return replace(asked, **more)


def lines_of(house: OpenHouse, made: Reservation, count: int) -> tuple[int, ...]:
    page = house.database.read(load_order_page, house.small.cashier, made.order_id)
    return tuple(line.line_id for line in page.seats)[:count]


def test_the_tram_is_late_and_the_seats_are_kept_longer(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)))
    terms = database.read(load_terms, small.cashier, [small.performance_id])
    asked = ask_longer(house, made)
    kept = database.transact(keep_longer, small.cashier, asked)
    assert (kept.release_at, kept.seats) == (asked.release_at, 2)
    assert seat_row(house, small.seat(1, 1)).claim_until == asked.release_at
    assert database.transact(keep_longer, small.cashier, asked) == kept
    with pytest.raises(OrderChanged, match="kept longer, by Carla Cash"):
        database.transact(keep_longer, small.cashier, replace(asked, request_id=uuid4().hex))
    late = ask_longer(house, made, release_at=terms.latest_release_at + timedelta(minutes=1), reason=" ")
    with pytest.raises(FieldRefused) as refused:
        database.transact(keep_longer, small.cashier, late)
    assert set(refused.value.fields) == {"release_at", "reason"}
    past = ask_longer(house, made, release_at=made.release_at - timedelta(days=2))
    with pytest.raises(FieldRefused, match="passed already"):
        database.transact(keep_longer, small.cashier, past)
    with pytest.raises(NotPermitted):
        database.transact(keep_longer, small.steward, ask_longer(house, made))
    require_sound(house)


def test_one_of_three_does_not_come(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2, 3), small.gala_id))
    (line, *_) = lines_of(house, made, 1)
    elsewhere = small.elsewhere(small.cashier)
    picked = opened(house, made.order_id, elsewhere)
    asked = GiveUpRequest(uuid4().hex, made.order_id, revision_of(house, made.order_id), (line,), "one is ill")
    with pytest.raises(PickUpElsewhere, match="Till 2"):
        database.transact(give_up_seats, small.cashier, asked)
    database.transact(leave_pick_up, elsewhere, made.order_id, picked.hold.basket_key)
    with pytest.raises(InvalidInput, match="No seat"):
        database.transact(give_up_seats, small.cashier, replace(asked, line_ids=()))
    with pytest.raises(FieldRefused):
        database.transact(give_up_seats, small.cashier, replace(asked, reason=""))
    left = database.transact(give_up_seats, small.cashier, asked)
    assert (left.seats, left.release_at) == (2, made.release_at)
    assert database.transact(give_up_seats, small.cashier, asked) == left
    assert seat_row(house, small.seat(1, 1, small.gala_id)).state == "free"
    (listed,) = database.read(list_reservations, small.cashier)
    assert listed.owed_minor == 2 * 4050 + 150
    with pytest.raises(OrderChanged):
        database.transact(give_up_seats, small.cashier, replace(asked, request_id=uuid4().hex, revision=left.revision))
    rest = replace(
        asked, request_id=uuid4().hex, revision=left.revision, line_ids=lines_of(house, made, 2), reason="nobody comes"
    )
    gone = database.transact(give_up_seats, small.cashier, rest)
    assert (gone.seats, gone.release_at) == (0, None)
    assert database.read(load_order_page, small.cashier, made.order_id).owed_minor == 0
    assert database.read(list_reservations, small.cashier) == ()
    require_sound(house)
