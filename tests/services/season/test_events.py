from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.season.events import Artwork, EventDraft, EventRecord
from pos_app.services.season.events import (
    add_event,
    archive_event,
    list_events,
    load_artwork,
    restore_event,
    save_event,
    set_artwork,
)
from pos_app.services.season.offers import load_offer
from pos_app.services.season.performance_records import load_performance_record

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def events(house: OpenHouse) -> list[EventRecord]:
    return list(house.database.read(list_events, house.small.manager))


def draft_of(event: EventRecord) -> EventDraft:
    return EventDraft(event.title, event.description, event.kind)


def actions(house: OpenHouse) -> list[str]:
    every = house.database.read(lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all())
    return [one for one in every if one.startswith("event")]


def test_a_new_event_has_no_performances_yet(house: OpenHouse) -> None:
    wanted = EventDraft("  Die  Fledermaus ", "Operetta\n\n\n in three acts. ", "Operetta")
    made = house.database.transact(add_event, house.small.manager, wanted)
    assert (made.title, made.description, made.kind) == ("Die Fledermaus", "Operetta\n\nin three acts.", "Operetta")
    assert (made.performances, made.next_at, made.archived) == (0, None, False)
    assert made in events(house)


def test_the_list_tells_how_many_performances_and_when_the_next_is(house: OpenHouse) -> None:
    offer = house.database.read(load_offer, house.small.performance_id)
    event = next(one for one in events(house) if one.event_id == offer.event_id)
    assert event.performances >= 1
    assert event.next_at is not None
    assert event.next_at <= house.database.read(load_performance_record, house.small.performance_id).starts_at


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("title", EventDraft(" \x00 ")),
        ("title", EventDraft("x" * 161)),
        ("kind", EventDraft("Hamlet", "", "x" * 21)),
        ("description", EventDraft("Hamlet", "x" * 10_001)),
    ],
)
def test_what_an_event_cannot_be_is_refused_beside_its_field(house: OpenHouse, field: str, draft: EventDraft) -> None:
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(add_event, house.small.manager, draft)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("title", ["החתול במגפיים", "Kabale & Liebe: „Ich“", "夜の歌", "x" * 160])
def test_a_title_of_any_script_is_kept(house: OpenHouse, title: str) -> None:
    assert house.database.transact(add_event, house.small.manager, EventDraft(title)).title == title


def test_saving_twice_is_done_once_and_the_second_manager_is_told(house: OpenHouse) -> None:
    before = events(house)[0]
    wanted = replace(draft_of(before), title="Hamlet, Prince of Denmark")
    first = house.database.transact(save_event, house.small.manager, before, wanted)
    assert house.database.transact(save_event, house.small.manager, before, wanted) == first
    assert actions(house) == ["event_changed"]
    with pytest.raises(ChangedMeanwhile) as told:
        house.database.transact(save_event, house.small.manager, before, replace(wanted, title="Macbeth"))
    assert [change.field for change in told.value.changes] == ["title"]


def test_an_event_is_put_away_and_taken_back(house: OpenHouse) -> None:
    event = events(house)[0]
    for _ in range(2):
        assert house.database.transact(archive_event, house.small.manager, event.event_id).archived
    for _ in range(2):
        assert house.database.transact(restore_event, house.small.manager, event.event_id) == event
    assert actions(house) == ["event_archived", "event_restored"]
    with pytest.raises(NotFound):
        house.database.transact(archive_event, house.small.manager, 999_999)


def test_a_picture_comes_back_as_it_was_and_can_be_taken_away(house: OpenHouse) -> None:
    event = events(house)[0]
    picture = Artwork(bytes(range(256)) * 300, "image/jpeg", 640, 480)
    assert house.database.transact(set_artwork, house.small.manager, event.event_id, picture).has_artwork
    assert house.database.read(load_artwork, event.event_id) == picture
    other = replace(picture, width=1)
    house.database.transact(set_artwork, house.small.manager, event.event_id, other)
    assert house.database.read(load_artwork, event.event_id) == other
    assert not house.database.transact(set_artwork, house.small.manager, event.event_id, None).has_artwork
    assert house.database.read(load_artwork, event.event_id) is None


def test_only_a_manager_makes_events(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(add_event, house.small.cashier, EventDraft("Hamlet"))
    with pytest.raises(NotPermitted):
        house.database.transact(save_event, house.small.steward, events(house)[0], EventDraft("Hamlet"))


def test_an_event_is_made_with_its_picture_and_the_very_same_one_only_once(house: OpenHouse) -> None:
    picture = Artwork(b"pixels", "image/png", 90, 60)
    wanted = EventDraft("Hamlet", "To be", "Theatre")
    made = house.database.transact(add_event, house.small.manager, wanted, picture)
    assert made.has_artwork
    assert house.database.read(load_artwork, made.event_id) == picture
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(add_event, house.small.manager, wanted)
    assert list(refused.value.fields) == ["title"]
    house.database.transact(archive_event, house.small.manager, made.event_id)
    again = house.database.transact(add_event, house.small.manager, wanted)
    assert again.event_id != made.event_id
