from __future__ import annotations

from typing import TYPE_CHECKING

import argon2
import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Approval as ApprovalRow
from pos_app.db.models import SignInAttempt
from pos_app.domain.errors import ApprovalRefused, SignInRefused, TillPutAway
from pos_app.domain.roles import Actor, Permission, Role
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows.sign_in import approve, sign_in, sign_in_by_pin
from pos_app.services.staff import passwords
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.staff.passwords import hash_secret
from pos_app.services.tills.records import archive_till, restore_till
from pos_app.services.tills.registering import KnownTill
from tests.services.stories import change_secret, change_staff
from tests.small_house import PASSWORDS, PINS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.houses import OpenHouse

CASHIER, MANAGER = PASSWORDS[Role.CASHIER], PINS[Role.MANAGER]


def till(house: OpenHouse) -> KnownTill:
    return KnownTill(house.small.till_id, "Till 1", house.small.key_id, "a4", "")


def enter(house: OpenHouse, name: str, password: str) -> Actor:
    return sign_in(house.database, till(house), name, password)


def fail(house: OpenHouse, times: int) -> SignInRefused:
    """Type a wrong password so often; return the last refusal."""
    for _ in range(times):
        with pytest.raises(SignInRefused) as refusal:
            enter(house, "Carla Cash", "wrong")
    return refusal.value


def let_pass(house: OpenHouse, seconds: float) -> None:
    """Make all tries look so old."""
    older = update(SignInAttempt).values(created_at=utc_plus(-seconds))
    house.database.transact(lambda session: session.execute(older))


def test_a_cashier_signs_in_by_name_and_password(house: OpenHouse) -> None:
    assert enter(house, "Carla Cash", CASHIER) == house.small.cashier


@pytest.mark.parametrize("name", ["carla cash", "  CARLA \t cash  ", "\uff23arla Cash"])
def test_case_and_spaces_of_the_name_are_forgiven(house: OpenHouse, name: str) -> None:
    assert enter(house, name, CASHIER).staff_id == house.small.cashier.staff_id


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Carla Cash", "wrong"),
        ("Carla Cash", CASHIER.upper()),
        ("Carla Cash", ""),
        ("Carla Cash", "\ud800"),
        ("Nobody", CASHIER),
        ("", ""),
        ("\x00\ud800" + "n" * 5000, "x" * 100_000),
        ("' OR 1=1 --", "' OR 1=1 --"),
    ],
)
def test_what_does_not_belong_together_is_refused(house: OpenHouse, name: str, password: str) -> None:
    with pytest.raises(SignInRefused) as refusal:
        enter(house, name, password)
    assert refusal.value.wait_seconds == 0


def test_at_a_till_that_was_put_away_only_a_manager_signs_in(house: OpenHouse) -> None:
    small, other = house.small, KnownTill(house.small.other_till_id, "Till 2", None, "a4", "")
    house.database.transact(archive_till, small.manager, small.other_till_id)
    with pytest.raises(TillPutAway, match=r"Till 2 was put away by a manager\..*take it back"):
        sign_in(house.database, other, "Carla Cash", CASHIER)
    with pytest.raises(TillPutAway):
        sign_in_by_pin(house.database, other, small.cashier.staff_id, PINS[Role.CASHIER])
    with pytest.raises(SignInRefused):
        sign_in(house.database, other, "Carla Cash", "wrong")
    manager = sign_in_by_pin(house.database, other, small.manager.staff_id, MANAGER)
    house.database.transact(restore_till, manager, small.other_till_id)
    assert sign_in(house.database, other, "Carla Cash", CASHIER).till_id == small.other_till_id


def test_somebody_who_left_cannot_sign_in(house: OpenHouse) -> None:
    change_staff(house, house.small.cashier, active=False)
    with pytest.raises(SignInRefused):
        enter(house, "Carla Cash", CASHIER)


def test_after_five_wrong_tries_the_right_password_waits_too(house: OpenHouse) -> None:
    assert fail(house, 5).wait_seconds == 0
    with pytest.raises(SignInRefused) as refusal:
        enter(house, "Carla Cash", CASHIER)
    assert 1 <= refusal.value.wait_seconds <= 5
    let_pass(house, 6)
    assert enter(house, "Carla Cash", CASHIER) == house.small.cashier


def test_each_further_wrong_try_waits_longer_and_asking_meanwhile_does_not(house: OpenHouse) -> None:
    fail(house, 5)
    for wait in (5, 10, 20):
        refusal = fail(house, 3)
        assert wait - 2 <= refusal.wait_seconds <= wait
        let_pass(house, wait + 1)
        assert fail(house, 1).wait_seconds == 0


def test_a_right_password_starts_the_count_anew(house: OpenHouse) -> None:
    fail(house, 4)
    enter(house, "Carla Cash", CASHIER)
    assert fail(house, 5).wait_seconds == 0


def test_a_wait_concerns_one_person_and_also_one_that_does_not_exist(house: OpenHouse) -> None:
    fail(house, 5)
    assert enter(house, "Mario Manager", PASSWORDS[Role.MANAGER]).role is Role.MANAGER
    for _ in range(5):
        with pytest.raises(SignInRefused):
            enter(house, "Nobody", "wrong")
    with pytest.raises(SignInRefused) as refusal:
        enter(house, "NOBODY ", "wrong")
    assert refusal.value.wait_seconds > 0


def test_staff_switch_quickly_by_pin(house: OpenHouse) -> None:
    staff_id = house.small.manager.staff_id
    assert sign_in_by_pin(house.database, till(house), staff_id, MANAGER) == house.small.manager
    for pin in ("", "0000", MANAGER + "0", "\ud800"):
        with pytest.raises(SignInRefused):
            sign_in_by_pin(house.database, till(house), staff_id, pin)
    with pytest.raises(SignInRefused):
        sign_in_by_pin(house.database, till(house), 987_654, MANAGER)


def test_somebody_without_a_pin_cannot_use_one(house: OpenHouse) -> None:
    change_secret(house, house.small.manager, pin_hash="")
    with pytest.raises(SignInRefused):
        sign_in_by_pin(house.database, till(house), house.small.manager.staff_id, "")


def test_pins_and_passwords_are_counted_together(house: OpenHouse) -> None:
    fail(house, 3)
    for _ in range(2):
        with pytest.raises(SignInRefused):
            sign_in_by_pin(house.database, till(house), house.small.cashier.staff_id, "0000")
    assert fail(house, 1).wait_seconds > 0


def ask(house: OpenHouse, approval: Approval | None) -> int | None:
    return approve(house.database, house.small.cashier, approval, Permission.VOID)


def test_a_manager_approves_by_the_card_and_the_pin(house: OpenHouse) -> None:
    small = house.small
    approved = ask(house, Approval(small.manager.staff_id, MANAGER))
    row = house.database.read(lambda session: session.get_one(ApprovalRow, approved))
    assert (row.staff_id, row.till_id, row.permission) == (small.manager.staff_id, small.till_id, Permission.VOID)
    assert row.spent_on is None
    for staff_id, pin in ((small.manager.staff_id, "0000"), (small.manager.staff_id, ""), (987_654, MANAGER)):
        with pytest.raises(ApprovalRefused):
            ask(house, Approval(staff_id, pin))
    with pytest.raises(ApprovalRefused, match="not a manager"):
        ask(house, Approval(small.cashier.staff_id, PINS[Role.CASHIER]))


def test_a_manager_without_a_pin_approves_by_password(house: OpenHouse) -> None:
    small = house.small
    change_secret(house, small.manager, pin_hash="")
    assert ask(house, Approval(small.manager.staff_id, PASSWORDS[Role.MANAGER], by_pin=False))
    with pytest.raises(ApprovalRefused, match="password is not right"):
        ask(house, Approval(small.manager.staff_id, "wrong", by_pin=False))
    with pytest.raises(ApprovalRefused):
        ask(house, Approval(small.manager.staff_id, ""))


def test_a_manager_who_acts_needs_nobody_else_and_a_cashier_does(house: OpenHouse) -> None:
    assert approve(house.database, house.small.manager, None, Permission.VOID) is None
    with pytest.raises(ApprovalRefused, match="has to allow"):
        ask(house, None)


def test_guessing_a_managers_pin_is_slowed_down_and_the_wait_is_told(house: OpenHouse) -> None:
    small = house.small
    for _ in range(5):
        with pytest.raises(ApprovalRefused) as refusal:
            ask(house, Approval(small.manager.staff_id, "0000"))
        assert refusal.value.wait_seconds == 0
    with pytest.raises(ApprovalRefused, match="too many") as refusal:
        ask(house, Approval(small.manager.staff_id, MANAGER))
    assert 1 <= refusal.value.wait_seconds <= 5


def test_wrong_approvals_lengthen_the_wait_of_a_sign_in_and_the_other_way_round(house: OpenHouse) -> None:
    small = house.small
    for _ in range(3):
        with pytest.raises(ApprovalRefused, match="not right"):
            ask(house, Approval(small.manager.staff_id, "0000"))
    for _ in range(2):
        with pytest.raises(SignInRefused, match="not right"):
            sign_in_by_pin(house.database, till(house), small.manager.staff_id, "0000")
    with pytest.raises(SignInRefused, match="too many"):
        sign_in_by_pin(house.database, till(house), small.manager.staff_id, MANAGER)
    with pytest.raises(ApprovalRefused, match="too many"):
        ask(house, Approval(small.manager.staff_id, MANAGER))
    let_pass(house, 6)
    ask(house, Approval(small.manager.staff_id, MANAGER))
    assert enter(house, "Mario Manager", PASSWORDS[Role.MANAGER]) == small.manager


def test_a_name_that_nobody_has_costs_as_much_as_any_from_the_first_on(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in runs of argon2, for a clock would tell of the machine."""
    done: list[str] = []

    def counting(name: str) -> Callable[..., object]:
        real = getattr(argon2._password_hasher, name)

        def run(*args: object, **kwargs: object) -> object:
            done.append(name)
            return real(*args, **kwargs)

        return run

    for name in ("hash_secret", "verify_secret"):
        monkeypatch.setattr(argon2._password_hasher, name, counting(name))
    passwords._nobodys_hash.cache_clear()
    for name in ("Nobody", "Carla Cash", "Nobody", "Nobody else"):
        with pytest.raises(SignInRefused):
            enter(house, name, "wrong")
        assert done == ["verify_secret"], name
        done.clear()
    real, nobodys = (argon2.extract_parameters(one) for one in (hash_secret("x"), passwords._nobodys_hash()))
    assert real == nobodys


def test_the_length_of_a_pin_is_learned_by_the_first_that_is_right(house: OpenHouse) -> None:
    small = house.small

    def digits() -> int:
        choices = house.database.read(list_staff_choices)
        return next(one.pin_digits for one in choices if one.staff_id == small.manager.staff_id)

    with pytest.raises(SignInRefused):
        sign_in_by_pin(house.database, till(house), small.manager.staff_id, "00000")
    assert digits() == 0
    sign_in_by_pin(house.database, till(house), small.manager.staff_id, MANAGER)
    assert digits() == len(MANAGER)
