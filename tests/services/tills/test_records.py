from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted, TillNotEnrolled
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import TillDraft
from pos_app.services.tills.records import archive_till, list_tills, restore_till, revoke_key, save_till
from pos_app.services.tills.registering import enrol_key, register_till, require_key
from tests.trusted_keys import trusted_keys

if TYPE_CHECKING:
    from pos_app.domain.tills.records import TillRecord
    from tests.houses import OpenHouse

OTHER_KEY = "ab" * 32


def all_tills(house: OpenHouse) -> dict[int, TillRecord]:
    return {one.till_id: one for one in house.database.read(list_tills, house.small.manager)}


def draft_of(till: TillRecord) -> TillDraft:
    return TillDraft(till.name, till.kind, till.drawer, till.paper, till.ticket_queue, till.door_lock_minutes)


def test_a_till_tells_its_drawer_and_its_keys(house: OpenHouse) -> None:
    window = all_tills(house)[house.small.till_id]
    assert window.is_enrolled
    assert [key.key_id for key in window.keys] == [house.small.key_id]
    assert not all_tills(house)[house.small.other_till_id].is_enrolled


def test_a_changed_till_is_so_at_its_next_start_and_audited(house: OpenHouse) -> None:
    made = house.database.transact(register_till, "machine-new", "Garden", OTHER_KEY)
    before = all_tills(house)[made.till_id]
    wanted = TillDraft("Garden kiosk", TillKind.COUNTER, "Garden drawer", "roll80", "receipts", 30)
    saved = house.database.transact(save_till, house.small.manager, before, wanted)
    assert draft_of(saved) == wanted
    known = house.database.transact(register_till, "machine-new", "Garden", OTHER_KEY)
    assert (known.name, known.paper, known.ticket_queue) == ("Garden kiosk", "roll80", "receipts")
    assert known.door_lock_minutes == 30
    again = house.database.transact(save_till, house.small.manager, before, wanted)
    assert again.name == "Garden kiosk"
    entries = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert entries.count("till_changed") == 1


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 81}),
        ("drawer", {"drawer": ""}),
        ("paper", {"paper": "papyrus"}),
        ("door_lock_minutes", {"door_lock_minutes": 7}),
    ],
)
def test_what_a_till_cannot_be_is_refused_beside_its_field(
    house: OpenHouse, field: str, change: dict[str, str]
) -> None:
    before = all_tills(house)[house.small.till_id]
    sound = replace(draft_of(before), drawer="Drawer 1")
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(save_till, house.small.manager, before, replace(sound, **change))  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]


def test_two_tills_cannot_bear_one_name(house: OpenHouse) -> None:
    tills = all_tills(house)
    one, other = tills[house.small.till_id], tills[house.small.other_till_id]
    with pytest.raises(FieldRefused, match="already"):
        house.database.transact(
            save_till, house.small.manager, other, replace(draft_of(other), drawer="D", name=one.name.upper())
        )


def test_a_name_that_was_put_away_is_told_to_be_there(house: OpenHouse) -> None:
    tills = all_tills(house)
    one, other = tills[house.small.till_id], tills[house.small.other_till_id]
    house.database.transact(archive_till, house.small.manager, other.till_id)
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(
            save_till, house.small.manager, one, replace(draft_of(one), drawer="D", name=f" {other.name}")
        )
    assert "put away" in refused.value.fields["name"]


def test_the_second_manager_is_told_what_the_first_changed(house: OpenHouse) -> None:
    before = all_tills(house)[house.small.till_id]
    first = replace(draft_of(before), drawer="Drawer 1", paper="stock")
    house.database.transact(save_till, house.small.manager, before, first)
    with pytest.raises(ChangedMeanwhile) as told:
        house.database.transact(save_till, house.small.manager, before, replace(first, paper="roll80"))
    assert "paper" in {change.field for change in told.value.changes}


def test_a_revoked_key_is_trusted_by_no_gate(house: OpenHouse) -> None:
    key_id = house.database.transact(enrol_key, house.small.manager, OTHER_KEY)
    here = house.small.manager.till_id
    assert house.database.read(require_key, here, OTHER_KEY) == key_id
    for _ in range(2):
        till = house.database.transact(revoke_key, house.small.manager, key_id)
    assert till.keys[0].revoked_at is not None
    assert key_id not in house.database.read(trusted_keys)
    with pytest.raises(TillNotEnrolled):
        house.database.read(require_key, here, OTHER_KEY)


def test_a_till_is_put_away_and_taken_back_but_not_the_one_underfoot(house: OpenHouse) -> None:
    manager, other = house.small.manager, house.small.other_till_id
    assert house.database.transact(archive_till, manager, other).archived
    assert not house.database.transact(restore_till, manager, other).archived
    with pytest.raises(NotPermitted, match="stand at"):
        house.database.transact(archive_till, manager, manager.till_id)
    with pytest.raises(NotPermitted):
        house.database.transact(archive_till, house.small.cashier, other)
