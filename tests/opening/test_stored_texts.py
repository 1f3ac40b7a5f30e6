"""What people have written into a box office, and no word of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.opening.stored_texts import stored_texts

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_names_are_told_and_states_are_not(house: OpenHouse) -> None:
    texts = house.database.read(stored_texts)
    assert {"The Little House", "1 High Street", "Stalls only", "Adult"} <= texts
    assert not {"free", "sold", "manager", "cashier", "gate"} & texts
