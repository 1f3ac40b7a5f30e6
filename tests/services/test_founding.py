from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.models import AuditEntry, StaffMember, TillKey, Venue
from pos_app.documents.ticket_codes import new_signing_key
from pos_app.domain.errors import InvalidInput
from pos_app.domain.roles import Role
from pos_app.services.founding import Founding, found_house, has_manager
from pos_app.services.house.settings import load_house_settings

if TYPE_CHECKING:
    from tests.houses import OpenHouse

FOUNDING = Founding("Stadttheater", "CHF", "Europe/Zurich", "Ada Ash", "a hash", "")


def found(house: OpenHouse) -> None:
    _, key = new_signing_key()
    till = house.database.transact(found_house, FOUNDING, "a new machine", "Till 7", key.hex())
    assert (till.name, till.key_id is not None) == ("Till 7", True)


def test_nobody_becomes_a_manager_of_a_house_that_has_one(house: OpenHouse) -> None:
    assert house.database.read(has_manager)
    with pytest.raises(InvalidInput, match="has a manager already"):
        found(house)
    assert not house.database.read(lambda session: session.scalars(select(Venue).where(Venue.currency == "CHF")).all())


def test_a_house_is_founded_with_its_manager_and_its_first_till_or_not_at_all(house: OpenHouse) -> None:
    gone = update(StaffMember).where(StaffMember.role == Role.MANAGER).values(active=False)
    house.database.transact(lambda session: session.execute(gone))
    assert not house.database.read(has_manager)
    found(house)
    settings = house.database.read(load_house_settings)
    assert (settings.organisation, settings.currency) == ("Stadttheater", "CHF")
    keys, venues, actions = house.database.read(
        lambda session: (
            session.scalars(select(TillKey)).all(),
            {one.name: one.time_zone for one in session.scalars(select(Venue))},
            session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all(),
        )
    )
    assert len(keys) == 2
    assert venues["Stadttheater"] == "Europe/Zurich"
    assert actions[-1] == "house_founded"
    with pytest.raises(InvalidInput):
        found(house)
