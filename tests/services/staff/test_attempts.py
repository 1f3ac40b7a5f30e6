from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import SignInAttempt, SignInTurn
from pos_app.domain.staff.sign_in import FREE_TRIES
from pos_app.services.staff import attempts
from pos_app.services.staff.attempts import SIGN_IN, CountedBefore, begin_attempt, forgive, load_waits, succeed_attempt
from tests.services.stories import change_staff

if TYPE_CHECKING:
    import pytest

    from pos_app.services.staff.attempts import Attempt
    from tests.houses import OpenHouse

CARLA = "carla cash"


def begin(
    house: OpenHouse, name: str = "Carla Cash", before: CountedBefore | None = None, purpose: str = SIGN_IN
) -> Attempt:
    return house.database.transact(
        begin_attempt, name=name, staff_id=None, till_id=house.small.till_id, purpose=purpose, before=before
    )


def counted(house: OpenHouse) -> int:
    return house.database.read(lambda session: session.scalar(select(func.count()).select_from(SignInAttempt)) or 0)


def test_a_try_is_counted_before_anything_is_looked_at_and_has_what_is_needed_to_judge_it(house: OpenHouse) -> None:
    tried = begin(house, " CARLA cash ")
    assert (tried.staff_id, tried.name, tried.wait_seconds) == (house.small.cashier.staff_id, "Carla Cash", 0)
    assert tried.password_hash
    assert counted(house) == 1


def test_a_name_that_nobody_has_is_counted_too_and_has_no_secrets(house: OpenHouse) -> None:
    change_staff(house, house.small.cashier, active=False)
    for name in ("Nobody", "Carla Cash"):
        tried = begin(house, name)
        assert (tried.staff_id, tried.password_hash, tried.pin_hash) == (None, "", "")
    assert counted(house) == 2


def test_a_try_that_is_run_again_counts_once(house: OpenHouse) -> None:
    before = CountedBefore()
    first = begin(house, before=before)
    assert begin(house, before=before).attempt_id == first.attempt_id
    assert counted(house) == 1
    assert begin(house, before=CountedBefore()).attempt_id != first.attempt_id


def test_a_try_while_waiting_is_not_looked_at_and_does_not_lengthen_the_wait(house: OpenHouse) -> None:
    for _ in range(FREE_TRIES):
        begin(house)
    waiting = begin(house)
    assert waiting.attempt_id is None
    assert 0 < waiting.wait_seconds <= 5
    assert counted(house) == FREE_TRIES
    assert set(house.database.read(load_waits)) == {CARLA}
    older = update(SignInAttempt).values(created_at=utc_plus(-6))
    house.database.transact(lambda session: session.execute(older))
    assert house.database.read(load_waits) == {}
    assert begin(house).wait_seconds == 0


def test_approvals_and_sign_ins_are_one_row_of_guesses(house: OpenHouse) -> None:
    for turn in range(FREE_TRIES):
        begin(house, purpose="approval" if turn % 2 else SIGN_IN)
    for purpose in (SIGN_IN, "approval"):
        assert begin(house, purpose=purpose).wait_seconds > 0
    assert set(house.database.read(load_waits)) == {CARLA}


def test_whoever_makes_up_names_without_end_fills_no_table(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_UNKNOWN", FREE_TRIES + 1)
    for _ in range(FREE_TRIES):
        begin(house, "Nobody 0")
    for number in range(1, 9):
        tried = begin(house, f"Nobody {number}")
        assert (tried.wait_seconds, tried.password_hash) == (0, "")
        assert tried.attempt_id is not None, "it is judged as any other"
    assert counted(house) == FREE_TRIES + 1
    turns = house.database.read(lambda session: session.scalar(select(func.count()).select_from(SignInTurn)))
    assert turns == 2
    assert begin(house, "Nobody 0").wait_seconds > 0, "what was counted still counts"
    for _ in range(FREE_TRIES):
        begin(house)
    assert begin(house).wait_seconds > 0, "whom there is to guess is counted in any case"


def test_the_right_one_and_a_manager_end_the_wait(house: OpenHouse) -> None:
    manager = house.small.manager
    for _ in range(FREE_TRIES):
        last = begin(house)
    assert last.attempt_id is not None
    house.database.transact(succeed_attempt, last.attempt_id)
    assert house.database.read(load_waits) == {}
    for _ in range(FREE_TRIES):
        begin(house)
    ended = [
        house.database.transact(forgive, CARLA, staff_id=manager.staff_id, till_id=manager.till_id) for _ in range(2)
    ]
    assert ended == [True, False]
    assert begin(house).wait_seconds == 0
