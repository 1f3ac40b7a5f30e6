from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from pos_app.db.models import Setting
from pos_app.services.staff.pin_lengths import PIN_LENGTHS, learn_pin_length, load_pin_lengths, note_pin_length

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_lengths_are_kept_by_person_and_forgotten_with_the_pin(house: OpenHouse) -> None:
    house.database.transact(note_pin_length, 1, 4)
    house.database.transact(note_pin_length, 2, 6)
    assert house.database.read(load_pin_lengths) == {1: 4, 2: 6}
    house.database.transact(note_pin_length, 1, 0)
    assert house.database.read(load_pin_lengths) == {2: 6}


def test_what_was_chosen_meanwhile_is_not_overwritten_by_what_an_older_pin_taught(house: OpenHouse) -> None:
    house.database.transact(learn_pin_length, 1, 4)
    house.database.transact(note_pin_length, 1, 6)
    house.database.transact(learn_pin_length, 1, 4)
    assert house.database.read(load_pin_lengths) == {1: 6}


@pytest.mark.parametrize("document", ["", "[]", "null", "{", '{"x": 4, "1": "4"}'])
def test_what_cannot_be_read_is_not_known(house: OpenHouse, document: str) -> None:
    house.database.transact(lambda session: session.execute(insert(Setting).values(name=PIN_LENGTHS, value=document)))
    assert house.database.read(load_pin_lengths) == {}
