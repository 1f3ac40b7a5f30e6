"""Tries are forgotten after a day, but for what still tells something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import SignInAttempt, SignInTurn
from pos_app.domain.staff.sign_in import FREE_TRIES, LONGEST_WAIT_SECONDS
from pos_app.services.staff.attempts import LOOKED_AT, begin_attempt
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.staff.members import list_sign_ins, list_staff
from pos_app.services.staff.old_tries import forget_tries, list_old_names
from tests.services.staff.tries import DAY, count_tries, make_tries_older, try_name

if TYPE_CHECKING:
    from tests.houses import OpenHouse

CARLA = "carla cash"


def forget(house: OpenHouse) -> int:
    """Forget all that may be, as a till does from time to time."""
    return sum(house.database.transact(forget_tries, key) for key in house.database.read(list_old_names))


def left(house: OpenHouse) -> list[int]:
    tries = select(SignInAttempt.id).order_by(SignInAttempt.id)
    return list(house.database.read(lambda session: session.scalars(tries).all()))


def turns(house: OpenHouse) -> int:
    return house.database.read(lambda session: session.scalar(select(func.count()).select_from(SignInTurn)) or 0)


def wait(house: OpenHouse) -> int:
    till_id = house.small.till_id
    return house.database.transact(
        begin_attempt, name="Carla Cash", staff_id=None, till_id=till_id, purpose="approval"
    ).wait_seconds


def test_names_that_nobody_has_are_forgotten_wholly(house: OpenHouse) -> None:
    for number in range(3):
        try_name(house, f"Nobody {number}", ago=DAY + 60)
    young = try_name(house, "Somebody")
    assert turns(house) == 4
    assert forget(house) == 3
    assert left(house) == [young]
    assert turns(house) == 1
    assert forget(house) == 0


def test_the_last_sign_in_at_each_till_stays_and_what_staff_are_told_stays_true(house: OpenHouse) -> None:
    small = house.small
    try_name(house, right=True, ago=9 * DAY)
    here = try_name(house, right=True, ago=8 * DAY)
    there = try_name(house, right=True, till_id=small.other_till_id, ago=7 * DAY)
    try_name(house, ago=6 * DAY)
    try_name(house, "Mario Manager", right=True, ago=5 * DAY)
    before = house.database.read(list_staff, small.manager)
    choices = house.database.read(list_staff_choices, small.till_id)
    assert forget(house) == 2
    assert left(house)[:2] == [here, there]
    assert house.database.read(list_staff, small.manager) == before
    assert house.database.read(list_staff_choices, small.till_id) == choices
    told = house.database.read(list_sign_ins, small.manager, small.cashier.staff_id)
    assert [one.succeeded for one in told] == [True, True]
    assert forget(house) == 0


def test_wrong_tries_that_a_wait_is_counted_from_stay_however_old(house: OpenHouse) -> None:
    for _ in range(FREE_TRIES - 1):
        try_name(house, ago=2 * DAY)
    try_name(house)
    assert forget(house) == 0
    assert wait(house) > 0, "the fifth one is answered by a wait as before"


def test_a_row_of_wrong_tries_is_over_after_a_day_without_one(house: OpenHouse) -> None:
    for _ in range(FREE_TRIES):
        try_name(house, ago=DAY + 900)
    assert forget(house) == FREE_TRIES
    assert (count_tries(house), turns(house)) == (0, 0)


def test_what_no_wait_is_counted_from_any_more_goes(house: OpenHouse) -> None:
    for _ in range(LOOKED_AT + 4):
        try_name(house, ago=2 * DAY)
    try_name(house, ago=LONGEST_WAIT_SECONDS + 60)
    assert forget(house) == 5
    assert count_tries(house) == LOOKED_AT
    try_name(house, right=True, ago=30)
    assert forget(house) == LOOKED_AT - 1, "the right one ended the row"


def test_what_is_younger_than_a_day_stays(house: OpenHouse) -> None:
    for name in ("Carla Cash", "Nobody"):
        try_name(house, name, right=name == "Carla Cash", ago=DAY - 60)
    assert house.database.read(list_old_names) == ()
    assert house.database.transact(forget_tries, CARLA) == 0
    assert count_tries(house) == 2


def test_many_are_forgotten_in_batches(house: OpenHouse) -> None:
    for _ in range(3):
        try_name(house, "Nobody", ago=60)
    make_tries_older(house, 3 * DAY)
    assert [house.database.transact(forget_tries, "nobody", limit=2) for _ in range(3)] == [2, 1, 0]
