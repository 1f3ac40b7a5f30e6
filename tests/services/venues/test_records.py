from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.venues.records import VenueDraft, VenueRecord
from pos_app.services.venues.records import VenueInUse, archive_venue, list_venues, restore_venue, save_venue
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from tests.houses import OpenHouse

BARN = VenueDraft("The Barn", "2 Low Road", "Asia/Baku", "AZN")


def little_house(house: OpenHouse) -> VenueRecord:
    venues = house.database.read(list_venues, house.small.manager)
    return next(one for one in venues if one.venue_id == house.small.venue_id)


def save(house: OpenHouse, before: VenueRecord | None, wanted: VenueDraft) -> VenueRecord:
    return house.database.transact(save_venue, house.small.manager, before, wanted)


def draft_of(one: VenueRecord) -> VenueDraft:
    return VenueDraft(one.name, one.address, one.time_zone, one.currency)


def test_a_venue_is_added_once_and_counted(house: OpenHouse) -> None:
    made = save(house, None, replace(BARN, name="  The   Barn ", currency="azn"))
    assert (made.name, made.currency, made.plans, made.sold) == ("The Barn", "AZN", 0, False)
    assert save(house, None, BARN) == made
    here = little_house(house)
    assert (here.plans, here.upcoming, here.sold) == (1, 2, False)
    assert [one.name for one in house.database.read(list_venues, house.small.manager)] == ["The Barn", here.name]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (replace(BARN, name=" "), "name"),
        (replace(BARN, name="the little HOUSE"), "name"),
        (replace(BARN, time_zone="Mars/Base"), "time_zone"),
        (replace(BARN, time_zone=""), "time_zone"),
        (replace(BARN, time_zone="../etc/passwd"), "time_zone"),
        (replace(BARN, currency="EURO"), "currency"),
        (replace(BARN, currency=""), "currency"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(house: OpenHouse, wanted: VenueDraft, field: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        save(house, None, wanted)
    assert list(refused.value.fields) == [field]


def test_the_currency_stays_once_a_ticket_was_sold(house: OpenHouse) -> None:
    before = little_house(house)
    changed = save(house, before, replace(draft_of(before), currency="CHF"))
    assert changed.currency == "CHF"
    house.database.transact(sell_seats, house.small, [house.small.seat(1, 1)])
    with pytest.raises(FieldRefused, match="sold here in CHF"):
        save(house, little_house(house), replace(draft_of(changed), currency="EUR"))
    assert (
        save(house, little_house(house), replace(draft_of(changed), address="9 New Street")).address == "9 New Street"
    )


def test_the_second_of_two_managers_is_told(house: OpenHouse) -> None:
    before = little_house(house)
    save(house, before, replace(draft_of(before), address="9 New Street"))
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, before, replace(draft_of(before), name="Big House"))
    assert [(one.field, one.now) for one in told.value.changes] == [("address", "9 New Street")]


def test_a_venue_is_put_away_when_nothing_is_to_come(house: OpenHouse) -> None:
    made = save(house, None, BARN)
    manager = house.small.manager
    for _ in range(2):
        assert house.database.transact(archive_venue, manager, made.venue_id).archived
    with pytest.raises(FieldRefused, match="restore it"):
        save(house, None, BARN)
    for _ in range(2):
        assert house.database.transact(restore_venue, manager, made.venue_id) == made
    with pytest.raises(VenueInUse, match="2 performances are still to come"):
        house.database.transact(archive_venue, manager, house.small.venue_id)
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all())
    assert actions == ["venue_added", "venue_archived", "venue_restored"]


def test_only_managers_keep_venues(house: OpenHouse) -> None:
    for deed in (
        lambda: house.database.read(list_venues, house.small.cashier),
        lambda: house.database.transact(save_venue, house.small.cashier, None, BARN),
        lambda: house.database.transact(archive_venue, house.small.cashier, house.small.venue_id),
        lambda: house.database.transact(restore_venue, house.small.cashier, house.small.venue_id),
    ):
        with pytest.raises(NotPermitted):
            deed()
