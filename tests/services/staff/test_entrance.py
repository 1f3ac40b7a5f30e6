from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Venue
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.errors import NotFound
from pos_app.domain.house.settings import HouseSettings
from pos_app.services.house.settings import save_house_settings
from pos_app.services.staff.entrance import load_entrance, load_house_name
from tests.services.stories import change_staff
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from tests.houses import OpenHouse

KEY = public_key_of(SIGNING_KEY).hex()


def test_a_till_knows_before_anybody_signed_in_who_can_and_how_it_is_set_up(house: OpenHouse) -> None:
    change_staff(house, house.small.steward, active=False)
    found = house.database.read(load_entrance, house.small.till_id, KEY)
    assert (found.house, found.language) == ("The Little House", "")
    assert {one.name for one in found.staff} == {"Carla Cash", "Mario Manager"}
    assert (found.till.till_id, found.till.key_id) == (house.small.till_id, house.small.key_id)
    with pytest.raises(NotFound):
        house.database.read(load_entrance, 999, KEY)


def test_a_house_is_called_by_who_sells_else_by_its_only_venue_and_never_by_one_of_its_halls(house: OpenHouse) -> None:
    usual = HouseSettings()
    wanted = replace(usual, organisation="City Theatres")
    house.database.transact(save_house_settings, house.small.manager, usual, wanted)
    assert house.database.read(load_house_name) == "City Theatres"
    house.database.transact(save_house_settings, house.small.manager, wanted, usual)
    assert house.database.read(load_house_name) == "The Little House"
    hall = insert(Venue).values(name="Studio", address="", time_zone="Europe/Berlin", currency="EUR")
    house.database.transact(lambda session: session.execute(hall))
    assert house.database.read(load_house_name) == "Foyer"
    house.database.transact(lambda session: session.execute(update(Venue).values(deleted_at=utc_now())))
    assert house.database.read(load_house_name) == "Foyer"
