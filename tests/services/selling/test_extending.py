from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.models import Hold
from pos_app.domain.errors import (
    HoldExpired,
    HoldNotExtendable,
    InvalidInput,
)
from pos_app.services.selling.holds import extend_hold
from tests.services.stories import (
    change_performance,
    hold,
    put_hold_back,
    run_out,
    seat_row,
)

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_basket_is_extended_once_with_a_reason(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1)])
    put_hold_back(house, held.basket_key, made=600, left=300)
    longer = house.database.transact(
        extend_hold, small.cashier, held.basket_key, request_id="ask-1", reason="looks for the purse"
    )
    assert longer.extended
    assert longer.seconds_left == pytest.approx(900, abs=2)
    assert seat_row(house, small.seat(1, 1)).claim_until == longer.expires_at
    again = house.database.transact(
        extend_hold, small.cashier, held.basket_key, request_id="ask-1", reason="looks for the purse"
    )
    assert again.expires_at == longer.expires_at, "the repeat of the request is answered"
    with pytest.raises(HoldNotExtendable):
        house.database.transact(extend_hold, small.cashier, held.basket_key, request_id="ask-2", reason="more")


def test_an_extension_is_capped_at_thirty_minutes_from_the_first_seat(house: OpenHouse) -> None:
    change_performance(house, hold_seconds=1200)
    held = hold(house, [house.small.seat(1, 1)])
    put_hold_back(house, held.basket_key, made=1100, left=100)
    longer = house.database.transact(
        extend_hold, house.small.cashier, held.basket_key, request_id="ask", reason="a large group"
    )
    assert longer.seconds_left == pytest.approx(700, abs=2)
    assert longer.total_seconds == pytest.approx(1800, abs=1)


def test_a_basket_at_the_cap_cannot_be_extended(house: OpenHouse) -> None:
    change_performance(house, hold_seconds=1800)
    held = hold(house, [house.small.seat(1, 1)])
    with pytest.raises(HoldNotExtendable):
        house.database.transact(
            extend_hold, house.small.cashier, held.basket_key, request_id="ask", reason="a large group"
        )


def test_a_basket_whose_time_is_over_cannot_be_extended(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    run_out(house, held)
    with pytest.raises(HoldExpired):
        house.database.transact(extend_hold, house.small.cashier, held.basket_key, request_id="ask", reason="why")


@pytest.mark.parametrize("reason", ["", "   ", "\x00\u202e\ud800"])
def test_an_extension_without_a_reason_is_refused(house: OpenHouse, reason: str) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    with pytest.raises(InvalidInput):
        house.database.transact(extend_hold, house.small.cashier, held.basket_key, request_id="ask", reason=reason)


def test_a_reason_in_any_script_is_kept(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    reason = "die Börse fehlt 🎭 \ud800 محفظة" + "x" * 600
    house.database.transact(extend_hold, house.small.cashier, held.basket_key, request_id="ask", reason=reason)
    stored = house.database.read(lambda session: session.get_one(Hold, held.hold_id)).extend_reason
    assert stored.startswith("Carla Cash: die Börse fehlt 🎭 محفظةx")
    assert len(stored) == 500
