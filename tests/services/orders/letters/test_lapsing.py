"""Reservations that end soon: each customer hears once of each time, and nobody of what was told a moment ago."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Order, OutboxEmail, Setting
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.orders.letters.lapsing import tell_lapsing
from pos_app.services.orders.reservations.releasing import release_reservations
from tests.services.letters.written import customer, letters
from tests.services.orders.reserving import move_release, opened, picked_up, reserved
from tests.services.stories import change_performance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.reservations import Reservation
    from tests.houses import OpenHouse

HOUR = 3600


def old_reservation(
    house: OpenHouse, row: int, customer_id: int | None, numbers: tuple[int, ...] = (1, 2)
) -> Reservation:
    """Reserve seats; it was told three days ago, and ends in two hours."""
    made = reserved(house, house.small.seats_of(row, numbers), customer_id=customer_id)
    move_release(house, made.order_id, 2 * HOUR)
    age_letters(house, 3 * 24 * HOUR)
    return made


def age_letters(house: OpenHouse, seconds: float) -> None:
    older = update(OutboxEmail).values(created_at=utc_plus(-seconds))
    house.database.transact(lambda session: session.execute(older))


def set_hours(house: OpenHouse, value: Any) -> None:
    """Let the house write the row of its settings of letters like this."""

    def decide(session: Session) -> None:
        session.execute(update(Setting).where(Setting.name == "letters").values(value=value))
        if session.get(Setting, "letters") is None:
            session.execute(insert(Setting).values(name="letters", value=value))

    house.database.transact(decide)


def remind(house: OpenHouse, **more: int) -> int:
    return house.database.transact(tell_lapsing, **more)


def reminders(house: OpenHouse) -> list[int | None]:
    return [letter.order_id for letter in letters(house) if letter.kind == "lapse_soon"]


def release_of(house: OpenHouse, made: Reservation) -> Any:
    moment = select(Order.release_at).where(Order.id == made.order_id)
    return house.database.read(lambda session: session.execute(moment).scalar_one())


def test_who_reserved_is_told_once_that_it_ends_soon(house: OpenHouse) -> None:
    made = old_reservation(house, 1, customer(house))
    assert remind(house) == 1
    assert remind(house) == 0
    written = letters(house)[-1]
    assert (written.kind, written.order_id, written.recipient, written.change) == (
        "lapse_soon",
        made.order_id,
        "anna@example.org",
        None,
    )
    seats = [[seat.performance_id, seat.seat_id] for seat in sorted(house.small.seats_of(1, (1, 2)))]
    assert written.facts == {"release_at": release_of(house, made).isoformat(), "seats": seats}


def test_another_time_is_told_anew_and_the_same_one_is_not(house: OpenHouse) -> None:
    made = old_reservation(house, 1, customer(house))
    assert remind(house) == 1
    age_letters(house, 3 * 24 * HOUR)
    # The hours of the house were more when it was told: it was told all the same.
    assert remind(house) == 0
    move_release(house, made.order_id, 3 * HOUR)
    assert remind(house) == 1
    assert reminders(house) == [made.order_id] * 2


def test_what_was_told_within_the_hours_themselves_is_not_told_again(house: OpenHouse) -> None:
    made = old_reservation(house, 1, customer(house))
    age_letters(house, 60)
    assert remind(house) == 0
    age_letters(house, 23 * HOUR)
    assert remind(house) == 1, "two hours are left, and it was told 25 hours before the end"
    assert reminders(house) == [made.order_id]


def test_nobody_else_is_told(house: OpenHouse) -> None:
    anna = customer(house)
    silent = customer(house, CustomerDraft("Bert"))
    old_reservation(house, 1, None)
    old_reservation(house, 2, silent)
    move_release(house, old_reservation(house, 3, anna).order_id, 25 * HOUR)
    opened(house, old_reservation(house, 4, anna).order_id)
    picked_up(house, old_reservation(house, 5, anna).order_id)
    move_release(house, old_reservation(house, 5, anna, (3, 4)).order_id, -10)
    assert remind(house) == 0
    house.database.transact(release_reservations)
    assert remind(house) == 0


def test_of_a_night_that_is_called_off_nobody_is_reminded(house: OpenHouse) -> None:
    old_reservation(house, 1, customer(house))
    change_performance(house, state="cancelled")
    assert remind(house) == 0
    change_performance(house, state="scheduled")
    assert remind(house) == 1


@pytest.mark.parametrize(
    ("stored", "told"),
    [('{"lapse_hours": 0}', 0), ('{"lapse_hours": 1}', 0), ('{"lapse_hours": 3}', 1), ("[]", 1), ("}", 1)],
)
def test_the_house_says_how_long_before(house: OpenHouse, stored: str, told: int) -> None:
    old_reservation(house, 1, customer(house))
    set_hours(house, stored)
    assert remind(house) == told


def test_damaged_hours_count_as_the_standard_ones(house: OpenHouse) -> None:
    old_reservation(house, 1, customer(house))
    set_hours(house, json.dumps({"lapse_hours": "many"}))
    assert remind(house) == 1


def test_batches_go_on_until_all_are_told(house: OpenHouse) -> None:
    anna = customer(house)
    for row in (1, 2, 3):
        old_reservation(house, row, anna)
    assert [remind(house, limit=2), remind(house, limit=2), remind(house, limit=2)] == [2, 1, 0]
