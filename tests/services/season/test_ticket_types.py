from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.season.ticket_types import TicketTypeDraft, TicketTypeRecord
from pos_app.services.season.offers import load_offer
from pos_app.services.season.ticket_types import (
    add_ticket_type,
    archive_ticket_type,
    list_ticket_types,
    restore_ticket_type,
    save_ticket_type,
)

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def types(house: OpenHouse) -> dict[str, TicketTypeRecord]:
    return {one.name: one for one in house.database.read(list_ticket_types, house.small.manager)}


def test_a_new_type_is_offered_nowhere_before_it_has_a_price(house: OpenHouse) -> None:
    wanted = TicketTypeDraft(" Student ", "st", sort=5)
    made = house.database.transact(add_ticket_type, house.small.manager, wanted)
    assert (made.name, made.letter, made.performances) == ("Student", "ST", 0)
    assert types(house)["Adult"].performances == 3


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "ADULT"}),
        ("name", {"name": "x" * 61}),
        ("letter", {"letter": "7"}),
        ("letter", {"letter": "abc"}),
        ("seat_kind", {"seat_kind": "throne"}),
        ("sort", {"sort": -1}),
    ],
)
def test_what_a_type_cannot_be_is_refused_beside_its_field(house: OpenHouse, field: str, draft: dict[str, Any]) -> None:
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(add_ticket_type, house.small.manager, TicketTypeDraft(**{"name": "Student", **draft}))
    assert list(refused.value.fields) == [field]


def test_the_same_type_asked_for_twice_is_made_once(house: OpenHouse) -> None:
    draft = TicketTypeDraft("Senior", "S", sort=20)
    made = house.database.transact(add_ticket_type, house.small.manager, draft)
    assert house.database.transact(add_ticket_type, house.small.manager, draft) == made
    assert [one.name for one in house.database.read(list_ticket_types, house.small.manager)].count("Senior") == 1


def test_two_types_cannot_share_a_letter(house: OpenHouse) -> None:
    house.database.transact(add_ticket_type, house.small.manager, TicketTypeDraft("Student", "Q"))
    with pytest.raises(FieldRefused, match="Student"):
        house.database.transact(add_ticket_type, house.small.manager, TicketTypeDraft("Quiet", "q"))


def test_a_change_is_saved_once_and_the_second_manager_is_told(house: OpenHouse) -> None:
    before = types(house)["Child"]
    wanted = TicketTypeDraft("Child under 12", before.letter, before.seat_kind, before.complimentary, before.sort)
    saved = house.database.transact(save_ticket_type, house.small.manager, before, wanted)
    assert house.database.transact(save_ticket_type, house.small.manager, before, wanted) == saved
    with pytest.raises(ChangedMeanwhile):
        house.database.transact(
            save_ticket_type, house.small.manager, before, TicketTypeDraft("Kid", before.letter, sort=before.sort)
        )
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("ticket_type_changed") == 1


def test_a_type_is_put_away_and_taken_back(house: OpenHouse) -> None:
    child = types(house)["Child"].ticket_type_id
    for _ in range(2):
        assert house.database.transact(archive_ticket_type, house.small.manager, child).archived
    offer = house.database.read(load_offer, house.small.performance_id)
    assert child not in {one.ticket_type_id for one in offer.ticket_types}
    with pytest.raises(FieldRefused, match="restore"):
        house.database.transact(add_ticket_type, house.small.manager, TicketTypeDraft("child"))
    assert not house.database.transact(restore_ticket_type, house.small.manager, child).archived
    with pytest.raises(NotPermitted):
        house.database.transact(archive_ticket_type, house.small.cashier, child)
