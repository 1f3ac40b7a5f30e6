from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.db.models import StaffMember
from pos_app.domain.errors import InvalidInput
from pos_app.domain.roles import Role
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.staff.passwords import (
    create_staff_member,
    hash_secret,
    name_key,
    require_sound_password,
    require_sound_pin,
    secret_matches,
)
from tests.cheap_secrets import COSTS_OF_THE_PROGRAM, hasher_of_the_program
from tests.services.stories import change_staff

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_new_person_can_be_chosen_at_sign_in(house: OpenHouse) -> None:
    house.database.transact(
        create_staff_member, name="  Zeynep   Iş\u0131k ", role=Role.CASHIER, password_hash="h", pin_hash="p"
    )
    choices = house.database.read(list_staff_choices)
    assert [(one.name, one.has_pin) for one in choices][-1] == ("Zeynep Iş\u0131k", True)
    change_staff(house, house.small.cashier, active=False)
    assert "Carla Cash" not in {one.name for one in house.database.read(list_staff_choices)}


@pytest.mark.parametrize("name", ["carla cash", "CARLA  CASH", " Carla Cash\u200b".replace("\u200b", "")])
def test_a_name_is_taken_whatever_its_case_and_spaces(house: OpenHouse, name: str) -> None:
    with pytest.raises(InvalidInput, match="already"):
        house.database.transact(create_staff_member, name=name, role=Role.CASHIER, password_hash="h")
    count = house.database.read(lambda session: session.scalar(select(func.count()).select_from(StaffMember)))
    assert count == 3


@pytest.mark.parametrize("name", ["", "  ", "\x00\ud800", "n" * 81])
def test_a_person_needs_a_name_of_a_sane_length(house: OpenHouse, name: str) -> None:
    with pytest.raises(InvalidInput):
        house.database.transact(create_staff_member, name=name, role=Role.CASHIER, password_hash="h")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iş\u0131k", "IŞIK"),
        ("İsmail", "ismail"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "Café"),
        ("Anna\u00a0 Guest", "anna guest"),
        ("\uff21\uff4e\uff4e\uff41", "anna"),
        ("\ud800Anna\x00", "anna"),
    ],
)
def test_names_are_compared_as_people_read_them(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_secret_is_kept_as_a_hash_and_compared_without_trouble() -> None:
    stored = hash_secret("käse und brot 🧀")
    assert stored.startswith("$argon2id$")
    assert secret_matches(stored, "käse und brot 🧀")
    for wrong in ("", "kase und brot", "\ud800", "\x00", "x" * 100_000):
        assert not secret_matches(stored, wrong)
    for broken in ("", "plain text", "$argon2id$v=19$broken"):
        assert not secret_matches(broken, "plain text")


def test_a_stolen_hash_costs_much_to_try() -> None:
    """The second of the two choices that RFC 9106 recommends, at the least: 3 turns through 64 MiB in 4 lanes."""
    hasher = hasher_of_the_program()
    least = (3, 65_536, 4)
    for costs in ((hasher.time_cost, hasher.memory_cost, hasher.parallelism), COSTS_OF_THE_PROGRAM):
        assert all(ours >= asked for ours, asked in zip(costs, least, strict=True))


@pytest.mark.parametrize("password", ["", "short", "1234567", "x" * 201, "half \ud800 a letter"])
def test_a_weak_or_unusable_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput):
        require_sound_password(password)


def test_sound_secrets_are_taken() -> None:
    require_sound_password("eight ch")
    for pin in ("", "1234", "12345678"):
        require_sound_pin(pin)
    for pin in ("123", "123456789", "12a4", "١٢٣٤", "12 4"):
        with pytest.raises(InvalidInput):
            require_sound_pin(pin)
